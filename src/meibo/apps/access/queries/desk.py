"""Accounts and how they stand, as a viewer may see them. Names come from cards, so the disclosure
table holds here too; staff numbers are nowhere on these pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from meibo.apps.access.queries.granted import named
from meibo.domain.disclosure import Viewer
from meibo.ledger import reader, roll, ties
from meibo.platform.accounts.models import Account
from meibo.platform.entry import recovery, rights
from meibo.platform.entry.models import Recovery, Sheet
from meibo.platform.grants.queries import holding


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody whose account is kept here, and how it stands."""

    card: reader.Card
    state: str
    chip: str
    sheet: Sheet | None
    printable: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """A recovery in hand: `hindrance` says why this viewer can't confirm it."""

    recovery: Recovery
    card: reader.Card | None
    starter: str
    hindrance: str
    own: bool
    printable: bool


def kept_units(viewer: Viewer) -> list[reader.UnitCard]:
    """The units whose people's accounts this viewer keeps: all for 人事, else those kept as
    庶務担当."""
    if "hr" in viewer.held:
        return [u for u in reader.units(viewer, on=viewer.today) if u["level"] <= 2]
    mine = viewer.over.get("clerk", frozenset())
    if not mine or viewer.person is None:
        return []
    codes = ties.units_kept_by(viewer.person, viewer.today)
    return [u for u in reader.units(viewer, on=viewer.today) if u.code in codes]


def seats(viewer: Viewer, unit: str) -> list[Seat]:
    """Everyone of a unit and below whose account this viewer keeps."""
    people = roll.sitting_in(unit, viewer.today)
    cards = reader.cards(viewer, on=viewer.today, ids=people)
    return seats_of(viewer, [card for card in cards if rights.keeps(viewer, card.id)])


def seats_of(viewer: Viewer, cards: list[reader.Card]) -> list[Seat]:
    """How the accounts of these people stand."""
    ids = [card.id for card in cards]
    accounts = {
        a.person: a for a in Account.objects.filter(person__in=ids, is_active=True).order_by("-id")
    }
    open_sheets = Sheet.objects.filter(
        account__person__in=ids, used_at=None, ended_at=None, last__gte=viewer.today
    )
    sheets = {s.account_id: s for s in open_sheets}
    dutiful = holding(ids, viewer.today) if "hr" not in viewer.held else set()
    found = []
    for card in cards:
        account = accounts.get(card.id)
        used = account is not None and account.has_usable_password()
        sheet = sheets.get(account.pk) if account else None
        printable = not used and card.id not in dutiful
        found.append(Seat(card, *_account_state(account, used), sheet, printable))
    return found


def _account_state(account: Account | None, used: bool) -> tuple[str, str]:
    if account is None:
        return "まだない", "line"
    return ("使っている", "good") if used else ("はじめる前", "key")


def waiting_recoveries(viewer: Viewer, name: str, now: datetime) -> list[Waiting]:
    """The recoveries that this viewer has a part in, or could have."""
    near = {p for tie in ("clerk", "head") for p in viewer.over.get(tie, ())}
    people = None if "hr" in viewer.held else near - {viewer.person or ""}
    found = recovery.open_recoveries(people, now=now)
    ids = {p for r in found for p in (r.account.person, r.starter) if p}
    cards = {card.id: card for card in reader.cards(viewer, on=viewer.today, ids=ids)}
    shown = []
    for r in found:
        card = cards.get(r.account.person or "")
        starter = named(cards, r.starter)
        hindered = recovery.hindrance(r, viewer, name)
        printable = recovery.may_print(r, name, now=now)
        if r.confirmed_at is None or printable:
            own = name == r.started_by
            shown.append(Waiting(r, card, starter, hindered, own, printable))
    return shown


@dataclass(frozen=True, slots=True)
class Past:
    """Something that was done with one's own account."""

    moment: datetime
    text: str
    names: str


def own_history(viewer: Viewer) -> list[Past]:
    """What others have done with the viewer's own account: sheets printed, recoveries."""
    if viewer.person is None:
        return []
    sheets = Sheet.objects.filter(account__person=viewer.person)[:20]
    recoveries = Recovery.objects.filter(account__person=viewer.person)[:20]
    ids = {s.maker for s in sheets} | {p for r in recoveries for p in (r.starter, r.confirmer)}
    cards = {c.id: c for c in reader.cards(viewer, on=viewer.today, ids=ids - {""})}

    found = []
    for s in sheets:
        used = "使われました" if s.used_at else "使われていません"
        found.append(
            Past(s.made_at, f"紙を印刷（{s.get_kind_display()}）・{used}", named(cards, s.maker))
        )
    for r in recoveries:
        end = "取りやめ" if r.dropped_at else "確認待ち"
        second = f"、確認 {named(cards, r.confirmer)}" if r.confirmed_at else f"、{end}"
        text = f"窓口での復旧（{r.reason}）"
        found.append(Past(r.started_at, text, f"申出を受けた人 {named(cards, r.starter)}{second}"))
    return sorted(found, key=lambda each: each.moment, reverse=True)
