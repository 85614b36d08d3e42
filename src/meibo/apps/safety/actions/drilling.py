"""Drills that start by themselves, at the moment that was planned."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from meibo.apps.safety.actions.starting import CheckError, Wanted, start
from meibo.apps.safety.models import Check, PlannedDrill
from meibo.apps.safety.queries.beside import in_earnest
from meibo.apps.safety.queries.targets import Target
from meibo.platform.audit.actions import Actor, Entry, note
from meibo.platform.audit.acts import Act
from meibo.platform.emergency.models import Kind

_LOG = logging.getLogger("meibo.safety")
MISSED = "予定の時刻に動いていなかったため、始めませんでした。"
LATE = 3600
"""Seconds after which a drill that was missed is not started any more: nobody expects it then."""


class DrillError(ValueError):
    """It can't be done; the message says why."""


@dataclass(frozen=True, slots=True)
class Drill:
    """What is planned."""

    title: str
    message: str
    at: datetime
    announced: bool = True
    target: Target = field(default_factory=Target)


@transaction.atomic
def plan(drill: Drill, *, actor: Actor, now: datetime) -> PlannedDrill:
    """Plan one. Raises DrillError for a moment that is past."""
    if drill.at <= now:
        raise DrillError("これからの日時にしてください。")
    detail = {"what": "drill-plan", "at": drill.at.isoformat(), "announced": drill.announced}
    note(Entry(Act.EMERGENCY, detail, (), drill.title), actor=actor, now=now)
    return PlannedDrill.objects.create(
        title=drill.title,
        message=drill.message,
        at=drill.at,
        announced=drill.announced,
        target=drill.target.kept(),
        planned_by=actor.name,
        planned_at=now,
    )


@transaction.atomic
def cancel(drill: PlannedDrill, version: int, *, actor: Actor, now: datetime) -> None:
    """Take it back before it starts. Raises DrillError where it has started or was changed since it
    was looked at."""
    detail = {"what": "drill-cancel", "drill": drill.pk}
    note(Entry(Act.EMERGENCY, detail, (), drill.title), actor=actor, now=now)
    rows = PlannedDrill.objects.filter(
        pk=drill.pk, version=version, started_at=None, cancelled_at=None
    )
    if not rows.update(cancelled_at=now, version=version + 1):
        raise DrillError("もう始まったか、ほかの人が取りやめました。新しい一覧を見てください。")


@transaction.atomic
def release(drill: PlannedDrill, version: int, *, actor: Actor, now: datetime) -> None:
    """Let one that was held start now. Raises DrillError in the middle of a disaster, and where it
    was changed since it was looked at."""
    if in_earnest(now):
        raise DrillError("災害の安否確認か災害が、まだ続いています。終わってから始めてください。")
    detail = {"what": "drill-release", "drill": drill.pk}
    note(Entry(Act.EMERGENCY, detail, (), drill.title), actor=actor, now=now)
    rows = PlannedDrill.objects.filter(pk=drill.pk, version=version, started_at=None)
    rows = rows.filter(cancelled_at=None, held_at__isnull=False)
    if not rows.update(held_at=None, at=now, version=version + 1):
        raise DrillError("もう始まったか、ほかの人が取りやめました。新しい一覧を見てください。")


def start_due(*, now: datetime) -> list[Check]:
    """Start what is due. Two workers that look at once start it once: the row says so in the same
    transaction that writes the check, and one that was killed between has started nothing."""
    due = PlannedDrill.objects.filter(started_at=None, cancelled_at=None, at__lte=now)
    due = due.filter(held_at=None)
    started = [_start(drill, now=now) for drill in due]
    return [check for check in started if check is not None]


def _start(drill: PlannedDrill, *, now: datetime) -> Check | None:
    mine = PlannedDrill.objects.filter(pk=drill.pk, started_at=None, cancelled_at=None)
    if (now - drill.at).total_seconds() > LATE:
        mine.update(cancelled_at=now, trouble=MISSED, version=drill.version + 1)
        return None
    if in_earnest(now):
        _hold(drill, now)
        return None
    wanted = Wanted(Kind.DRILL, drill.title, drill.message, Target.of(drill.target))
    try:
        with transaction.atomic():
            if not mine.update(started_at=now, version=drill.version + 1):
                return None
            check = start(wanted, actor=Actor("meibo work"), now=now)
            PlannedDrill.objects.filter(pk=drill.pk).update(check_made=check)
    except CheckError as error:
        mine.update(cancelled_at=now, trouble=str(error)[:200], version=drill.version + 1)
        _LOG.warning("drill %s: %s", drill.pk, error)
        return None
    return check


@transaction.atomic
def _hold(drill: PlannedDrill, now: datetime) -> None:
    """A drill in the middle of a disaster takes everybody for a fool. It does not start by itself
    afterwards either: when it suits, a person says."""
    rows = PlannedDrill.objects.filter(pk=drill.pk, started_at=None, cancelled_at=None)
    if rows.filter(held_at=None).update(held_at=now, version=drill.version + 1):
        detail = {"what": "drill-held", "drill": drill.pk}
        note(Entry(Act.EMERGENCY, detail, (), drill.title), actor=Actor("meibo work"), now=now)
        _LOG.warning("drill %s is held: a disaster goes on", drill.pk)
