"""A person's life cut into stretches in which nothing changes.

Reading a day is then reading one row. A stretch holds codes, not names: what a code is
called on a day is the town's tables' business.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any

from meibo.domain.book.career import Absence, Career, Seat, Service, Span
from meibo.domain.book.filings import Period
from meibo.domain.book.lines import OPEN, SeatKind


@dataclass(slots=True)
class Stretch:
    """The state of one person over `[starts, ends)`. `unit`, `post`: of the main post."""

    starts: date
    ends: date
    unit: str | None
    post: str | None
    state: dict[str, Any] = field(default_factory=dict)


def stretches(career: Career, periods: Iterable[Period], sealed: frozenset[str]) -> list[Stretch]:
    """Cut a career and the person's filings into stretches, in order of time.

    Of a field in `sealed` the state holds only the number of the filing, never its value.
    Several services at once (two contracts) make one stretch: the earliest one leads.
    """
    periods = list(periods)
    cuts = _cuts(career, periods)
    result: list[Stretch] = []
    for starts, ends in pairwise(cuts):
        services = [s for s in career.services if s.starts <= starts < s.ends]
        if not services:
            continue
        stretch = _at(career, periods, services, starts, ends, sealed)
        last = result[-1] if result else None
        if last and last.ends == starts and last.state == stretch.state:
            last.ends = ends
        else:
            result.append(stretch)
    return result


CAREER_FIELDS = frozenset(
    {"hired", "grade", "step", "job", "employment", "term_end", "leave", "dispatch", "unit"}
    | {"post", "since", "authority", "further"}
)
"""What of a state follows from orders; all else was filed."""


def state_on(career: Career, day: date) -> dict[str, Any] | None:
    """What follows from somebody's orders for one day; None when not in service."""
    services = [s for s in career.services if s.starts <= day < s.ends]
    return _at(career, [], services, day, day, frozenset()).state if services else None


_Dated = Service | Seat | Span | Absence | Period


def _cuts(career: Career, periods: list[Period]) -> list[date]:
    cuts = {OPEN}
    pieces: tuple[_Dated, ...] = (*career.services, *career.seats, *career.spans)
    for piece in (*pieces, *career.absences, *periods):
        cuts.add(piece.starts)
        cuts.add(piece.ends)
    return sorted(cuts)


def _at(
    career: Career,
    periods: list[Period],
    services: list[Service],
    day: date,
    ends: date,
    sealed: frozenset[str],
) -> Stretch:
    first = min(services, key=lambda s: (s.starts, s.appointment))
    state: dict[str, Any] = {"hired": (first.hired or first.starts).isoformat()}
    for span in career.spans:
        if span.starts <= day < span.ends and span.appointment == first.appointment:
            state[span.name] = int(span.value) if span.name == "grade" else span.value
    held = {service.appointment for service in services}
    for period in periods:
        if period.starts <= day < period.ends and _fits(period.field, held):
            state[period.field] = period.no if period.field in sealed else period.value
    for absence in career.absences:
        if absence.starts <= day < absence.ends:
            state[absence.slot] = _absence(absence)
    seats = [s for s in career.seats if s.starts <= day < s.ends]
    main = next((s for s in seats if _leads(s, first)), None)
    rest = sorted((s for s in seats if s is not main), key=lambda s: (s.since or s.starts, s.line))
    further = [_seat(s) for s in rest]
    state |= {"unit": main.unit if main else None, "post": main.post if main else None}
    state["since"] = main.since.isoformat() if main and main.unit and main.since else None
    if main and main.authority:
        state["authority"] = main.authority
    if further:
        state["further"] = further
    return Stretch(day, ends, state["unit"], state["post"], state)


def _fits(field: str, appointments: set[str]) -> bool:
    """Hours filed of an appointment (`hours:KEY`) end with it, though nobody files that they do;
    those without a key do where only what was written for another id of the person goes on."""
    kind, _, key = field.partition(":")
    if kind != "hours" or key in appointments:
        return True
    return not key and not any("@" in appointment for appointment in appointments)


def _leads(seat: Seat, service: Service) -> bool:
    return seat.kind is SeatKind.MAIN and seat.appointment == service.appointment


def _seat(seat: Seat) -> dict[str, Any]:
    plain = {"unit": seat.unit, "post": seat.post, "kind": seat.kind.value}
    return plain | ({"authority": seat.authority} if seat.authority else {})


def _absence(absence: Absence) -> dict[str, Any]:
    """`reason` and `body` are for personnel; `to` is the last day as ordered."""
    return {
        "reason": absence.reason,
        "from": absence.starts.isoformat(),
        "to": absence.planned.isoformat() if absence.planned and absence.planned != OPEN else None,
        "body": absence.body,
    }
