"""Drills that come again. Only the next one is ever planned, so that whatever was missed while
nothing ran is one missed drill and no heap of them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.db.models import Exists, Max, OuterRef

from meibo.apps.safety.actions.drilling import Drill, DrillError
from meibo.apps.safety.models import DrillSeries, PlannedDrill
from meibo.apps.safety.queries.series import repetition_of
from meibo.domain.safety.repeating import Repetition
from meibo.platform.audit.actions import Actor, Entry, note
from meibo.platform.audit.acts import Act

TOKYO = ZoneInfo("Asia/Tokyo")
_OTHER = "見ている間に、ほかの人が変えました。新しい一覧を見てください。"


@transaction.atomic
def plan_series(
    drill: Drill, repetition: Repetition, *, until: date | None, actor: Actor, now: datetime
) -> DrillSeries:
    """Plan a drill and all that follow it. Raises DrillError for a moment that is past, and where
    it ends before it begins."""
    if drill.at <= now:
        raise DrillError("これからの日時にしてください。")
    if until is not None and until < repetition.first:
        raise DrillError("終わりの日は、最初の日より後にしてください。")
    detail = {
        "what": "drill-series",
        "at": drill.at.isoformat(),
        "every": repetition.every.value,
        "announced": drill.announced,
    }
    note(Entry(Act.EMERGENCY, detail, (), drill.title), actor=actor, now=now)
    series = DrillSeries.objects.create(
        title=drill.title,
        message=drill.message,
        target=drill.target.kept(),
        announced=drill.announced,
        first_at=drill.at,
        every=repetition.every,
        by=repetition.by,
        ends_on=until,
        planned_by=actor.name,
        planned_at=now,
    )
    _plan_next(series, now=now)
    return series


def plan_ahead(*, now: datetime) -> int:
    """Plan the next drill of every series that has none before it; how many."""
    open_ones = PlannedDrill.objects.filter(series=OuterRef("pk"), started_at=None)
    waiting = Exists(open_ones.filter(cancelled_at=None))
    due = DrillSeries.objects.filter(~waiting, ended_at=None, paused_at=None)
    return sum(_plan_next(series, now=now) for series in due)


def _plan_next(series: DrillSeries, *, now: datetime) -> bool:
    """The next is later than now and than every one before, so none comes twice. Where no day is
    left, the series has ended."""
    last = series.drills.aggregate(at=Max("at"))["at"]
    past = max(now, last) if last else now
    at = _next_at(series, past)
    if series.ends_on is not None and at.date() > series.ends_on:
        DrillSeries.objects.filter(pk=series.pk, ended_at=None).update(ended_at=now)
        return False
    try:
        with transaction.atomic():
            PlannedDrill.objects.create(
                series=series,
                title=series.title,
                message=series.message,
                target=series.target,
                at=at,
                announced=series.announced,
                planned_by=series.planned_by,
                planned_at=now,
            )
    except IntegrityError:  # another worker planned it in the same moment
        return False
    return True


def _next_at(series: DrillSeries, past: datetime) -> datetime:
    first = series.first_at.astimezone(TOKYO)
    day, hour = past.astimezone(TOKYO).date() - timedelta(days=1), first.timetz()
    while True:
        day = repetition_of(series).after(day)
        at = datetime.combine(day, hour)
        if at > past and at >= first:
            return at


@transaction.atomic
def pause(series: DrillSeries, version: int, *, actor: Actor, now: datetime) -> None:
    """No drill from now on until it is resumed; the one that was planned is not. Raises DrillError
    where it was changed since it was looked at."""
    _change(series, version, "drill-series-pause", {"paused_at": now}, actor, now)
    _unplan(series)


@transaction.atomic
def resume(series: DrillSeries, version: int, *, actor: Actor, now: datetime) -> None:
    """Go on with the next day. Raises DrillError as `pause` does."""
    _change(series, version, "drill-series-resume", {"paused_at": None}, actor, now)
    series.refresh_from_db()
    _plan_next(series, now=now)


@transaction.atomic
def end(series: DrillSeries, version: int, *, actor: Actor, now: datetime) -> None:
    """No drill any more. Raises DrillError as `pause` does."""
    _change(series, version, "drill-series-end", {"ended_at": now}, actor, now)
    _unplan(series)


def _change(
    series: DrillSeries,
    version: int,
    what: str,
    changes: dict[str, datetime | None],
    actor: Actor,
    now: datetime,
) -> None:
    detail = {"what": what, "series": series.pk}
    note(Entry(Act.EMERGENCY, detail, (), series.title), actor=actor, now=now)
    rows = DrillSeries.objects.filter(pk=series.pk, version=version, ended_at=None)
    if not rows.update(version=version + 1, **changes):
        raise DrillError(_OTHER)


def _unplan(series: DrillSeries) -> None:
    """Nothing has happened of what is planned yet, so there is nothing to keep."""
    series.drills.filter(started_at=None, cancelled_at=None).delete()
