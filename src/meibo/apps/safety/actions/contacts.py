"""Opening what contacts are seen in, for a check."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from meibo.apps.safety.models import Check
from meibo.platform.audit.actions import Actor
from meibo.platform.emergency import actions
from meibo.platform.emergency.models import EmergencyEvent, Kind


@dataclass(frozen=True, slots=True)
class Opening:
    """What is to be opened."""

    kind: Kind
    title: str
    purpose: str
    hours: int


@transaction.atomic
def opened(wanted: Opening, check: Check | None, *, actor: Actor, now: datetime) -> EmergencyEvent:
    """Open it; a check from which somebody came for it, and which was started without, is of this
    event from now on. Raises EmergencyError."""
    event = actions.open_up(
        wanted.kind, wanted.title, wanted.purpose, wanted.hours, actor=actor, now=now
    )
    if check is not None:
        Check.objects.filter(pk=check.pk, event=None).update(event=event)
    return event
