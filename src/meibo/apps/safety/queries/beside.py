"""What runs already when a telegram would start a check."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from meibo.apps.safety.models import Called, Check
from meibo.apps.safety.queries.fallen import stopped
from meibo.platform.emergency.models import Kind
from meibo.platform.emergency.queries import open_event

FRESH = timedelta(hours=6)
"""Answers to what was asked before that say nothing of what happens now."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A check that runs, and those of the people in question whom it does not ask."""

    check: Check
    missing: frozenset[str]


def beside(people: Collection[str], now: datetime) -> Beside | None:
    """The check for a disaster that asks the most of these people now, the newest of equals; None
    where none of them is asked, or was asked so long ago that it has to be asked anew."""
    wanted, found = frozenset(people), []
    running = Check.objects.filter(kind=Kind.DISASTER, closed_at=None, until__gt=now)
    for check in running.filter(started_at__gt=now - FRESH):
        if stopped(check):  # whoever is safe there said so of what did not happen
            continue
        asked = Called.objects.filter(check_asked=check).values_list("person", flat=True)
        found.append(Beside(check, wanted.difference(asked)))
    best = min(found, key=lambda each: len(each.missing), default=None)
    return best if best is not None and len(best.missing) < len(wanted) else None


def in_earnest(now: datetime) -> bool:
    """Whether a check for a disaster runs, or an event of that kind is open: no time for drills."""
    event = open_event(now)
    if event is not None and event.kind == Kind.DISASTER:
        return True
    running = Check.objects.filter(kind=Kind.DISASTER, closed_at=None, until__gt=now)
    return running.exists()
