"""What all checks together tell: whom they reached, how fast answers came, when support began."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, Min, OuterRef, Q

from meibo.apps.safety.models import Called, Check, Message
from meibo.domain.safety.learning import SHARES, SOON, time_to

TOKYO = ZoneInfo("Asia/Tokyo")
GOAL = 99
"""Of a hundred, so many are to be reached."""
SHOWN = 12
_WIDTH, _HEIGHT, _LEFT, _TOP, _FOOT, _RIGHT = 600, 220, 64, 14, 32, 24


@dataclass(frozen=True, slots=True)
class Brief:
    """A check in a few figures. `reached`: something is known to have arrived (delivered, opened or
    answered); `times`: percent of those asked → how long it took; `arrived`, `supported`: from the
    start until the first was here, and until the first was put to a task of the plan."""

    check: Check
    asked: int
    reached: int
    answered: int
    soon: int
    times: dict[int, timedelta | None]
    arrived: timedelta | None
    supported: timedelta | None

    @property
    def reach(self) -> float:
        """In percent of those asked."""
        return 100 * self.reached / self.asked if self.asked else 0.0

    @property
    def share(self) -> float:
        """How many percent answered."""
        return 100 * self.answered / self.asked if self.asked else 0.0

    @property
    def missing(self) -> int:
        """How many more would have to be reached."""
        return ceil(self.asked * GOAL / 100) - self.reached

    @property
    def falls_short(self) -> bool:
        """Whether fewer were reached than are to be."""
        return self.missing > 0


def brief(check: Check) -> Brief:
    """Counted by the database; what `learning.report` says of the same check."""
    delivered = Message.objects.filter(called=OuterRef("pk"), bulletin=None)
    delivered = delivered.filter(state=Message.DELIVERED)
    known = Q(first_at__isnull=False) | Q(opened_at__isnull=False) | Exists(delivered)
    rows = Called.objects.filter(check_asked=check)
    counts: dict[str, Any] = rows.aggregate(asked=Count("pk"), arrived=Min("arrived_at"))
    firsts = rows.exclude(first_at=None).values_list("first_at", flat=True)
    waited = [first - check.started_at for first in firsts if first is not None]
    return Brief(
        check,
        counts["asked"],
        rows.filter(known).count(),
        len(waited),
        sum(each <= SOON for each in waited),
        {share: time_to(share, waited, counts["asked"]) for share in SHARES},
        _after(check, counts["arrived"]),
        _after(check, check.supported_at),
    )


def _after(check: Check, moment: datetime | None) -> timedelta | None:
    return None if moment is None else moment - check.started_at


def briefs() -> list[Brief]:
    """The last checks, the newest first."""
    return [brief(check) for check in Check.objects.all()[:SHOWN]]


@dataclass(frozen=True, slots=True)
class Point:
    """A check in the drawing: where it stands, and its figures."""

    x: float
    reach: float
    answer: float
    brief: Brief


@dataclass(frozen=True, slots=True)
class Trend:
    """Reach and answers from check to check, the oldest first; `goal`: where the goal lies."""

    points: list[Point]
    reach: str
    answer: str
    goal: float
    up: list[tuple[float, str]]


def trend(found: Sequence[Brief]) -> Trend:
    """As lines. `found`: the newest first."""
    wide = _WIDTH - _LEFT - _RIGHT
    step = wide / max(1, len(found) - 1)
    points = [
        Point(round(_LEFT + step * at, 1), _y(each.reach), _y(each.share), each)
        for at, each in enumerate(reversed(found))
    ]
    return Trend(
        points,
        " ".join(f"{p.x},{p.reach}" for p in points),
        " ".join(f"{p.x},{p.answer}" for p in points),
        _y(GOAL),
        [(_y(percent), f"{percent}％") for percent in (0, 25, 50, 75, 100)],
    )


def _y(percent: float) -> float:
    return round(_TOP + (_HEIGHT - _TOP - _FOOT) * (1 - percent / 100), 1)


def _last(day: date) -> Brief | None:
    check = Check.objects.filter(started_at__lt=_end(day)).first()
    return brief(check) if check else None


def _end(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=TOKYO) + timedelta(days=1)


def reach(day: date) -> tuple[int, int]:
    """Of the last check: whom something is known to have reached, of those asked. The goal is 99 of
    a hundred."""
    last = _last(day)
    return (last.reached, last.asked) if last else (0, 0)


def soon(day: date) -> tuple[int, int]:
    """Of the last check: who answered within ten minutes, of those asked."""
    last = _last(day)
    return (last.soon, last.asked) if last else (0, 0)


def half_minutes(day: date) -> tuple[int, int]:
    """Of the last check: minutes until half of those asked had answered, of the minutes that it has
    run at most (as many where they never did)."""
    last = _last(day)
    return _minutes(last, last.times[50], day) if last else (0, 0)


def support_minutes(day: date) -> tuple[int, int]:
    """Of the last check: minutes until the first who had arrived was put to a task, counted as
    `half_minutes` is."""
    last = _last(day)
    return _minutes(last, last.supported, day) if last else (0, 0)


def _minutes(last: Brief, took: timedelta | None, day: date) -> tuple[int, int]:
    check = last.check
    ends = min(check.closed_at or check.until, check.until, _end(day))
    whole = int((ends - check.started_at).total_seconds() // 60)
    return (whole if took is None else int(took.total_seconds() // 60)), whole
