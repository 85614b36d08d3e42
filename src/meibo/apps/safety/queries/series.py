"""Drills that come again, as they are shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from meibo.apps.safety.models import DrillSeries
from meibo.apps.safety.queries.scopes import words
from meibo.apps.safety.queries.targets import Target
from meibo.domain.safety.repeating import By, Every, Repetition

TOKYO = ZoneInfo("Asia/Tokyo")


@dataclass(frozen=True, slots=True)
class Shown:
    """One that goes on: which days, whom, and when it comes next; None while it is paused."""

    row: DrillSeries
    days: str
    whom: str
    next_at: datetime | None


def series(on: date) -> list[Shown]:
    """All that have not ended."""
    found = []
    for each in DrillSeries.objects.filter(ended_at=None):
        coming = each.drills.filter(started_at=None, cancelled_at=None).first()
        whom = words(Target.of(each.target), on)
        found.append(Shown(each, repetition_of(each).words, whom, coming.at if coming else None))
    return found


def repetition_of(series: DrillSeries) -> Repetition:
    """By which days it comes."""
    first = series.first_at.astimezone(TOKYO).date()
    return Repetition(first, Every(series.every), By(series.by))
