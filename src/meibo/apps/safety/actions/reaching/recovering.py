"""After a sender was killed: what was handed over is sent, what was not waits again, and what was
out of hand without an answer goes out once more, but never twice to one person.

A message is in doubt when it was given away and no answer came: its letter has left the process, or
was about to in the very next step. The first doubt of a person in a check is repeated, and that is
written down before anybody sends: no second one is, of whichever message.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet

from meibo.apps.safety.actions.reaching.journal import Journal
from meibo.apps.safety.actions.reaching.keys import named_in, rows_of
from meibo.apps.safety.actions.reaching.outbox import MOST_LOST
from meibo.apps.safety.models import Called, Message, Notice, Posted, Trial

_DOUBT = (
    "渡した直後に送り手が止まりました。届いたはずですが、確かめられていません。"
    "二重に届かないよう、送り直しませんでした。"
)


def recover(route: str, journal: Journal, now: datetime) -> int:
    """Put in order what the sender before left; how many messages wait again. They wait behind
    everybody else, so that a message that kills its sender does not hold up the others."""
    count = 0
    with transaction.atomic():
        for model in (Message, Trial, Notice):
            held = rows_of(model).filter(route=route, state=Posted.SENDING)
            doubts = _noted(model, held, journal, now)
            _judge(model, held.filter(pk__in=list(doubts)), doubts, now)
            count += held.update(state=Posted.QUEUED, due_at=now)
    journal.clear()
    return count


def _noted(
    model: type[Posted], held: QuerySet[Any], journal: Journal, now: datetime
) -> Mapping[int, int]:
    """Record what the journal knows to be sent; what is in doubt, and how often."""
    doubts = {}
    for note in journal.notes():
        found = named_in(note.key)
        if found is None or found[0] is not model:
            continue
        if note.done:
            held.filter(pk=found[1]).update(
                state=Posted.SENT,
                sent_at=now,
                provider=note.provider,
                reference=note.reference,
                lost=F("lost") + max(note.doubts - 1, 0),
            )
        elif note.doubts:
            doubts[found[1]] = note.doubts
    return doubts


def _judge(
    model: type[Posted], rows: QuerySet[Any], doubts: Mapping[int, int], now: datetime
) -> None:
    """Who may be written to again is written to again; of the others somebody is told."""
    owner = "called_id" if model is Message else "pk"
    asked = list(rows.order_by("pk").values_list("pk", "lost", owner))
    spent = _spent([each for *_, each in asked]) if model is Message else set()
    for number, lost, person in asked:
        row = rows_of(model).filter(pk=number)
        row.update(lost=F("lost") + doubts[number])
        if lost + doubts[number] >= MOST_LOST or person in spent:
            row.update(state=Posted.FAILED, trouble=_DOUBT, told_at=now)
        spent.add(person)
    if model is Message:
        Called.objects.filter(pk__in=spent).update(repeated=True)


def _spent(called: Collection[int]) -> set[int]:
    """Of these people, to whom something may have gone twice already."""
    # Held until this is written down: another route may be asking the same at this moment.
    people = Called.objects.select_for_update().filter(pk__in=called).order_by("pk")
    repeated = {each.pk for each in people.only("pk", "repeated") if each.repeated}
    lost = Message.objects.filter(called__in=called, lost__gt=0).values_list("called", flat=True)
    return {*repeated, *lost}
