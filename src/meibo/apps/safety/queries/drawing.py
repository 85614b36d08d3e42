"""What the board draws: lines and bars as numbers, which the template sets into SVG."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from meibo.apps.safety.models import Called, Check
from meibo.apps.safety.queries.board import Tally, quarters
from meibo.apps.safety.queries.homes import areas
from meibo.domain.safety.forecast import Said, expected
from meibo.platform.emergency.models import Kind

WIDTH, HEIGHT, LEFT, TOP, FOOT = 600, 220, 64, 14, 32
_SPANS = (30, 60, 120, 360, 720, 1440, 4320, 10080)  # minutes
_POINTS = 60
_BARS = 12
_NAME = 4
_CELL_WIDTH, _CELL_HEIGHT = 104, 90


@dataclass(frozen=True, slots=True)
class Mark:
    """A word at a place of an axis."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Curve:
    """Answers over time, in percent of those asked, and those of the last drill beside it."""

    line: str
    before: str
    drill: Check | None
    across: list[Mark]
    up: list[Mark]
    words: list[tuple[str, float, float | None]]
    """The same as a table: until when, how many percent, how many then."""


def curve(check: Check, now: datetime) -> Curve:
    """The curve of a check; against the last drill before it that has ended."""
    drills = Check.objects.filter(pk__lt=check.pk, kind=Kind.DRILL).exclude(closed_at=None)
    other = drills.order_by("-pk").first()
    until = check.closed_at or now
    elapsed = (min(until, now) - check.started_at).total_seconds() / 60
    span = next((each for each in _SPANS if each >= elapsed), _SPANS[-1])
    own, old = _answered(check), _answered(other) if other else None
    steps = [10, 30, 60, 120, 360, 1440]
    return Curve(
        _line(own, span, min(elapsed, span)),
        _line(old, span, span) if old else "",
        other,
        [Mark(_x(span * n / 4, span), _told(span * n / 4)) for n in range(5)],
        [Mark(_y(percent), f"{percent}％") for percent in (0, 25, 50, 75, 100)],
        [
            (_told(step), own.percent(step), old.percent(step) if old else None)
            for step in steps
            if step <= max(elapsed, steps[0])
        ],
    )


@dataclass(frozen=True, slots=True)
class _Answers:
    asked: int
    minutes: list[float]

    def percent(self, until: float) -> float:
        return 100 * bisect_right(self.minutes, until) / self.asked if self.asked else 0.0


def _answered(check: Check) -> _Answers:
    rows = Called.objects.filter(check_asked=check)
    moments = rows.exclude(first_at=None).order_by("first_at").values_list("first_at", flat=True)
    times = [(moment - check.started_at).total_seconds() / 60 for moment in moments if moment]
    return _Answers(rows.count(), times)


def _line(answers: _Answers, span: float, until: float) -> str:
    steps = [until * n / _POINTS for n in range(_POINTS + 1)]
    return " ".join(f"{_x(s, span):.1f},{_y(answers.percent(s)):.1f}" for s in steps)


def _x(minutes: float, span: float) -> float:
    return round(LEFT + (WIDTH - LEFT - 40) * minutes / span, 1)


def _y(percent: float) -> float:
    return round(TOP + (HEIGHT - TOP - FOOT) * (1 - percent / 100), 1)


def _told(minutes: float) -> str:
    if minutes < 60:
        return f"{minutes:.0f}分"
    hours = minutes / 60
    return f"{hours:g}時間" if hours < 48 else f"{hours / 24:g}日"


@dataclass(frozen=True, slots=True)
class Bar:
    """An hour: who came in it, who is expected in it; `x`, heights and tops for drawing."""

    x: float
    width: float
    hour: int
    arrived: int
    expected: int
    here_top: float
    here_height: float
    top: float
    height: float

    @property
    def all(self) -> int:
        """Everybody of the hour."""
        return self.arrived + self.expected

    @property
    def middle(self) -> float:
        """Where its numbers stand."""
        return round(self.x + self.width / 2, 1)


def arrivals(check: Check) -> tuple[list[Bar], int, int]:
    """Hour by hour from the start; then how many come later than that, and how many are not
    expected at all."""
    here, coming, unknown = Counter[int](), Counter[int](), 0
    for said, modelled in _saids(check):
        moment = expected(modelled, said, check.started_at)
        if moment is None:
            unknown += 1
            continue
        hour = max(0, int((moment - check.started_at) / timedelta(hours=1)))
        (here if said.arrived_at else coming)[hour] += 1
    later = sum(n for hour, n in (here + coming).items() if hour >= _BARS)
    return _bars(here, coming), later, unknown


def _saids(check: Check) -> list[tuple[Said, int | None]]:
    rows = Called.objects.filter(check_asked=check)
    fields = ("comes", "arrives_at", "arrived_at", "status", "prospect__minutes")
    return [(Said(*rest), modelled) for *rest, modelled in rows.values_list(*fields)]


def _bars(here: Counter[int], coming: Counter[int]) -> list[Bar]:
    most = max(1, *(here[hour] + coming[hour] for hour in range(_BARS)))
    width, room = WIDTH / _BARS, HEIGHT - TOP - FOOT - 12
    bars = []
    for hour in range(_BARS):
        tall, green = room * coming[hour] / most, room * here[hour] / most
        base = HEIGHT - FOOT
        bars.append(
            Bar(
                round(hour * width + 6, 1),
                round(width - 12, 1),
                hour,
                here[hour],
                coming[hour],
                round(base - green, 1),
                round(green, 1),
                round(base - green - tall, 1),
                round(tall, 1),
            )
        )
    return bars


@dataclass(frozen=True, slots=True)
class Cell:
    """A quarter in the grid."""

    name: str
    x: int
    y: int
    tally: Tally

    @property
    def is_long(self) -> bool:
        """Whether its name has to be drawn narrower to stay inside."""
        return len(self.name) > _NAME


@dataclass(frozen=True, slots=True)
class Plan:
    """The drawn quarters, the size of the drawing, and who lives in none of them."""

    cells: Sequence[Cell]
    width: int
    height: int
    elsewhere: Tally


def plan(check: Check) -> Plan:
    """A grid of quarters: where the town's table puts them."""
    counted, known = quarters(check), [each for each in areas().all() if each.column and each.row]
    cells = [
        Cell(
            each.name,
            (each.column - 1) * _CELL_WIDTH + 2,
            (each.row - 1) * _CELL_HEIGHT + 2,
            counted.get(each.name, Tally()),
        )
        for each in known
    ]
    named, elsewhere = {each.name for each in known}, Tally()
    for name, tally in counted.items():
        if name not in named:
            elsewhere.asked += tally.asked
            elsewhere.answered += tally.answered
    return Plan(
        cells,
        max((each.column for each in known), default=0) * _CELL_WIDTH + 4,
        max((each.row for each in known), default=0) * _CELL_HEIGHT + 4,
        elsewhere,
    )
