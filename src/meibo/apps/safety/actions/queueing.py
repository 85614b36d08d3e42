"""Into the outbox: a message for every address of everybody who is asked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings

from meibo.apps.safety.models import Called, Check, Message
from meibo.apps.safety.queries.routes import ADDRESS, routes_of
from meibo.ledger import bulk
from meibo.ledger.reader.people import States
from meibo.ledger.vault import Vault

TOKYO = ZoneInfo("Asia/Tokyo")
_FIELDS = (
    *("called_id", "route", "address", "step", "bulletin_id", "due_at"),
    *("state", "tries", "lost", "provider", "reference", "trouble"),
)
_FRESH = (Message.QUEUED, 0, 0, "", "", "")
_NONE: Mapping[str, Collection[str]] = {}


class Asked(NamedTuple):
    """Somebody who is asked, and the number of their row in Called."""

    person: str
    pk: int


@dataclass(frozen=True, slots=True)
class Read:
    """States of a day, and keys of people: read once for all that a start asks of them."""

    states: States
    vault: Vault


def queue(
    check: Check,
    called: Iterable[Called | Asked],
    *,
    step: int = 0,
    without: Mapping[str, Collection[str]] = _NONE,
    waiting: Collection[tuple[int, str]] = (),
    read: Read | None = None,
    bulletin: int | None = None,
    now: datetime,
) -> int:
    """Queue a step of everybody; returns how many messages that are. `without`: addresses of a
    person that are left out; `waiting`: who has one on its way by which route; `read`: what
    was read of them already; `bulletin`: number of the instruction that they carry. In the first
    step a route may wait for those before it."""
    rows = {each.person: each.pk for each in called}
    vault, states = (read.vault, read.states) if read else (Vault(), None)
    vault.prepare(rows)
    routes = routes_of(rows, now.astimezone(TOKYO).date(), vault, states)
    waits = {} if step else settings.MEIBO_REACHING.waits
    messages = []
    for person, ways in routes.items():
        left_out = without.get(person, ())
        good = [
            way
            for way in ways
            if way.address not in left_out and (rows[person], way.route) not in waiting
        ]
        for place, way in enumerate(good):
            due = now + timedelta(minutes=waits.get(way.route, 0)) if place else now
            sealed = vault.seal(person, ADDRESS, way.address)
            messages.append((rows[person], way.route, sealed, step, bulletin, due, *_FRESH))
    bulk.insert(Message, _FIELDS, messages)
    return len(messages)
