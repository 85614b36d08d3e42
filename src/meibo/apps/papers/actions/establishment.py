"""Setting how many people a unit may have."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from meibo.ledger import establishment, writer
from meibo.ledger.writer import UNIT, Batch
from meibo.platform.audit.actions import Actor, Entry, note
from meibo.platform.audit.acts import Act


class StaleError(Exception):
    """Somebody else has filed meanwhile; nothing was saved."""


def file(
    unit: str,
    quota: Mapping[int, int],
    effective: date,
    version: int,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """File a unit's establishment from a day on. Raises StaleError where it is no longer what the
    page showed."""
    if establishment.version(unit) != version:
        raise StaleError
    detail = {"what": "establishment", "unit": unit, "from": effective.isoformat()}
    note(Entry(Act.FILING, detail, [UNIT + unit]), actor=actor, now=now)
    filing = establishment.filing(unit, quota, effective, now)
    writer.append(Batch(filings=[filing]), actor=actor.name, now=now)
