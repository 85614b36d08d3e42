"""Writing the log: the one verb is `note`."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import connections, transaction
from django.http import HttpRequest

from meibo.platform import address
from meibo.platform.audit import anchors
from meibo.platform.audit.acts import Act
from meibo.platform.audit.chain import START, Content, link
from meibo.platform.audit.models import AuditRecord, AuditSubject
from meibo.platform.audit.router import DATABASE

#: For a collector of logs on another machine; says nothing unless MEIBO_AUDIT_LOG is on.
_FAR = logging.getLogger("meibo.audit")
_LOCK = "SELECT pg_advisory_xact_lock(hashtext('meibo.audit'))"
_SENT = ("no", "act", "actor", "person", "address", "purpose", "detail", "chain")
_BATCH = 500
TOKYO = ZoneInfo("Asia/Tokyo")


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something: a sign-in name or the name of a command, the id of their person, and
    the address they come from."""

    name: str
    person: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be noted. `detail` says what, in words and numbers, never a personal value;
    `subjects` are ids of the people whom it is about."""

    act: Act
    detail: Mapping[str, object] = field(default_factory=dict)
    subjects: Iterable[str] = ()
    purpose: str = ""


def actor_of(request: HttpRequest) -> Actor:
    """Who sent a request; nobody has the empty name."""
    user = getattr(request, "user", None)
    name = user.get_username() if user is not None and user.is_authenticated else ""
    person = getattr(user, "person", None) or ""
    return Actor(name, person, address.of(request))


def note(*entries: Entry, actor: Actor, now: datetime) -> None:
    """Append entries to the log, together or not at all.

    Do it before what it tells of is done: a record of something that then failed is harmless, a
    deed without its record is not. Whatever can't be noted must not happen, so errors of the
    database are the caller's to let through.
    """
    if not entries:
        return
    with transaction.atomic(using=DATABASE):
        _lock()
        last = AuditRecord.objects.order_by("-no").first()
        no, before = (last.no, last.chain) if last else (0, START)
        records, subjects = [], []
        for entry in entries:
            no += 1
            people = tuple(sorted(set(entry.subjects)))
            content = _content(no, entry, people, actor, now)
            before = link(before, content)
            records.append(AuditRecord(**_columns(content), chain=before))
            subjects += [AuditSubject(record_id=no, person=person) for person in people]
        AuditRecord.objects.bulk_create(records)
        AuditSubject.objects.bulk_create(subjects, batch_size=_BATCH)
        if last and last.moment.astimezone(TOKYO).date() < now.astimezone(TOKYO).date():
            anchors.keep_day(_anchor(last.moment, last.no, last.chain))
    anchors.keep_head(_anchor(now, no, before))
    for record in records:
        _FAR.info(
            "%s",
            record.act,
            extra={
                "no": record.no,
                "actor": record.actor,
                "who": record.person,
                "chain": record.chain,
            }
            | {"address": record.address, "purpose": record.purpose, "detail": record.detail},
        )


def _anchor(moment: datetime, no: int, chain: str) -> anchors.Anchor:
    return anchors.anchor_of(moment.astimezone(TOKYO).date(), no, chain)


def _lock() -> None:
    """One writer at a time, so that numbers have no gap and every record knows the one before.
    On SQLite the transaction itself is the lock (it begins IMMEDIATE)."""
    connection = connections[DATABASE]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(_LOCK)


def _content(
    no: int, entry: Entry, people: tuple[str, ...], actor: Actor, now: datetime
) -> Content:
    detail = json.dumps(dict(entry.detail), ensure_ascii=False, sort_keys=True, default=str)
    purpose = entry.purpose.strip()[:200]
    act, name = entry.act.value, actor.name[:150]
    return Content(no, now, act, name, actor.person, actor.address, purpose, detail, people)


def _columns(content: Content) -> dict[str, object]:
    columns = content._asdict()
    del columns["subjects"]
    return columns
