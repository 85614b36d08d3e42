"""What would be left undone if a check were ended now."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from meibo.apps.safety.models import Check, Message, Posted
from meibo.apps.safety.queries.board import Tally, totals


@dataclass(frozen=True, slots=True)
class LastLook:
    """Who has answered, how many have not read every instruction (of so many), how many messages
    are still on their way, and how many groups would still be called."""

    tally: Tally
    instructions: int
    unread: int
    waiting: int
    groups: int


def last_look(check: Check) -> LastLook:
    """As it stands."""
    told = check.bulletins.count()
    read = check.called.annotate(read=Count("receipt")).filter(read__gte=told).count()
    waiting = Message.objects.filter(called__check_asked=check, state=Posted.QUEUED)
    waiting = waiting.filter(Q(called__answered_at=None) | Q(bulletin__isnull=False))
    return LastLook(
        tally=totals(check),
        instructions=told,
        unread=check.called.count() - read if told else 0,
        waiting=waiting.count(),
        groups=check.call_rounds.filter(called_at=None).count(),
    )
