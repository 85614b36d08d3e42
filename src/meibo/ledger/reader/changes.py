"""Two days compared: who came, left, moved, was promoted; which units changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from meibo.domain.changes import KINDS, kinds_of
from meibo.domain.disclosure import Viewer
from meibo.ledger import draw, house, policy
from meibo.ledger.card import Card
from meibo.ledger.reader.causes import Orders, orders_of
from meibo.ledger.reader.people import deal, states_on
from meibo.ledger.sight import Sight

_LAST = 10**9
_KIND_ORDER = {code: n for n, code in enumerate(KINDS)}
_SHOWN = (
    *("unit_code", "unit_path", "post", "post_code", "concurrent", "name", "kana"),
    *("grade", "employment", "leave", "dispatch", "dispatch_body", "term_end"),
)
#: The fields of the table that these keys are of: nothing else is opened for a comparison.
_WANTED = frozenset(
    {
        *("unit", "post", "concurrent", "name", "kana", "record_name"),
        *("grade", "employment", "leave", "dispatch", "term_end"),
    }
)


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one person. `before` and `after` hold what the viewer may see of either day.

    `effective`: the day it took effect; `recorded`: when the book learned it, where the viewer
    may see orders.
    """

    id: str
    kind: str
    label: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    effective: date
    recorded: datetime | None
    wording: str


@dataclass(frozen=True, slots=True)
class UnitChange:
    """A unit that is new, gone, or named or placed otherwise. Paths are lists of names."""

    code: str
    kind: str
    before: list[str]
    after: list[str]


def changes(viewer: Viewer, a: date, b: date) -> list[Change]:
    """What differs between the roster of day `a` and that of day `b`, as this viewer sees it.

    A change that the viewer could not see on either day is not in the list; nor is anybody whom
    the viewer may look at on one of the two days alone, which would read like coming or leaving.
    """
    old, new = states_on(a), states_on(b)
    touched = [p for p in {**new, **old} if old.get(p) != new.get(p)]
    sight = Sight(viewer)
    seen = {p: _seen(sight, p, a, b) for p in touched}
    touched = [p for p in touched if "exists" in seen[p]]
    before = _cards(viewer, old, touched, a)
    after = _cards(viewer, new, touched, b)
    both = _Both(seen, a, b, orders_of(touched, min(a, b), max(a, b)))
    result = [c for p in touched for c in both.of(p, before.get(p), after.get(p))]
    return sorted(result, key=both.order)


def _seen(sight: Sight, person: str, a: date, b: date) -> frozenset[str]:
    """The fields of a person that the viewer may see on both days, and so on any between."""
    return sight.seen(person, sight.ties(person, a, b))


def _cards(
    viewer: Viewer, states: Mapping[str, Mapping[str, Any]], people: Iterable[str], on: date
) -> dict[str, Card]:
    own = {p: states[p] for p in people if p in states}
    return {card.id: card for card in deal(viewer, own, on, only=_WANTED)}


class _Both:
    """What is the same for everyone compared: units and posts of both days, reorganisations."""

    def __init__(
        self, seen: Mapping[str, frozenset[str]], a: date, b: date, orders: Orders
    ) -> None:
        self.seen, self.a, self.b, self.orders = seen, a, b, orders
        self.house = draw.standing_house()
        self.codes = house.codes()
        self.old, self.new = house.organisation(a), house.organisation(b)
        self.units = frozenset(self.new.states)
        # The grade that goes with a post is public knowledge, unlike a person's grade.
        posts = self.codes.table("post").items()
        self.grades = {c: int(p.extra["grade"]) for c, p in posts if p.extra.get("grade")}

    def of(self, person: str, before: Card | None, after: Card | None) -> list[Change]:
        """The changes of one person, one for each kind."""
        sees_orders = "orders" in self.seen[person]
        shown = {*(before or {}), *(after or {})}
        found = []
        for kind in kinds_of(before, after, self.grades, self.units, self.house, self.a, self.b):
            line = self.orders.working(kind, person, shown)
            found.append(
                Change(
                    person,
                    kind.code,
                    kind.label,
                    _shown(before),
                    _shown(after),
                    line.effective if line else max(self.a, self.b),
                    line.recorded if line and sees_orders else None,
                    line.wording if line and sees_orders else kind.label,
                )
            )
        return found

    def order(self, change: Change) -> tuple[int, int, int, str]:
        """As a staff newspaper prints it: by kind, rank, organisation."""
        side, tree = change.after or change.before or {}, self.new if change.after else self.old
        place = tree.order.get(str(side.get("unit_code")), _LAST)
        rank = self.codes.rank(side.get("post_code"))
        return _KIND_ORDER[change.kind], rank, place, change.id


def _shown(card: Card | None) -> Mapping[str, Any] | None:
    return None if card is None else {k: card[k] for k in _SHOWN if k in card}


def unit_changes_between(viewer: Viewer, a: date, b: date) -> list[UnitChange]:
    """Units that differ between two days, in display order; none unless both may be seen."""
    table = policy.table(viewer.today)
    for day in (a, b):
        if "unit.name" not in table.seen(table.reaching(viewer.ties, day, viewer.today)):
            return []
    old, new = house.organisation(a), house.organisation(b)
    result = []
    for code in dict.fromkeys([*new.order, *old.order]):
        before, after = old.path(code), new.path(code)
        if before != after:
            kind = "new" if not before else "gone" if not after else "changed"
            result.append(UnitChange(code, kind, before, after))
    return result
