"""The disclosure table of a day: the newest approved version that has begun, else the town's file.

Taking effect needs no job: whoever reads says which day is today.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet

from meibo.domain import names
from meibo.domain.disclosure import Table, parse, parse_cached
from meibo.domain.finding.writing import Fold
from meibo.ledger.models import TableVersion, TableWithdrawal


@dataclass(frozen=True, slots=True)
class Version:
    """A version of the table. Number 0 is the town's file, which nobody approved here: `starts`
    and who did it are then unknown."""

    number: int
    text: str
    starts: date | None = None
    note: str = ""
    drafted_by: str = ""
    drafted_at: datetime | None = None
    approved_by: str = ""
    approved_at: datetime | None = None
    withdrawn_by: str = ""
    withdrawn_at: datetime | None = None
    withdrawn_why: str = ""

    @property
    def table(self) -> Table:
        """The table as this version has it."""
        return parse_cached(self.text)

    @property
    def withdrawn(self) -> bool:
        """Taken back before its day."""
        return self.withdrawn_at is not None


@dataclass(frozen=True, slots=True)
class Approval:
    """What is put in force: the text, from when, why, and who did what when."""

    text: str
    starts: date
    note: str
    drafted_by: str
    drafted_at: datetime
    approved_by: str


def table(on: date) -> Table:
    """公開基準 in force on a day. One small query and no memory of an answer, so that nothing
    outlives a change or midnight; what was parsed is kept by its text."""
    begun = _begun(on).values_list("text", flat=True).first()
    return parse_cached(_town_text() if begun is None else begun)


def in_force(on: date) -> Version:
    """The version whose table a day has."""
    row = _begun(on).first()
    return _version(row) if row is not None else town_version()


def coming(on: date) -> list[Version]:
    """The versions that take effect after a day, the next one first."""
    rows = TableVersion.objects.filter(withdrawal=None, starts__gt=on).order_by("starts", "number")
    return [_version(row) for row in rows]


def versions() -> list[Version]:
    """Every version, newest first, the town's file last."""
    rows = TableVersion.objects.select_related("withdrawal").order_by("-number")
    return [*map(_version, rows), town_version()]


def version(number: int) -> Version | None:
    """The version of this number; None where there is none."""
    if number == 0:
        return town_version()
    row = TableVersion.objects.select_related("withdrawal").filter(number=number).first()
    return _version(row) if row is not None else None


def town_version() -> Version:
    """Version 0: what `town/disclosure.csv` says now."""
    return Version(0, _town_text())


@transaction.atomic
def approve(approval: Approval, *, now: datetime, today: date) -> Version:
    """Add a version, for good. Raises ValueError for a day that has passed, DisclosureError for a
    text that is no table."""
    parse(approval.text)
    if approval.starts < today:
        raise ValueError("施行日は、今日より前にはできません。")
    _lock()
    last = TableVersion.objects.order_by("-number").values_list("number", flat=True).first() or 0
    row = TableVersion.objects.create(
        number=last + 1,
        text=approval.text,
        starts=approval.starts,
        note=approval.note,
        drafted_by=approval.drafted_by,
        drafted_at=approval.drafted_at,
        approved_by=approval.approved_by,
        approved_at=now,
    )
    return _version(row)


@transaction.atomic
def withdraw(number: int, *, reason: str, actor: str, now: datetime, today: date) -> None:
    """Take a version back that has not begun. Raises ValueError for any other."""
    _lock()
    row = TableVersion.objects.filter(number=number, withdrawal=None).first()
    if row is None:
        raise ValueError("この版は、もう取り下げられています。")
    if row.starts <= today:
        raise ValueError("施行された版は取り下げられません。新しい版を作って直してください。")
    TableWithdrawal.objects.create(version=row, reason=reason, withdrawn_by=actor, withdrawn_at=now)


def _begun(on: date) -> QuerySet[TableVersion]:
    """What has begun, the newest first. Of two for one day the one approved later counts."""
    begun = TableVersion.objects.filter(withdrawal=None, starts__lte=on)
    return begun.order_by("-starts", "-number")


def _lock() -> None:
    """One at a time, so that numbers have no gap. SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('meibo.policy'))")


def _version(row: TableVersion) -> Version:
    taken = getattr(row, "withdrawal", None)
    return Version(
        row.number,
        row.text,
        row.starts,
        row.note,
        row.drafted_by,
        row.drafted_at,
        row.approved_by,
        row.approved_at,
        taken.withdrawn_by if taken else "",
        taken.withdrawn_at if taken else None,
        taken.reason if taken else "",
    )


def _town_text() -> str:
    path = Path(settings.MEIBO_TOWN) / "disclosure.csv"
    return _text(path, path.stat().st_mtime_ns)


def fold() -> Fold:
    """The form in which names are compared, with the town's own variants (`town/names.csv`)."""
    path = Path(settings.MEIBO_TOWN) / "names.csv"
    if not path.is_file():
        return names.fold
    return _folding(_text(path, path.stat().st_mtime_ns))


@lru_cache(maxsize=2)
def _folding(text: str) -> Fold:
    rows, _ = names.variant_rows(csv.DictReader(io.StringIO(text)))
    return names.Folding(rows).fold


@lru_cache(maxsize=4)
def _text(path: Path, _changed: int) -> str:
    return path.read_text(encoding="utf-8-sig")
