"""Appointments one by one. A person may hold several at once (two 会計年度任用), and the drawn
state tells of the leading one alone. For the house's own work; what is shown of people comes from
cards."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache

from meibo.domain.book import Career, SeatKind, Service
from meibo.domain.renewal import Contract, hours_field
from meibo.ledger import draw, house, joins
from meibo.ledger.draw import Drawing
from meibo.ledger.models import BookLine, Stretch


def contracts(employment: Collection[str], on: date) -> tuple[Contract, ...]:
    """Every appointment in force on a day whose 任用形態 has one of these names."""
    return _contracts(house.version(), frozenset(employment), on)


@lru_cache(maxsize=2)
def _contracts(_version: int, employment: frozenset[str], on: date) -> tuple[Contract, ...]:
    table = house.codes().table("employment")
    wanted = {code for code, row in table.items() if row.name in employment}
    groups = joins.groups()
    people = sorted({groups.lead(person) for person in _ever(wanted)} & _serving(on))
    found: list[Contract] = []
    for i in range(0, len(people), 500):
        for drawing in draw.drawings(people[i : i + 500]):
            found += [c for c in _of(drawing, on) if c.employment in wanted]
    return tuple(found)


def of_people(people: Iterable[str], employment: Collection[str], on: date) -> list[Contract]:
    """The same, of these people alone."""
    table = house.codes().table("employment")
    wanted = {code for code, row in table.items() if row.name in employment}
    groups = joins.groups()
    own = sorted({groups.lead(person) for person in people})
    return [
        contract
        for i in range(0, len(own), 500)
        for drawing in draw.drawings(own[i : i + 500])
        for contract in _of(drawing, on)
        if contract.employment in wanted
    ]


def _ever(codes: Iterable[str]) -> set[str]:
    """Whom the book ever appointed so: most of a house never was, and need not be folded."""
    found: set[str] = set()
    for code in codes:
        stated = f'"employment": {json.dumps(code, ensure_ascii=False)}'
        rows = BookLine.objects.filter(stated__contains=stated)
        found |= set(rows.values_list("person", flat=True).distinct())
    return found


def _serving(on: date) -> set[str]:
    rows = Stretch.objects.filter(starts__lte=on, ends__gt=on)
    return set(rows.values_list("person", flat=True))


def _of(drawing: Drawing, on: date) -> Iterator[Contract]:
    piece = next((p for p in drawing.pieces if p.starts <= on < p.ends), None)
    state = piece.state if piece else {}
    for service in drawing.career.services:
        if service.starts <= on < service.ends:
            minutes = state.get(hours_field(service.appointment))
            yield _contract(drawing, service, on, int(minutes) if minutes else None)


def _contract(drawing: Drawing, service: Service, on: date, minutes: int | None) -> Contract:
    career, key = drawing.career, service.appointment
    seat = next(
        (
            s
            for s in career.seats
            if s.appointment == key and s.kind is SeatKind.MAIN and s.starts <= on < s.ends
        ),
        None,
    )
    term = _value(career, key, "term_end", on)
    end = date.fromisoformat(term) if term else None
    return Contract(
        drawing.person,
        key,
        seat.unit if seat else None,
        seat.post if seat else None,
        _value(career, key, "job", on),
        _value(career, key, "employment", on),
        seat.authority if seat else None,
        service.hired or service.starts,
        end,
        minutes,
        end is not None and _goes_on(career, key, end),
    )


def _goes_on(career: Career, key: str, end: date) -> bool:
    """Whether there are orders already by which the appointment goes on after its term."""
    after = end + timedelta(days=1)
    own = (s for s in career.services if s.appointment == key)
    return any(s.starts <= after < s.ends for s in own)


def _value(career: Career, key: str, name: str, on: date) -> str | None:
    held = (
        s.value
        for s in career.spans
        if (s.name, s.appointment) == (name, key) and s.starts <= on < s.ends
    )
    return next(held, None)
