"""Which event is open, and what was looked at in events."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.http import HttpRequest

from meibo.platform.audit.acts import Act
from meibo.platform.audit.models import AuditRecord
from meibo.platform.audit.router import DATABASE
from meibo.platform.emergency.models import EmergencyEvent

LOOK = "look"
#: So long is somebody told on their own card; the log keeps it longer.
TOLD = timedelta(days=90)


def open_event(now: datetime) -> EmergencyEvent | None:
    """The event that is open at this moment: by the time alone, so nothing has to close it."""
    rows = EmergencyEvent.objects.filter(
        opened_at__lte=now, closes_at__gt=now, closed_at__isnull=True
    )
    return rows.first()


def event_of(request: HttpRequest) -> EmergencyEvent | None:
    """The event that holds for whoever sent a request; None for all others, and before the door
    has looked."""
    found: EmergencyEvent | None = getattr(request, "meibo_event", None)
    return found


@dataclass(frozen=True, slots=True)
class Look:
    """That somebody's values were looked at in an event: when, in which, what for."""

    moment: datetime
    title: str
    kind: str
    purpose: str


def looks_at(person: str, now: datetime, most: int = 3) -> list[Look]:
    """The newest looks at a person's values, for that person."""
    records = _looks().filter(subjects__person=person, moment__gt=now - TOLD)
    found = list(records.order_by("-no")[:most])
    numbers = {json.loads(record.detail)["event"] for record in found}
    events = {event.pk: event for event in EmergencyEvent.objects.filter(pk__in=numbers)}
    looks = []
    for record in found:
        event = events.get(json.loads(record.detail)["event"])
        title, kind = (event.title, event.get_kind_display()) if event else ("", "")
        looks.append(Look(record.moment, title, kind, record.purpose))
    return looks


def looked_at(event: EmergencyEvent) -> int:
    """How many people's values were looked at in an event."""
    marks = f'"event": {event.pk},'
    records = _looks().filter(detail__contains=marks)
    people = records.values_list("subjects__person", flat=True).distinct()
    return sum(1 for person in people if person)


def _looks() -> QuerySet[AuditRecord]:
    return AuditRecord.objects.using(DATABASE).filter(
        act=Act.EMERGENCY.value, detail__contains=f'"what": "{LOOK}"'
    )
