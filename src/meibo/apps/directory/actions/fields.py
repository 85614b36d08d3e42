"""Writing 自由項目: of one person, of many at once with the way back, and documents."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from meibo.domain.free_fields import FreeField
from meibo.ledger import documents, taking_back
from meibo.ledger.writer import Batch, NewFiling, append
from meibo.platform.audit.actions import Actor, Entry, note
from meibo.platform.audit.acts import Act

_MARK = "bulk:"


def write(
    person: str, values: Mapping[str, str | None], *, on: date, actor: Actor, now: datetime
) -> int:
    """File these values (field → value, None for none any more) from a day on."""
    if not values:
        return 0
    entry = Entry(Act.FILING, {"what": "free fields", "fields": sorted(values)}, [person])
    note(entry, actor=actor, now=now)
    filings = [NewFiling(person, name, value, on, now) for name, value in values.items()]
    append(Batch(filings=filings), actor=actor.name, now=now)
    return len(filings)


def write_many(
    people: Iterable[str],
    field: FreeField,
    value: str | None,
    *,
    on: date,
    actor: Actor,
    now: datetime,
) -> str:
    """File one value for many people, together or not at all. Returns the mark by which it can be
    taken back; empty where there was nobody."""
    everyone = list(dict.fromkeys(people))
    if not everyone:
        return ""
    mark = secrets.token_hex(8)
    detail = {"what": "free field of many", "fields": [field.name], "count": len(everyone)}
    note(Entry(Act.FILING, detail, everyone), actor=actor, now=now)
    filings = [
        NewFiling(person, field.name, value, on, now, source=_MARK + mark) for person in everyone
    ]
    append(Batch(filings=filings), actor=actor.name, now=now)
    return mark


def take_back(mark: str, *, actor: Actor, now: datetime) -> int:
    """Undo what was filed for many; returns for how many."""
    people = taking_back.filed_as(_MARK + mark)
    if not people:
        return 0
    detail = {"what": "free field of many taken back", "count": len(people)}
    note(Entry(Act.FILING, detail, people), actor=actor, now=now)
    return taking_back.take_back(_MARK + mark, actor=actor.name, now=now)


def hang(
    person: str,
    field: FreeField,
    name: str,
    content: bytes,
    *,
    on: date,
    actor: Actor,
    now: datetime,
) -> None:
    """Hang a document on a person under a field. Raises DocumentError."""
    document = documents.store(person, name, content)
    write(person, {field.name: document.filed()}, on=on, actor=actor, now=now)
