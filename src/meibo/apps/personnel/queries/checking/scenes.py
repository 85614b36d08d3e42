"""What the checks look at, gathered from the books and from a plan's preview."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import cache
from typing import TypeVar

from meibo.apps.personnel.queries.checking.town import called, licences, posts, terms
from meibo.domain.book import Effect
from meibo.domain.checking import Held, Order, Scene
from meibo.domain.checking.scene import State
from meibo.ledger import drawer, kin
from meibo.ledger.drawer import DraftLine, Preview
from meibo.platform.town import appoints

_DAY = timedelta(days=1)
Value = TypeVar("Value")


def scene_of(number: int, today: date) -> Scene:
    """A plan before its checks."""
    drafts = drawer.lines(number)
    preview = drawer.preview(number, drafts)
    card = drawer.plan_for_house(number)
    orders = [Order(d.id, d.line, d.unread, d.newcomer) for d in drafts]
    since = min((d.line.effective for d in drafts), default=today) - _DAY
    before = _by_day(preview.before)
    units = _touched(drafts, before(since))
    seats, seats_before = preview.seats(units, since)
    house = _by_day(preview.house)
    around = card.day or since + _DAY
    newcomers = _newcomers(number, drafts)
    names = _called(house(around)) | _called(before(since)) | _called(newcomers)
    names = _coming(seats, names) | names
    tree = _by_day(preview.organisation)
    return Scene(
        card.day,
        today,
        orders,
        preview.careers,
        before,
        _by_day(lambda day: _after(preview, day)),
        _by_day(lambda day: preview.with_plan(house(day), day)),
        tree,
        seats,
        seats_before,
        posts(),
        terms(),
        called("job"),
        called("employment"),
        names,
        *_kin(preview, around, since),
        licences(),
        newcomers,
        drawer.numbers_taken(d.newcomer for d in drafts if d.newcomer),
        drawer.addressees(d.line.voids for d in drafts if d.line.voids),
        cache(lambda unit, day: appoints(unit, tree(day))),
    )


def _by_day(look: Callable[[date], Value]) -> Callable[[date], Value]:
    """The same look, made once a day."""
    return cache(look)


def _after(preview: Preview, day: date) -> Mapping[str, State]:
    found = ((person, preview.after(person, day)) for person in preview.people)
    return {person: state for person, state in found if state is not None}


def _touched(drafts: list[DraftLine], before: Mapping[str, State]) -> set[str]:
    """The units that the plan's people come from and go to, and those that it reorganises."""
    units = {d.line.unit for d in drafts if d.line.unit}
    for state in before.values():
        units |= {state["unit"]} if state.get("unit") else set()
        units |= {seat["unit"] for seat in state.get("further", ())}
    for draft in drafts:
        if draft.line.effect is Effect.REMAP and draft.line.successions:
            units |= {code for row in draft.line.successions.rows for code in (row.old, row.new)}
    return units - {""}


def _coming(seats: list[Held], known: Mapping[str, str]) -> dict[str, str]:
    """The names of those who enter later than the plan's days."""
    days: dict[date, set[str]] = defaultdict(set)
    for seat in seats:
        if seat.person not in known:
            days[seat.starts].add(seat.person)
    found: dict[str, str] = {}
    for day, people in days.items():
        found |= _called(drawer.house_on(day, people))
    return found


def _called(states: Mapping[str, State]) -> dict[str, str]:
    return {person: str(state.get("name", "")) for person, state in states.items()}


def _kin(
    preview: Preview, around: date, since: date
) -> tuple[list[tuple[str, str, str]], list[Held]]:
    """Pairs of people who are of one family, and what these hold."""
    pairs = [(pair.first, pair.second, pair.relation) for pair in kin.pairs(around)]
    related = {person for first, second, _ in pairs for person in (first, second)}
    return pairs, preview.held_by(related, since)


def _newcomers(number: int, drafts: list[DraftLine]) -> dict[str, dict[str, str]]:
    """Those whom only the plan knows → what it files of them."""
    people = {d.line.person for d in drafts if d.newcomer}
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for filing in drawer.filings(number) if people else []:
        if filing.subject in people and filing.value:
            found[filing.subject][filing.field] = filing.value
    return {person: found[person] for person in people}
