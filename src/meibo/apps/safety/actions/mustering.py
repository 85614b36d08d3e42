"""At the gate and in the headquarters: who has arrived, what is to be done, who has read it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from meibo.apps.safety.actions.queueing import queue
from meibo.apps.safety.models import Bulletin, Called, Check, Receipt, Staffing
from meibo.apps.safety.queries.reached import dead_addresses
from meibo.domain.safety.words import UNABLE
from meibo.platform.audit.actions import Actor, Entry, note
from meibo.platform.audit.acts import Act

OVER = "もう終わった安否確認です。記録は変えられません。"


class MusterError(ValueError):
    """It can't be done; the message says why."""


def is_over(check: Check, now: datetime) -> bool:
    """Whether its links have ended: what was recorded of it stays as it is."""
    return now >= check.until


def _require_running(check: Check, now: datetime) -> None:
    if is_over(check, now):
        raise MusterError(OVER)


@transaction.atomic
def arrive(called: Called, *, actor: Actor, now: datetime) -> bool:
    """Somebody is here; False where they were already: the first moment stays."""
    _require_running(called.check_asked, now)
    detail = {"what": "arrived", "check": called.check_asked_id}
    rows = Called.objects.filter(pk=called.pk, arrived_at=None)
    if not rows.exists():
        return False
    note(Entry(Act.EMERGENCY, detail, {called.person}), actor=actor, now=now)
    return bool(rows.update(arrived_at=now))


@transaction.atomic
def take_back(called: Called, *, actor: Actor, now: datetime) -> None:
    """It was somebody else."""
    _require_running(called.check_asked, now)
    detail = {"what": "arrived-not", "check": called.check_asked_id}
    note(Entry(Act.EMERGENCY, detail, {called.person}), actor=actor, now=now)
    Called.objects.filter(pk=called.pk).update(arrived_at=None)


@transaction.atomic
def instruct(
    check: Check, text: str, *, routes: bool = False, actor: Actor, now: datetime
) -> Bulletin:
    """Tell everybody who was asked. `routes`: at their addresses, too, once each."""
    text = text.strip()
    if not text:
        raise MusterError("指示を書いてください。")
    if check.closed_at is not None or is_over(check, now):  # nobody would see it
        raise MusterError(OVER)
    detail = {"what": "bulletin", "check": check.pk, "routes": routes}
    note(Entry(Act.EMERGENCY, detail), actor=actor, now=now)
    made = Bulletin.objects.create(
        check_asked=check, at=now, by=actor.name, text=text[:600], by_routes=routes
    )
    if routes:
        called = list(check.called.only("pk", "person"))
        dead = dead_addresses([each.person for each in called])
        queue(check, called, without=dead, bulletin=made.pk, now=now)
    return made


def read(bulletin: Bulletin, called: Called, *, now: datetime) -> None:
    """Somebody says that they have read it; once is enough."""
    if bulletin.check_asked_id != called.check_asked_id:
        raise MusterError("この指示は、あなたあてではありません。")
    Receipt.objects.get_or_create(bulletin=bulletin, called=called, defaults={"at": now})


@transaction.atomic
def staff(check: Check, tasks: Mapping[int, str], *, actor: Actor, now: datetime) -> int:
    """Put people who have arrived to tasks (number of their call → task); returns how many. Who has
    one already keeps it: somebody else was quicker. Who is badly hurt gets none."""
    _require_running(check, now)
    rows = Called.objects.filter(check_asked=check, pk__in=list(tasks), staffing=None)
    free = list(rows.exclude(arrived_at=None).exclude(status__in=UNABLE))
    if free:
        counted = Counter(tasks[each.pk] for each in free)
        detail = {"what": "staffing", "check": check.pk, "tasks": counted}
        people = {each.person for each in free}
        note(Entry(Act.EMERGENCY, detail, people), actor=actor, now=now)
    Staffing.objects.bulk_create(
        [
            Staffing(check_asked=check, called=each, task=tasks[each.pk], at=now, by=actor.name)
            for each in free
        ]
    )
    if free:
        Check.objects.filter(pk=check.pk, supported_at=None).update(supported_at=now)
    return len(free)


@transaction.atomic
def release(check: Check, called: int, seen: int, *, actor: Actor, now: datetime) -> bool:
    """Let somebody go from the task that was `seen` (number of the Staffing); that they arrived
    stays, and when support began. False where they have another one by now, or none."""
    _require_running(check, now)
    rows = Staffing.objects.filter(check_asked=check, called=called, pk=seen)
    people = set(rows.values_list("called__person", flat=True))
    if not people:
        return False
    counted = Counter(rows.values_list("task", flat=True))
    detail = {"what": "staffing-end", "check": check.pk, "tasks": counted}
    note(Entry(Act.EMERGENCY, detail, people), actor=actor, now=now)
    return bool(rows.delete()[0])
