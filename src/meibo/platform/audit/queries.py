"""Reading the log: for the auditor, for the person looked at, and to check that it is whole."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from meibo.ledger import joins
from meibo.platform.audit import anchors
from meibo.platform.audit.acts import LABELS, Act
from meibo.platform.audit.chain import START, Content, link
from meibo.platform.audit.models import AuditRecord

TOKYO = ZoneInfo("Asia/Tokyo")
_BATCH = 2000


class Verified(NamedTuple):
    """How many records hold, and the number at which the log does not (0: it is whole)."""

    checked: int
    broken_at: int
    why: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """What an auditor asks for; empty means any. Days are of Tokyo, both included."""

    act: str = ""
    actor: str = ""
    subject: str = ""
    since: date | None = None
    until: date | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A record as it is shown."""

    no: int
    moment: datetime
    act: str
    label: str
    actor: str
    person: str
    address: str
    purpose: str
    detail: dict[str, Any] = field(default_factory=dict)
    subjects: tuple[str, ...] = ()


def verify() -> Verified:
    """Go through the whole log: numbers without a gap, every hash right, every anchor met."""
    before, expected = START, 1
    marks = {anchor.no: anchor.chain for anchor in anchors.known()}
    for content, carried in _contents():
        if content.no != expected:
            return Verified(expected - 1, expected, "記録が抜けています")
        if link(before, content) != carried:
            return Verified(expected - 1, expected, "記録が書き換えられています")
        if marks.pop(content.no, carried) != carried:
            return Verified(expected - 1, expected, "控え（アンカー）と違います")
        before, expected = carried, expected + 1
    cut = min((no for no in marks if no >= expected), default=0)
    if cut:
        return Verified(expected - 1, expected, "終わりの記録が失われています")
    return Verified(expected - 1, 0)


def newest() -> anchors.Anchor | None:
    """The last record, as an anchor."""
    last = AuditRecord.objects.order_by("-no").first()
    return anchors.anchor_of(day_of(last.moment), last.no, last.chain) if last else None


def _contents() -> Iterator[tuple[Content, str]]:
    """Every record with the hash it carries, in order of number."""
    last = -(10**18)
    while rows := list(
        AuditRecord.objects.filter(no__gt=last).order_by("no").prefetch_related("subjects")[:_BATCH]
    ):
        for row in rows:
            people = tuple(subject.person for subject in row.subjects.all())
            values = (row.no, row.moment, row.act, row.actor, row.person, row.address)
            yield Content(*values, row.purpose, row.detail, people), row.chain
        last = rows[-1].no


def records(wish: Wish) -> QuerySet[AuditRecord]:
    """The records that an auditor asked for, newest first."""
    found = AuditRecord.objects.order_by("-no").prefetch_related("subjects")
    if wish.act in set(Act):
        found = found.filter(act=wish.act)
    if wish.actor:
        found = found.filter(actor__icontains=wish.actor)
    if wish.subject:
        found = found.filter(subjects__person=wish.subject)
    if wish.since:
        found = found.filter(moment__gte=_midnight(wish.since))
    if wish.until:
        found = found.filter(moment__lt=_midnight(wish.until + timedelta(days=1)))
    if wish.text:
        inside = Q(purpose__icontains=wish.text) | Q(detail__icontains=wish.text)
        found = found.filter(inside | Q(address__icontains=wish.text))
    return found


def line(record: AuditRecord) -> Line:
    """A record in words."""
    label = LABELS.get(Act(record.act), record.act) if record.act in set(Act) else record.act
    people = tuple(sorted(subject.person for subject in record.subjects.all()))
    return Line(
        record.no,
        record.moment.astimezone(TOKYO),
        record.act,
        label,
        record.actor,
        record.person,
        record.address,
        record.purpose,
        json.loads(record.detail),
        people,
    )


def about(person: str) -> QuerySet[AuditRecord]:
    """Who looked at somebody's record, exported it, found it by what few may search by, or
    changed it: 閲覧履歴, newest first. What the person did is not in it."""
    looked = (Act.READ, Act.SEARCH, Act.EXPORT, Act.CHANGE, Act.EMERGENCY, Act.PRIVACY)
    ids = joins.members(person)
    found = AuditRecord.objects.filter(subjects__person__in=ids, act__in=looked)
    return found.exclude(person__in=ids).distinct().order_by("-no").prefetch_related("subjects")


def day_of(moment: datetime) -> date:
    """The day in Tokyo of a moment."""
    return moment.astimezone(TOKYO).date()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), TOKYO)
