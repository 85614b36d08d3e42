"""What a plan would do: the fold of the book and the plan, in memory, stored nowhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from meibo.domain.book import Career, Filing, Line, SeatKind
from meibo.domain.checking import Held
from meibo.domain.units import Organisation, UnitPiece
from meibo.ledger import draw, house
from meibo.ledger.beside import Beside
from meibo.ledger.draw import SEALED, Drawing
from meibo.ledger.drawer.reading import BASE, filings, lines, plan_for_house
from meibo.ledger.models import Seat
from meibo.ledger.reader.people import states_on

State = Mapping[str, Any]


@dataclass(frozen=True)
class Preview:
    """The house with a plan in it. Everything is worked out when it is asked for, and once."""

    beside: Beside

    @cached_property
    def people(self) -> list[str]:
        """Everyone whose life the plan would change, in the order of its lines; with a
        reorganisation, everyone whose unit it changes as well."""
        named = [person for person in self.beside.lines if person]
        return list(dict.fromkeys([*named, *self._carried()]))

    def _carried(self) -> Iterator[str]:
        for line in self.beside.of(""):
            old = [row.old for row in line.successions.rows] if line.successions else []
            rows = Seat.objects.filter(unit__in=old, ends__gt=line.effective).order_by("person")
            yield from rows.values_list("person", flat=True).distinct()

    @cached_property
    def drawings(self) -> dict[str, Drawing]:
        """The lives of these people with the plan."""
        found: dict[str, Drawing] = {}
        for i in range(0, len(self.people), 500):
            for drawing in draw.drawings(self.people[i : i + 500], beside=self.beside):
                found[drawing.person] = drawing
        return found

    def career(self, person: str) -> Career:
        """The career of somebody in the plan, as it would be."""
        return self.drawings[person].career

    def after(self, person: str, on: date) -> State | None:
        """The state of somebody in the plan on a day, as it would be; None when not in service."""
        pieces = self.drawings[person].pieces if person in self.drawings else []
        return next((p.state for p in pieces if p.starts <= on < p.ends), None)

    def before(self, on: date) -> dict[str, State]:
        """The states of the people in the plan on a day, as they are without it."""
        return dict(states_on(on, ids=self.people))

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
        return draw.unit_drawings(beside=self.beside)

    def house(self, on: date) -> dict[str, State]:
        """The whole house on a day without the plan: person → state."""
        return dict(states_on(on))

    def seats(self, units: Collection[str], since: date) -> tuple[list[Held], list[Held]]:
        """Who holds what from a day on in these units: with the plan, and without it. Of the plan's
        people with it every seat, wherever it is."""
        rows = Seat.objects.filter(ends__gt=since)
        kept = [_held(row) for row in rows if row.unit in units or row.person in self.drawings]
        others = [seat for seat in kept if seat.person not in self.drawings]
        return [*self._own_seats(since), *others], kept

    def _own_seats(self, since: date) -> Iterator[Held]:
        for person, drawing in self.drawings.items():
            for s in drawing.career.seats:
                if s.unit is not None and max(s.starts, since) < s.ends:
                    yield Held(person, s.unit, s.post, s.kind, s.starts, s.ends)

    def organisation(self, on: date) -> Organisation:
        """The units of a day with the plan's reorganisation."""
        if not self.beside.units():
            return house.organisation(on)
        pieces = ((code, p) for code, own in self._units.items() for p in own)
        return Organisation({c: p.state for c, p in pieces if p.starts <= on < p.ends})


def _held(row: Seat) -> Held:
    return Held(row.person, row.unit, row.post, SeatKind(row.kind), row.starts, row.ends)


def preview(number: int) -> Preview:
    """The house with this plan. Who calls has made sure that the plan may be seen."""
    recorded = plan_for_house(number).created
    by_person: dict[str, list[Line]] = defaultdict(list)
    for each in lines(number):
        by_person[each.line.person].append(each.line)
    by_subject: dict[str, list[Filing]] = defaultdict(list)
    for place, filed in enumerate(filings(number)):
        if filed.field not in SEALED:
            by_subject[filed.subject].append(
                Filing(
                    *(BASE + place, filed.subject, filed.field, filed.value, filed.effective),
                    *(recorded, filed.until),
                )
            )
    return Preview(Beside(dict(by_person), dict(by_subject)))
