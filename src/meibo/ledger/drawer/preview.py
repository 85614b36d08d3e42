"""What a plan would do: the fold of the book and the plan, in memory, stored nowhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from meibo.domain.book import CAREER_FIELDS, Career, Filing, Line, SeatKind, state_on
from meibo.domain.checking import Held
from meibo.domain.units import Organisation, UnitPiece
from meibo.ledger import draw, draw_units, house, joins
from meibo.ledger.beside import Beside
from meibo.ledger.careers import careers
from meibo.ledger.draw import Drawing
from meibo.ledger.drawer.cards import DraftLine
from meibo.ledger.drawer.reading import BASE, filings, lines, plan_for_house
from meibo.ledger.joins import Groups
from meibo.ledger.models import Seat, Stretch
from meibo.ledger.reader.people import states_on
from meibo.ledger.sealed import is_sealed

State = Mapping[str, Any]
_SEAT = ("person", "unit", "post", "kind", "starts", "ends")
_DAY = timedelta(days=1)
_DAYS = 4
"""So many days of the whole house are held at once."""


@dataclass(frozen=True)
class Preview:
    """The house with a plan in it. Everything is worked out when it is asked for, and once."""

    beside: Beside
    drawn: dict[str, Drawing | None] = field(default_factory=dict)
    days: dict[date, dict[str, State]] = field(default_factory=dict)

    @cached_property
    def people(self) -> list[str]:
        """Everyone whose life the plan would change, in the order of its lines; with a
        reorganisation, everyone whose unit it changes as well."""
        named = [self._groups.lead(person) for person in self.beside.lines if person]
        return list(dict.fromkeys([*named, *self._carried()]))

    @cached_property
    def _groups(self) -> Groups:
        """An order to any number of somebody changes that one life."""
        return joins.groups()

    def _carried(self) -> Iterator[str]:
        for line in self.beside.of(""):
            old = [row.old for row in line.successions.rows] if line.successions else []
            rows = Seat.objects.filter(unit__in=old, ends__gt=line.effective).order_by("person")
            yield from rows.values_list("person", flat=True).distinct()

    @cached_property
    def careers(self) -> dict[str, Career]:
        """The careers of these people with the plan."""
        return careers(self.people, self.beside)

    def career(self, person: str) -> Career:
        """The career of somebody in the plan, as it would be."""
        return self.careers[self._groups.lead(person)]

    def after(self, person: str, on: date) -> State | None:
        """The state of somebody in the plan on a day, as it would be; None when not in service."""
        person = self._groups.lead(person)
        career = self.careers.get(person)
        state = state_on(career, on) if career else None
        if state is None:
            return None
        drawn = self.house(on).get(person)
        if drawn is None or person in self.beside.filings:
            return self._drawn(person, on)
        filed = {name: value for name, value in drawn.items() if name not in CAREER_FIELDS}
        return filed | state

    def _drawn(self, person: str, on: date) -> State | None:
        """The same of somebody whose filings are the plan's, or who would not be in service."""
        if person not in self.drawn:
            self.drawn[person] = next(draw.drawings([person], beside=self.beside), None)
        found = self.drawn[person]
        pieces = found.pieces if found else []
        return next((p.state for p in pieces if p.starts <= on < p.ends), None)

    def before(self, on: date) -> dict[str, State]:
        """The states of the people in the plan on a day, as they are without it."""
        house = self.house(on)
        return {person: house[person] for person in self.people if person in house}

    def everyone(self, on: date) -> dict[str, State]:
        """The whole house on a day with the plan in it: person → state."""
        return self.with_plan(self.house(on), on)

    def with_plan(self, house: Mapping[str, State], on: date) -> dict[str, State]:
        """The states of a day as `house` has them, with the plan in them."""
        found = dict(house)
        for person in self.people:
            state = self.after(person, on)
            if state is None:
                found.pop(person, None)
            else:
                found[person] = state
        return found

    @cached_property
    def _units(self) -> dict[str, list[UnitPiece]]:
        return draw_units.unit_drawings(beside=self.beside)

    def house(self, on: date) -> dict[str, State]:
        """The whole house on a day without the plan: person → state. To be looked at only."""
        if on not in self.days:
            while len(self.days) >= _DAYS:
                self.days.pop(next(iter(self.days)))
            self.days[on] = dict(states_on(on))
        return self.days[on]

    def coming(self, since: date, known: Collection[str]) -> dict[str, State]:
        """Who enters service on a day or later without the plan, as they are on their first day;
        without people who are known."""
        rows = Stretch.objects.filter(starts__gte=since).order_by("starts")
        firsts: dict[str, date] = {}
        for person, starts in rows.values_list("person", "starts"):
            if person not in known:
                firsts.setdefault(person, starts)
        entering: dict[date, list[str]] = defaultdict(list)
        for person, starts in firsts.items():
            entering[starts].append(person)
        days = (states_on(day, ids=people) for day, people in entering.items())
        return {person: state for found in days for person, state in found.items()}

    def seats(self, units: Collection[str], since: date) -> tuple[list[Held], list[Held]]:
        """Who holds what from a day on in these units: with the plan, and without it. Of the plan's
        people with it every seat, wherever it is."""
        rows = Seat.objects.filter(ends__gt=since).values_list(*_SEAT)
        kept = [_held(row) for row in rows if row[1] in units or row[0] in self.careers]
        others = [seat for seat in kept if seat.person not in self.careers]
        return [*self._own_seats(since), *others], kept

    def held_by(self, people: Collection[str], since: date) -> list[Held]:
        """What these people hold from a day on, with the plan."""
        others = [person for person in people if person not in self.careers]
        rows = Seat.objects.filter(person__in=others, ends__gt=since).values_list(*_SEAT)
        own = (seat for seat in self._own_seats(since) if seat.person in people)
        return [*own, *map(_held, rows)]

    def _own_seats(self, since: date) -> Iterator[Held]:
        for person, career in self.careers.items():
            for s in career.seats:
                if s.unit is not None and max(s.starts, since) < s.ends:
                    yield Held(person, s.unit, s.post, s.kind, s.starts, s.ends)

    def organisation(self, on: date) -> Organisation:
        """The units of a day with the plan's reorganisation."""
        if not self.beside.units():
            return house.organisation(on)
        pieces = ((code, p) for code, own in self._units.items() for p in own)
        return Organisation({c: p.state for c, p in pieces if p.starts <= on < p.ends})

    def unit_path(self, code: str, around: date) -> list[str]:
        """The names of a unit from the top down on the last day up to this one on which it has one,
        else on its first; empty for a code that no unit ever had."""
        own = self._units.get(code, ())
        if not own:
            return []
        past = [min(piece.ends - _DAY, around) for piece in own if piece.starts <= around]
        return self.organisation(max(past) if past else own[0].starts).path(code)


def _held(row: tuple[Any, ...]) -> Held:
    person, unit, post, kind, starts, ends = row
    return Held(person, unit, post, SeatKind(kind), starts, ends)


def house_on(on: date, people: Collection[str]) -> dict[str, State]:
    """The states of these people on a day, for pages of personnel that no log may tell of."""
    return dict(states_on(on, ids=people))


def preview(number: int, drafts: Sequence[DraftLine] | None = None) -> Preview:
    """The house with this plan. Who calls has made sure that the plan may be seen. `drafts`: its
    lines, where they have been read already."""
    recorded = plan_for_house(number).created
    by_person: dict[str, list[Line]] = defaultdict(list)
    for each in lines(number) if drafts is None else drafts:
        by_person[each.line.person].append(each.line)
    by_subject: dict[str, list[Filing]] = defaultdict(list)
    for place, filed in enumerate(filings(number)):
        if not is_sealed(filed.field):
            by_subject[filed.subject].append(
                Filing(
                    *(BASE + place, filed.subject, filed.field, filed.value, filed.effective),
                    *(recorded, filed.until),
                )
            )
    return Preview(Beside(dict(by_person), dict(by_subject)))
