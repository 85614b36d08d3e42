"""The desk at which filings are seen to: the list with its filters, and one of them in full.

Values are shown as far as the disclosure table lets the viewer see that field of that person; what
it hides stays hidden while it waits as well. Who may not see them still sees that all is answered.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from meibo.apps.personnel.actions.filings.kinds import KINDS
from meibo.apps.personnel.actions.filings.licences import scan_of
from meibo.apps.personnel.actions.filings.opening import (
    may_decide,
    may_handle,
    own_turn,
    reason_of,
    record_of,
    values_of,
)
from meibo.apps.personnel.actions.filings.rules import STEPS, Rule, rules
from meibo.apps.personnel.models import OpenFiling
from meibo.apps.personnel.queries.filings.waiting import STATES, Change, changes
from meibo.domain.calendar import day_in_japan
from meibo.domain.disclosure import Viewer
from meibo.ledger import filed, joins, reader

A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Wish:
    """What is looked for; empty is everything."""

    state: str = OpenFiling.SENT
    kind: str = ""
    step: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> Wish:
        """Read from the parameters of an address; what is not known is left out."""
        state = asked.get("state", OpenFiling.SENT)
        kind, step = asked.get("kind", ""), asked.get("step", "")
        return cls(
            state if state in {*STATES, "all"} else OpenFiling.SENT,
            kind if kind in rules() else "",
            step if step in STEPS else "",
        )


@dataclass(frozen=True, slots=True)
class Line:
    """One filing in the list. `mine`: whether the viewer may decide about it; `turn`: whether it
    waits for just them; `skips`: whose step before theirs would be skipped."""

    filing: OpenFiling
    card: reader.Card | None
    label: str
    state: str
    step: str
    days: int
    mine: bool
    turn: bool
    passes_on: bool

    @property
    def skips(self) -> bool:
        return self.mine and not self.turn


@dataclass(frozen=True, slots=True)
class Desk:
    """A page of the list, with what can be filtered by."""

    page: Page[OpenFiling]
    lines: list[Line]
    wish: Wish
    kinds: Mapping[str, Rule]

    @property
    def any_mine(self) -> bool:
        return any(line.turn for line in self.lines)

    @property
    def passes_on(self) -> bool:
        """Whether nothing here would be entered into the book yet."""
        return all(line.passes_on for line in self.lines if line.turn)

    @property
    def skipped(self) -> int:
        """How many the viewer could decide about, though it is somebody else's turn."""
        return sum(line.skips for line in self.lines)

    @property
    def deed(self) -> str:
        """What the button for those chosen does: accept, pass on, or one with some and the other
        with others."""
        kinds = {line.passes_on for line in self.lines if line.turn}
        if len(kinds) > 1:
            return "選んだ届を受け付ける・次へ回す"
        return "選んだ届を確かめた（人事課へ回す）" if kinds == {True} else "選んだ届を受け付ける"


def _theirs(viewer: Viewer) -> QuerySet[OpenFiling]:
    """The filings that a viewer may see to at all, save that their own may be among them."""
    rows = OpenFiling.objects.exclude(state=OpenFiling.DRAFT)
    if viewer.holds("hr"):
        return rows
    people = joins.groups().whole(viewer.over.get("clerk", frozenset()))
    return rows.filter(person__in=people, route__contains="clerk")


def waiting_count(viewer: Viewer) -> int:
    """How many wait for just this viewer: personnel's turn, or the 庶務担当's."""
    rows = _theirs(viewer).filter(state=OpenFiling.SENT).exclude(person=viewer.person or "")
    steps = ["hr"] if viewer.holds("hr") else []
    found = rows.filter(step__in=steps).count() if steps else 0
    people = viewer.over.get("clerk", frozenset())
    if people:
        found += rows.filter(step="clerk", person__in=joins.groups().whole(people)).count()
    return found


def desk(viewer: Viewer, wish: Wish, page: str) -> Desk:
    """A page of the list, the longest waiting first; of what is done, the newest first."""
    rows = _theirs(viewer).exclude(person__in=joins.members(viewer.person or ""))
    if wish.state != "all":
        rows = rows.filter(state=wish.state)
    if wish.kind:
        rows = rows.filter(kind=wish.kind)
    if wish.step:
        rows = rows.filter(step=wish.step)
    order = "sent_at" if wish.state == OpenFiling.SENT else "-changed_at"
    shown = Paginator(rows.order_by(order, "pk"), A_PAGE).get_page(page or 1)
    people = {joins.lead(row.person) for row in shown}
    cards = {card.id: card for card in reader.cards(viewer, on=viewer.today, ids=people)}
    return Desk(shown, [_line(viewer, row, cards) for row in shown], wish, rules())


def _line(viewer: Viewer, row: OpenFiling, cards: Mapping[str, reader.Card]) -> Line:
    days = (viewer.today - day_in_japan(row.sent_at or row.begun_at)).days
    label = rules()[row.kind].label if row.kind in rules() else row.kind
    card = cards.get(joins.lead(row.person))
    step = STEPS.get(row.step, "") if row.state == OpenFiling.SENT else ""
    mine, turn = may_decide(viewer, row), own_turn(viewer, row)
    passes_on = not (viewer.holds("hr") or "hr" not in row.route.split())
    return Line(row, card, label, STATES[row.state], step, days, mine, turn, passes_on)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One filing in full. `changes` is None where the viewer may not see the values; `record`: the
    mark of the record that stands beside it (None where none does)."""

    line: Line
    rule: Rule
    changes: list[Change] | None
    since: date | None
    reason: str
    record: int | None
    passes_on: bool
    may_undo: bool
    scan: str


def sheet(viewer: Viewer, number: int) -> Sheet | None:
    """None for a filing that is not the viewer's to see to."""
    row = OpenFiling.objects.filter(pk=number).first()
    if row is None or not may_handle(viewer, row) or row.kind not in rules():
        return None
    kind, rule, person = KINDS[row.kind], rules()[row.kind], joins.lead(row.person)
    cards = {card.id: card for card in reader.cards(viewer, on=viewer.today, ids=[person])}
    shown = kind.row in filed.seen(viewer, person, [kind.row])
    steps = row.route.split()
    final = viewer.holds("hr") or "hr" not in steps
    return Sheet(
        _line(viewer, row, cards),
        rule,
        _changes(row) if shown else None,
        row.effective,
        reason_of(row) if shown else "",  # a reason may quote what it is about
        filed.mark(row.person, kind.fields) if shown and row.state == OpenFiling.SENT else None,
        not final,
        row.state == OpenFiling.ACCEPTED and final,
        scan_of(values_of(row)) if shown else "",
    )


def _changes(row: OpenFiling) -> list[Change]:
    """Before → after; of what was accepted, before is the day before it took effect."""
    kind, values = KINDS[row.kind], values_of(row)
    day = row.effective or date.min
    if row.state == OpenFiling.ACCEPTED:
        day -= timedelta(days=1)
    return changes(kind, record_of(row.person, kind, day), values)
