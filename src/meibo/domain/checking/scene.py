"""What the checks of a plan look at: the plan's lines, the house without it and with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from meibo.domain.book import OPEN, Career, Effect, Line, SeatKind
from meibo.domain.book.fold import moment
from meibo.domain.checking.wording import Term
from meibo.domain.units import Organisation

State = Mapping[str, Any]


def _nobody(unit: str, day: date) -> str:
    return ""


MAIN = SeatKind.MAIN
_DAY = timedelta(days=1)
_SEATLESS = frozenset({Effect.RELIEVE, Effect.LEAVE, Effect.VOID})


@dataclass(frozen=True, slots=True)
class Order:
    """A line of the plan. `unread`: cell → what was typed there and could not be read."""

    id: int
    line: Line
    unread: Mapping[str, str] = field(default_factory=dict)
    newcomer: str | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """A row of the table of posts. `head`: leads its unit; `single`: one only can hold it."""

    code: str
    name: str
    grade: int | None = None
    head: bool = False
    single: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """Somebody holds a post in a unit over `[starts, ends)`."""

    person: str
    unit: str
    post: str | None
    kind: SeatKind
    starts: date
    ends: date = OPEN

    def on(self, day: date) -> bool:
        """Whether it is held on a day."""
        return self.starts <= day < self.ends


@dataclass(frozen=True)
class Scene:
    """A plan before its checks. `before` and `after`: the states of the plan's people on a day,
    without and with the plan; `everyone`: those of the whole house with it. `seats`: who holds what
    with the plan, `seats_before` without it, in the units that it touches. `jobs`, `employments`,
    `posts`: code tables. `kin`: pairs of people who are of one family, where recorded; `kin_seats`:
    what these hold with the plan, wherever. `licences`: of a job or a post (by name) the words of
    which one must be held. `appoints`: who does in a unit on a day; empty where not known."""

    day: date | None
    today: date
    orders: Sequence[Order]
    careers: Mapping[str, Career]
    before: Callable[[date], Mapping[str, State]]
    after: Callable[[date], Mapping[str, State]]
    everyone: Callable[[date], Mapping[str, State]]
    organisation: Callable[[date], Organisation]
    seats: Sequence[Held] = ()
    seats_before: Sequence[Held] = ()
    posts: Mapping[str, Post] = field(default_factory=dict)
    terms: Mapping[str, Term] = field(default_factory=dict)
    jobs: Mapping[str, str] = field(default_factory=dict)
    employments: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    kin: Sequence[tuple[str, str, str]] = ()
    kin_seats: Sequence[Held] = ()
    licences: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    newcomers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    staff_numbers: Mapping[str, str] = field(default_factory=dict)
    addressees: Mapping[int, str] = field(default_factory=dict)
    appoints: Callable[[str, date], str] = _nobody

    @cached_property
    def by_person(self) -> Mapping[str, Sequence[Order]]:
        """The plan's lines by whom they speak to, without the house's."""
        found: dict[str, list[Order]] = defaultdict(list)
        for order in self.orders:
            if order.line.person:
                found[order.line.person].append(order)
        return found

    @cached_property
    def by_number(self) -> Mapping[int, Order]:
        """The plan's lines by their place in the fold."""
        return {order.line.no: order for order in self.orders}

    @cached_property
    def days(self) -> list[date]:
        """The days at whose 0:00 something of the plan works."""
        return sorted({moment(order.line) for order in self.orders})

    @cached_property
    def main_day(self) -> date:
        """The plan's day: as it says, else the one on which most of it works."""
        if self.day is not None:
            return self.day
        all_ = [moment(order.line) for order in self.orders]
        return max(set(all_), key=all_.count) if all_ else self.today

    @cached_property
    def remaps(self) -> list[Order]:
        """The plan's reorganisations."""
        return [order for order in self.orders if order.line.effect is Effect.REMAP]

    @cached_property
    def seats_in(self) -> Mapping[str, Sequence[Held]]:
        """Who holds what with the plan, by unit."""
        return _by_unit(self.seats)

    @cached_property
    def seats_in_before(self) -> Mapping[str, Sequence[Held]]:
        """Who holds what without the plan, by unit."""
        return _by_unit(self.seats_before)

    def name(self, person: str) -> str:
        """What somebody is called; never empty."""
        return self.names.get(person, "").replace("\u3000", " ") or "（氏名のわからない職員）"

    def unit(self, code: str | None, day: date) -> str:
        """What a unit is called on a day, from its section down; of one that is not there then, as
        on the day before, or on another day that the plan or its reader stands on."""
        near = (day, day - _DAY, self.main_day, self.main_day - _DAY, self.today)
        path = next(filter(None, (self.organisation(each).path(code) for each in near)), [])
        return " ".join(path[1:] or path) or str(code or "")

    def post(self, code: str | None) -> str:
        """What a post is called."""
        found = self.posts.get(code or "")
        return found.name if found else str(code or "")

    def lines_of(self, people: Iterable[str]) -> tuple[int, ...]:
        """The ids of the plan's lines that speak to these people."""
        return tuple(o.id for person in people for o in self.by_person.get(person, ()))

    def sitting(self) -> Iterator[tuple[Order, str, str | None]]:
        """Lines that put somebody into a unit: the line, the unit, the post."""
        for order in self.orders:
            line = order.line
            if line.person and line.unit and line.effect not in _SEATLESS:
                yield order, line.unit, line.post


def _by_unit(seats: Iterable[Held]) -> Mapping[str, Sequence[Held]]:
    found: dict[str, list[Held]] = defaultdict(list)
    for seat in seats:
        found[seat.unit].append(seat)
    return found
