"""Marking what is settled, and taking the mark back."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from meibo.apps.personnel.models import DueMark
from meibo.domain.due import Due
from meibo.ledger import joins
from meibo.platform.audit.actions import Actor, Entry, note
from meibo.platform.audit.acts import Act


def as_known(dues: Iterable[Due]) -> dict[Due, list[Due]]:
    """Each thing under every id of its person. A mark is set under all of them and counts under
    any, so that it stays with whom it is about when numbers are joined or parted."""
    groups = joins.groups()
    return {
        each: [replace(each, person=member) for member in groups.members(each.person)]
        for each in dues
    }


def settle(dues: Collection[Due], words: str, *, actor: Actor, now: datetime) -> int:
    """Mark these as settled, with a note; returns how many were open."""
    own = as_known(dues)
    keys = [each.key for those in own.values() for each in those]
    known = set(DueMark.objects.filter(key__in=keys).values_list("key", flat=True))
    new = [each for each in dues if known.isdisjoint(d.key for d in own[each])]
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
            for each in (known for due in new for known in own[due])
        ]
        DueMark.objects.bulk_create(marks, ignore_conflicts=True, batch_size=500)
    return len(new)


def reopen(dues: Collection[Due], *, actor: Actor, now: datetime) -> int:
    """Take the marks back; returns how many there were."""
    _noted("済みの取り消し", dues, actor, now)
    own = as_known(dues)
    keys = {each.key: due for due, those in own.items() for each in those}
    marks = DueMark.objects.filter(key__in=keys)
    count = len({keys[key] for key in marks.values_list("key", flat=True)})
    marks.delete()
    return count


def _noted(what: str, dues: Collection[Due], actor: Actor, now: datetime) -> None:
    if dues:
        rules = sorted({each.rule for each in dues})
        detail = {"what": f"人事カレンダー: {what}", "rules": rules, "count": len(dues)}
        people = {each.person for each in dues}
        note(Entry(Act.CHANGE, detail, people), actor=actor, now=now)
