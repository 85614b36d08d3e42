"""代決: letting somebody decide for oneself, for a time."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from meibo.apps.personnel.models import Deputy, Submission, Turn
from meibo.ledger import drawer, writer
from meibo.ledger.drawer import DrawerError
from meibo.platform.audit.actions import Actor, Entry, note
from meibo.platform.audit.acts import Act

_LONGEST = 366


def appoint(
    deputy: str, person: str, starts: date, last: date, *, actor: Actor, now: datetime, today: date
) -> Deputy:
    """Name a deputy from a day through another. They are named on what waits for the approver now,
    and on what will."""
    if deputy == actor.name or (person and person == actor.person):
        raise DrawerError("自分を代決者にはできません。")
    if last < starts or last < today:
        raise DrawerError("終わりの日は、始まりの日と今日より前にはできません。")
    if (last - starts).days > _LONGEST:
        raise DrawerError("代決は一年以内で決めてください。")
    _note("代決者を決める", deputy, starts, last, actor, now)
    with transaction.atomic():
        writer.lock()
        made = Deputy.objects.create(
            account=actor.name,
            deputy=deputy,
            deputy_person=person,
            starts=starts,
            last=last,
            made_at=now,
        )
        waiting = Turn.objects.filter(
            account=actor.name, deed="", submission__state=Submission.OPEN
        )
        for plan in waiting.values_list("submission__plan", flat=True):
            drawer.let_decide(plan, [deputy])
    return made


def dismiss(number: int, *, actor: Actor, now: datetime) -> None:
    """End a delegation of one's own at once."""
    found = Deputy.objects.filter(pk=number, account=actor.name, ended_at=None).first()
    if found is None:
        raise DrawerError("この代決は、もう終わっています。")
    _note("代決をやめる", found.deputy, found.starts, found.last, actor, now)
    found.ended_at = now
    found.save(update_fields=["ended_at"])


def _note(deed: str, deputy: str, starts: date, last: date, actor: Actor, now: datetime) -> None:
    detail = {"deed": deed, "deputy": deputy, "from": starts, "to": last}
    note(Entry(Act.PLAN, detail), actor=actor, now=now)
