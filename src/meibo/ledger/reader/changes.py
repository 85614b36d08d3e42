"""Two days compared: who came, left, moved, was promoted; which units changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from meibo.domain.changes import KINDS, kinds_of
from meibo.domain.disclosure import Viewer
from meibo.ledger import draw, house, policy
from meibo.ledger.cards import Card
from meibo.ledger.reader.causes import Orders, orders_of
from meibo.ledger.reader.people import deal, states_on

_SHOWN = (
    *("unit_code", "unit_path", "post", "post_code", "concurrent", "name", "kana"),
    *("grade", "employment", "leave", "dispatch", "dispatch_body", "term_end"),
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
    touched = [p for p in touched if "exists" in _seen(viewer, p, a, b)]
    before = _cards(viewer, old, touched, a)
    after = _cards(viewer, new, touched, b)
    orders = orders_of(touched, min(a, b), max(a, b))
    result = [c for p in touched for c in _of(viewer, p, before.get(p), after.get(p), orders, a, b)]
    return sorted(result, key=lambda c: _order(c, a, b))


def _seen(viewer: Viewer, person: str, a: date, b: date) -> frozenset[str]:
    """The fields of a person that the viewer may see on both days, and so on any between."""
    table, ties = policy.table(), viewer.toward(person)
    both = table.reaching(ties, a, viewer.today) & table.reaching(ties, b, viewer.today)
    return table.seen(both, event=viewer.event)


def _cards(
    viewer: Viewer, states: Mapping[str, Mapping[str, Any]], people: Iterable[str], on: date
) -> dict[str, Card]:
    return {c.id: c for c in deal(viewer, {p: states[p] for p in people if p in states}, on)}


def _of(
    viewer: Viewer,
    person: str,
    before: Card | None,
    after: Card | None,
    orders: Orders,
    a: date,
    b: date,
) -> list[Change]:
    tree = house.organisation(b)
    sees_orders = "orders" in _seen(viewer, person, a, b)
    shown = {*(before or {}), *(after or {})}
    found = []
    for kind in kinds_of(before, after, _grades(), set(tree.states), draw.standing_house(), a, b):
        line = orders.working(kind, person, shown)
        effective = line.effective if line else (b if b >= a else a)
        found.append(
            Change(
                person,
                kind.code,
                kind.label,
                _shown(before),
                _shown(after),
                effective,
                line.recorded if line and sees_orders else None,
                line.wording if line and sees_orders else kind.label,
            )
        )
    return found


def _grades() -> dict[str, int]:
    """The grade that goes with a post, by its code: public knowledge, unlike a person's grade."""
    posts = house.codes().table("post")
    return {c: int(row.extra["grade"]) for c, row in posts.items() if row.extra.get("grade")}


def _shown(card: Card | None) -> Mapping[str, Any] | None:
    return None if card is None else {k: card[k] for k in _SHOWN if k in card}


def _order(change: Change, a: date, b: date) -> tuple[int, int, int, str]:
    """As a staff newspaper prints it: by kind, organisation, rank."""
    side, on = (change.after, b) if change.after else (change.before or {}, a)
    tree = house.organisation(on)
    order = tree.order.get(str(side.get("unit_code")), 10**9)
    rank = house.codes().rank(side.get("post_code"))
    return list(KINDS).index(change.kind), rank, order, change.id


def unit_changes_between(viewer: Viewer, a: date, b: date) -> list[UnitChange]:
    """Units that differ between two days, in display order; none unless both may be seen."""
    table = policy.table()
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
