"""The orders of a person in a row: do they start where the person was, and come before leaving?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from meibo.domain.book.lines import Effect
from meibo.domain.names import alike
from meibo.platform.feeds.checks.orders import term_of
from meibo.platform.feeds.draft import Draft
from meibo.platform.feeds.house import DAY, House

_ELSEWHERE = frozenset({Effect.ADD, Effect.RELIEVE})
"""Effects that leave the main post alone."""


@dataclass(slots=True)
class _Place:
    """Where a person is, as far as the files tell. None: not known."""

    unit: str | None = None
    post: str | None = None
    seats: list[tuple[str, str | None]] = field(default_factory=list)
    since: date = date.min
    known: bool = False
    left: tuple[date, str] | None = None  # last day in service, number of the order

    def unit_on(self, day: date, house: House) -> str | None:
        return house.units.follow(self.unit, day) if self.unit else None


def check_careers(
    orders: list[Draft], masters: list[list[Draft]], voided: set[str], house: House
) -> None:
    """Compare every person's orders with the last master before them and with one another.

    `voided`: numbers of orders that a correction cancels; they move nobody.
    """
    by_person: dict[str, list[Draft]] = defaultdict(list)
    for draft in orders:
        if not draft.refused:
            by_person[draft.text("staff_no") or ""].append(draft)
    rows = _rows(masters)
    for number, drafts in by_person.items():
        drafts.sort(key=lambda d: d.day("effective") or date.min)
        _check_person(drafts, rows.get(number, []), voided, house)


def _rows(masters: list[list[Draft]]) -> dict[str, list[Draft]]:
    """Every master row of a person, by 基準日."""
    rows: dict[str, list[Draft]] = defaultdict(list)
    for draft in (d for drafts in masters for d in drafts if not d.refused):
        rows[draft.text("staff_no") or ""].append(draft)
    for drafts in rows.values():
        drafts.sort(key=lambda d: d.source.base or date.min)
    return rows


def _check_person(drafts: list[Draft], rows: list[Draft], voided: set[str], house: House) -> None:
    names = _names(drafts, rows)
    place = _Place()
    for day, group in groupby(drafts, key=lambda d: d.day("effective") or date.min):
        todays = list(group)
        place = _newest(place, rows, day)
        for draft in todays:
            _check_name(draft, names)
            _check_leaving(draft, day, place, todays, house)
            _check_old(draft, day, place, house)
        for draft in todays:
            if not draft.refused and draft.text("order_no") not in voided:
                _move(place, draft, day, house)


def _newest(place: _Place, rows: Iterable[Draft], day: date) -> _Place:
    """The place told by the last master before `day`, unless orders have moved on since."""
    for row in rows:
        base = row.source.base
        if base is not None and place.since <= base < day and base > date.min:
            seats = row.values.get("concurrent")
            place = _Place(
                unit=row.text("unit"),
                post=row.text("post"),
                seats=list(seats) if isinstance(seats, list) else [],
                since=base,
                known=True,
                left=place.left,
            )
    return place


def _names(drafts: list[Draft], rows: list[Draft]) -> set[str]:
    names = {row.text("name") for row in rows}
    names |= {draft.text(field) for draft in drafts for field in ("old_name", "new_name")}
    return {name for name in names if name}


def _check_name(draft: Draft, names: set[str]) -> None:
    name = draft.text("name")
    if name and names and not any(name == other or alike(name, other) for other in names):
        draft.note("name", "order-name", name="・".join(sorted(names)))


def _check_leaving(
    draft: Draft, day: date, place: _Place, todays: list[Draft], house: House
) -> None:
    if place.left is None or day <= place.left[0]:
        return
    effects = [term.effect for d in todays if (term := term_of(d, house))]
    if Effect.ENTER not in effects:
        last, number = place.left
        draft.refuse("staff_no", "order-after-leaving", day=last.isoformat(), other=number)


def _check_old(draft: Draft, day: date, place: _Place, house: House) -> None:
    term = term_of(draft, house)
    if draft.refused or term is None or term.effect in {Effect.ENTER, Effect.ADD}:
        return
    if not place.known:
        return
    if term.effect is Effect.RELIEVE:
        _check_seat(draft, day, place, house)
        return
    unit, expected = draft.text("old_unit"), place.unit_on(day - DAY, house)
    if unit and expected and unit != expected:
        draft.note("old_unit", "order-old-unit", expected=expected)
    post = draft.text("old_post")
    if post and place.post and post != place.post:
        expected_post = f"{place.post} {house.name_of('post', place.post)}"
        draft.note("old_post", "order-old-post", expected=expected_post)


def _check_seat(draft: Draft, day: date, place: _Place, house: House) -> None:
    seats = [(house.units.follow(unit, day - DAY), post) for unit, post in place.seats]
    unit, post = draft.text("old_unit"), draft.text("old_post")
    there = [p for u, p in seats if u == unit]
    if not there:
        told = "、".join(u for u, _ in seats) or "なし"
        draft.refuse("old_unit", "order-no-seat", seats=f"兼務は{told}")
    elif post and post not in there and any(there):
        expected = "・".join(p for p in there if p)
        draft.note("old_post", "order-old-post", expected=expected)


def _move(place: _Place, draft: Draft, day: date, house: House) -> None:
    """Where the order leaves the person."""
    term = term_of(draft, house)
    unit, post = draft.text("new_unit"), draft.text("new_post")
    effect = term.effect if term else None
    if effect is Effect.LEAVE:
        place.left = (day, draft.text("order_no") or "")
        place.seats = []
    elif effect is Effect.ADD and unit:
        place.seats.append((unit, post))
    elif effect is Effect.RELIEVE:
        place.seats = [seat for seat in place.seats if seat[0] != draft.text("old_unit")]
    elif effect not in _ELSEWHERE:
        if effect is Effect.ENTER:
            place.left, place.known = None, True
        place.unit, place.post = unit or place.unit, post or place.post
        place.since = day
