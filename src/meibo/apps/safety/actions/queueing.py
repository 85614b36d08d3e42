"""Into the outbox: a message for every address of everybody who is asked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from meibo.apps.safety.models import Called, Check, Message
from meibo.apps.safety.queries.routes import routes_of
from meibo.ledger import bulk
from meibo.ledger.vault import Vault

TOKYO = ZoneInfo("Asia/Tokyo")
ADDRESS = "safety:address"
_FIELDS = (
    *("called_id", "route", "address", "step", "due_at"),
    *("state", "tries", "provider", "reference", "trouble"),
)
_FRESH = (Message.QUEUED, 0, "", "", "")


def queue(check: Check, called: Iterable[Called], *, now: datetime) -> int:
    """Queue the first step of everybody; returns how many messages that are."""
    rows = {each.person: each.pk for each in called}
    routes = routes_of(rows, now.astimezone(TOKYO).date())
    vault = Vault()
    vault.prepare(rows)
    messages = [
        (rows[person], way.route, vault.seal(person, ADDRESS, way.address), 0, now, *_FRESH)
        for person, ways in routes.items()
        for way in ways
    ]
    bulk.insert(Message, _FIELDS, messages)
    return len(messages)
