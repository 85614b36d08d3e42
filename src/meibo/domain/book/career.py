"""What the fold of one person's lines yields: half-open periods `[starts, ends)`.

`ends` is `OPEN` for what is still going on.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from meibo.domain.book.lines import OPEN, SeatKind


@dataclass(slots=True)
class Service:
    """在職: from the day of appointment to the day after the last day in service."""

    starts: date
    ends: date = OPEN
    hired: date | None = None
    appointment: str = ""
    left: str = ""  # wording that ended it; empty when the term ran out by itself


@dataclass(slots=True)
class Seat:
    """A post held in a unit for a period. `unit` and `post` are None where not known."""

    unit: str | None
    post: str | None
    kind: SeatKind
    starts: date
    ends: date = OPEN
    since: date | None = None  # 現所属発令日: a reorganisation keeps it
    authority: str | None = None
    appointment: str = ""
    line: int = 0
    was: str | None = None  # the code that the unit had until today's reorganisation


@dataclass(slots=True)
class Span:
    """A value of one attribute (grade, step, job, employment, term_end) for a period."""

    name: str
    value: str
    starts: date
    ends: date = OPEN
    appointment: str = ""


@dataclass(slots=True)
class Absence:
    """Away but still of the unit (休職・育休・派遣…). `planned` is the last day as ordered."""

    slot: str
    reason: str
    starts: date
    ends: date = OPEN
    planned: date | None = None
    body: str | None = None
    basis: str | None = None
    appointment: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Trouble:
    """A line that the fold could not follow: a value, not an exception."""

    line: int
    code: str
    message: str


@dataclass(slots=True)
class Career:
    """A person's whole working life as the book knows it."""

    services: list[Service] = field(default_factory=list)
    seats: list[Seat] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    absences: list[Absence] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
