"""Opening, prolonging and closing an event. Each is noted before it is done."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection, transaction

from meibo.platform.audit.actions import Actor, Entry, note
from meibo.platform.audit.acts import Act
from meibo.platform.emergency.models import EmergencyEvent, Kind, Prolonging
from meibo.platform.emergency.queries import open_event

HOURS, MOST_HOURS = 24, 72


class EmergencyError(ValueError):
    """It can't be done; the message says why."""


@transaction.atomic
def open_up(
    kind: Kind, title: str, purpose: str, hours: int, *, actor: Actor, now: datetime
) -> EmergencyEvent:
    """Open an event for so many hours. There is one at a time."""
    _lock()
    if open_event(now) is not None:
        raise EmergencyError("もう開いています。先に開いたものを使うか、閉じてください。")
    _check(hours)
    detail = {"what": "open", "event_kind": kind.value, "hours": hours}
    note(Entry(Act.EMERGENCY, detail, (), purpose), actor=actor, now=now)
    return EmergencyEvent.objects.create(
        kind=kind,
        title=title,
        purpose=purpose,
        opened_by=actor.name,
        opened_at=now,
        closes_at=now + timedelta(hours=hours),
    )


@transaction.atomic
def prolong(hours: int, reason: str, *, actor: Actor, now: datetime) -> EmergencyEvent:
    """Let the open event last so many hours from now."""
    event = _opened(now)
    _check(hours)
    if not reason.strip():
        raise EmergencyError("延ばすわけを書いてください。")
    closes = now + timedelta(hours=hours)
    if closes <= event.closes_at:
        raise EmergencyError("今の終わりより後になるように、時間を選んでください。")
    _noted("prolong", event, actor, now, hours=hours)
    Prolonging.objects.create(
        event=event,
        closes_at=closes,
        reason=reason.strip()[:200],
        prolonged_by=actor.name,
        prolonged_at=now,
    )
    event.closes_at = closes
    event.save(update_fields=["closes_at"])
    return event


@transaction.atomic
def close(*, actor: Actor, now: datetime) -> EmergencyEvent:
    """Close the open event at once."""
    event = _opened(now)
    _noted("close", event, actor, now)
    event.closed_at, event.closed_by = now, actor.name
    event.save(update_fields=["closed_at", "closed_by"])
    return event


def _opened(now: datetime) -> EmergencyEvent:
    _lock()
    event = open_event(now)
    if event is None:
        raise EmergencyError("開いている災害・訓練はありません。時間が来て閉じたかもしれません。")
    return event


def _check(hours: int) -> None:
    if not 1 <= hours <= MOST_HOURS:
        raise EmergencyError(f"時間は1から{MOST_HOURS}までです。必要なら、後で延ばせます。")


def _noted(what: str, event: EmergencyEvent, actor: Actor, now: datetime, **more: object) -> None:
    detail = {"what": what, "event": event.pk, "event_kind": event.kind, **more}
    note(Entry(Act.EMERGENCY, detail, (), event.purpose), actor=actor, now=now)


def _lock() -> None:
    """One at a time. SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('meibo.emergency'))")
