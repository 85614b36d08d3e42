"""Asking again whoever has not answered and was not seen at the gate: by itself at the minutes that
the town set, or by a button. Addresses that are known to be dead are not asked again. Where the
telegram of a check was taken back, nobody is asked again but by a person."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.db.models import Max

from meibo.apps.safety.actions.queueing import queue
from meibo.apps.safety.models import Called, Check, Message, Posted, Round
from meibo.apps.safety.queries.fallen import stopped
from meibo.apps.safety.queries.reached import dead_addresses
from meibo.domain.safety.gateways import Reaching
from meibo.platform.audit.actions import Actor, Entry, note
from meibo.platform.audit.acts import Act

TOKYO = ZoneInfo("Asia/Tokyo")
_APART = timedelta(minutes=2)
"""Two people who press the button at once, and the house by itself, ask once."""


class ResendError(ValueError):
    """It can't be sent again; the message says why."""


def due(reaching: Reaching, now: datetime) -> int:
    """Ask again in every check whose next moment has come; how many messages that made."""
    count = 0
    if not reaching.automatic:
        return count
    for check in Check.objects.filter(closed_at=None, until__gt=now):
        if stopped(check):
            continue
        passed = [m for m in reaching.resend if check.started_at + timedelta(minutes=m) <= now]
        done = Round.objects.filter(check_asked=check, by="").count()
        if len(passed) > done:
            count += _again(check, "", now)
    return count


def resend(check: Check, *, actor: Actor, now: datetime) -> int:
    """Ask again now. Raises ResendError where that was done just now, or the check has ended."""
    if check.closed_at or check.until <= now:
        raise ResendError("この安否確認は終わっています。送り直すことはできません。")
    last = Round.objects.filter(check_asked=check).aggregate(at=Max("at"))["at"]
    if last is not None and now - last < _APART:
        raise ResendError("たった今、送り直したところです。2分たってから、もう一度押してください。")
    detail = {"what": "resend", "check": check.pk}
    note(Entry(Act.EMERGENCY, detail, (), check.title), actor=actor, now=now)
    return _again(check, actor.name, now)


def _again(check: Check, by: str, now: datetime) -> int:
    step = Round.objects.filter(check_asked=check).count() + 1
    quiet = Called.objects.filter(check_asked=check, answered_at=None, arrived_at=None)
    with transaction.atomic():
        try:
            with transaction.atomic():
                made = Round.objects.create(check_asked=check, step=step, at=now, by=by)
        except IntegrityError:
            return 0  # somebody else asked in this very moment
        # What still waits from before would only come twice, and not any sooner.
        open_ones = Message.objects.filter(
            called__check_asked=check, bulletin=None, state__in=[Posted.QUEUED, Posted.SENDING]
        )
        waiting = set(open_ones.values_list("called_id", "route"))
        called = list(quiet)
        dead = dead_addresses([each.person for each in called])
        made.messages = queue(check, called, step=step, without=dead, waiting=waiting, now=now)
        made.save(update_fields=["messages"])
    return made.messages
