"""The call tree on paper: unit by unit, head, deputy, members, with their telephones."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from meibo.apps.safety.models import OfflineKey
from meibo.apps.safety.queries.offline.roster import (
    TOKYO,
    cards_for,
    scope_of,
    viewer_in_event,
)
from meibo.apps.safety.queries.organising import Posted, posted
from meibo.domain.disclosure import Viewer
from meibo.ledger import house
from meibo.ledger.card import Card
from meibo.platform.audit.actions import Actor, Entry, note
from meibo.platform.audit.acts import Act
from meibo.platform.jobs.kinds import JobError, Progress
from meibo.platform.layout.frame import town
from meibo.platform.papers.beside import Ready
from meibo.platform.papers.tables import Column, Section, Table

_COLUMNS = (
    Column("順", right=True),
    Column("役割"),
    Column("職", 2),
    Column("氏名", 3),
    Column("内線"),
    Column("自宅・携帯", 5),
    Column("技能・資格", 3),
    Column("災対組織", 3),
    Column("無事"),
    Column("到着"),
)
_BOX = "□"


def noted(viewer: Viewer, *, actor: Actor, now: datetime) -> Table:
    """The list as this viewer may take it along; noted with everybody who is in it."""
    cards = cards_for(viewer, viewer.today)
    detail = {"what": "offline-paper", "people": len(cards)}
    purpose = "通信が絶えたときの安否確認と参集のため"
    note(Entry(Act.FORM, detail, [card.id for card in cards], purpose), actor=actor, now=now)
    return call_tree(cards, posted(viewer.today))


def give_sheet(
    _arguments: Mapping[str, Any], *, actor: Actor, now: datetime, progress: Progress
) -> Ready:
    """The call tree of a house, set beside the pages: as whoever asked may take it along now."""
    progress("職員を読む", 0, 1)
    viewer = viewer_in_event(actor.person, now.astimezone(TOKYO).date())
    if not scope_of(viewer):
        raise JobError("持ち出せる名簿がありません。")
    table = noted(viewer, actor=actor, now=now)
    sheet = table.sheet(town(), viewer.today, careful=True)
    return Ready(sheet, table.count, subject=_subject(viewer))


def may_have_sheet(subject: str, *, viewer: Viewer, account: str) -> bool:
    """Whether an account may still have what it asked for: it may take as much along as then, and
    of the same people."""
    return bool(account and scope_of(viewer)) and subject == _subject(viewer)


def _subject(viewer: Viewer) -> str:
    """How much a viewer may take along. A head's people are told apart without naming them."""
    if scope_of(viewer) == OfflineKey.HOUSE:
        return OfflineKey.HOUSE
    people = " ".join(sorted(viewer.over.get("head", ())))
    return f"{OfflineKey.UNIT}/{hashlib.sha256(people.encode()).hexdigest()[:16]}"


def call_tree(cards: list[Card], where: Mapping[str, Posted]) -> Table:
    """Cards in their order, by unit. Above stands who passes the call on: the head of the unit, and
    who does when they cannot be reached, the next by rank. `where`: who stands where in the
    disaster organisation."""
    units: dict[str, list[Card]] = {}
    for card in cards:
        units.setdefault(" ".join(card.get("unit_path") or ()) or "所属なし", []).append(card)
    return Table(
        "連絡網（通信が絶えたとき）",
        _COLUMNS,
        tuple(Section(name, _rows(own, where), _passing(own)) for name, own in units.items()),
        note="組織の順。役割の「代」は、所属長に連絡がつかないときに連絡を回す人。使い終えたら裁断してください。",
        landscape=True,
    )


def _roles(cards: list[Card]) -> list[str]:
    """長 for who leads, 代 for the next one; a unit without a head is led by its first."""
    leads = [house.codes().leads(card.get("post_code")) for card in cards]
    first = leads.index(True) if True in leads else 0
    second = next((at for at in range(len(cards)) if at != first and not _away(cards[at])), None)
    return ["長" if at == first else "代" if at == second else "" for at in range(len(cards))]


def _away(card: Card) -> bool:
    return bool(card.get("away"))


def _passing(cards: list[Card]) -> str:
    named = zip(_roles(cards), cards, strict=True)
    return " → ".join(str(card["name"]) for role, card in sorted(named, key=_place) if role)


def _place(named: tuple[str, Card]) -> bool:
    return named[0] != "長"


def _rows(cards: list[Card], where: Mapping[str, Posted]) -> list[list[str]]:
    roles = _roles(cards)
    ordered = sorted(range(len(cards)), key=lambda at: ("長", "代", "").index(roles[at]))
    return [
        [
            str(number),
            roles[at],
            str(cards[at].get("post") or ""),
            f"{cards[at]['name']}{'（不在）' if _away(cards[at]) else ''}",
            str(cards[at].get("extension") or ""),
            "、".join(
                f"{way.get('kind', '')} {way.get('value', '')}".strip()
                for way in (cards[at].get("contacts") or () if cards[at].portable else ())
            ),
            "、".join(map(str, cards[at].get("skills") or ())),
            where[cards[at].id].words if cards[at].id in where else "",
            _BOX,
            _BOX,
        ]
        for number, at in enumerate(ordered, 1)
    ]
