"""Marking what is settled, and taking the mark back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from meibo.apps.personnel.models import DueMark
from meibo.domain.due import Due
from meibo.platform.audit.actions import Actor, Entry, note
from meibo.platform.audit.acts import Act


def settle(dues: Collection[Due], words: str, *, actor: Actor, now: datetime) -> int:
    """Mark these as settled, with a note; returns how many were open."""
    known = set(DueMark.objects.filter(key__in=[d.key for d in dues]).values_list("key", flat=True))
    new = [each for each in dues if each.key not in known]
    _noted("済み", new, actor, now)
    with transaction.atomic():
        marks = [
            DueMark(
                key=each.key,
                rule=each.rule,
                person=each.person,
                day=each.day,
                note=words[:200],
                marked_at=now,
                marked_by=actor.name,
            )
            for each in new
        ]
        DueMark.objects.bulk_create(marks, ignore_conflicts=True, batch_size=500)
    return len(new)


def reopen(dues: Collection[Due], *, actor: Actor, now: datetime) -> int:
    """Take the marks back; returns how many there were."""
    _noted("済みの取り消し", dues, actor, now)
    count, _ = DueMark.objects.filter(key__in=[each.key for each in dues]).delete()
    return count


def _noted(what: str, dues: Collection[Due], actor: Actor, now: datetime) -> None:
    if dues:
        rules = sorted({each.rule for each in dues})
        detail = {"what": f"人事カレンダー: {what}", "rules": rules, "count": len(dues)}
        people = {each.person for each in dues}
        note(Entry(Act.CHANGE, detail, people), actor=actor, now=now)
