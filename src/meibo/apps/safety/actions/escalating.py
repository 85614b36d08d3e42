"""Calling the next group where those before do not suffice; run by `meibo work`."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from meibo.apps.safety.actions.starting import call
from meibo.apps.safety.models import Called, CallRound, Check
from meibo.apps.safety.queries.board import COUNTED_ON
from meibo.apps.safety.queries.fallen import stopped
from meibo.apps.safety.queries.targets import Target, targeted
from meibo.platform.audit.actions import Actor, Entry, note
from meibo.platform.audit.acts import Act

TOKYO = ZoneInfo("Asia/Tokyo")
_SELF = Actor("meibo work")


def escalate(*, now: datetime) -> int:
    """Call whose time has come and who is needed; returns how many people that were. A group that
    was not needed at its time is looked at again: answers may be taken back."""
    due = CallRound.objects.filter(called_at=None, due_at__lte=now, check_asked__closed_at=None)
    checks = sorted(
        set(due.filter(check_asked__until__gt=now).values_list("check_asked", flat=True))
    )
    return sum(_next(number, now) for number in checks)


@transaction.atomic
def _next(number: int, now: datetime) -> int:
    """At most one group a look: those just called get their time first."""
    check = Check.objects.select_for_update().get(pk=number)
    waiting = check.call_rounds.filter(called_at=None).order_by("number").first()
    if waiting is None or waiting.due_at > now or check.closed_at is not None:
        return 0
    if stopped(check):
        return 0
    coming = Called.objects.filter(check_asked=check).filter(COUNTED_ON).count()
    if coming >= waiting.need:
        return 0
    people = targeted(Target.of(waiting.target), now.astimezone(TOKYO).date())
    detail = {"what": "check-next", "check": check.pk, "round": waiting.number, "coming": coming}
    note(Entry(Act.EMERGENCY, detail, (), check.title), actor=_SELF, now=now)
    waiting.called_at, waiting.people = now, call(check, people, group=waiting.number, now=now)
    waiting.save(update_fields=["called_at", "people"])
    _later(check, waiting, now)
    return waiting.people


def _later(check: Check, done: CallRound, now: datetime) -> None:
    """Who was called late gets as long as the others before the next group is called."""
    before = check.call_rounds.filter(number=done.number - 1).first()
    wait = done.due_at - (before.due_at if before else check.started_at)
    check.call_rounds.filter(number__gt=done.number, due_at__lt=now + wait).update(
        due_at=now + wait
    )
