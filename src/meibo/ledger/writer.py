"""The one way to write: append. Lines and filings are added and what follows is drawn anew.

Everything happens in one transaction: a kill at any point leaves book and drawn tables in step.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from meibo.domain.book import OPEN, Effect, Line
from meibo.ledger import bulk, draw
from meibo.ledger.codec import stated_by
from meibo.ledger.models import BookLine, Code, FilingLine, House, Person
from meibo.ledger.vault import Vault
from meibo.ledger.witness import witness

UNIT = "unit:"
_BATCH = 500
_PROVISIONAL = 10**12
_LINE_FIELDS = (
    *("no", "effective", "recorded", "entered", "effect", "person", "appointment", "wording"),
    *("order_no", "voids", "completes", "stated", "source", "actor"),
)
_FILING_FIELDS = (
    *("subject", "field", "value", "sealed", "effective", "until", "recorded", "entered"),
    *("voids", "source", "actor"),
)
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class NewFiling:
    """A filing to append. `subject`: a person's id or `unit:CODE`; `until` is exclusive."""

    subject: str
    field: str
    value: str | None
    effective: date
    recorded: datetime
    until: date = OPEN
    voids: int | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class NewCode:
    """A row of a code table; `rank` orders posts, `extra` is JSON (a post's grade, …)."""

    table: str
    code: str
    name: str
    rank: int = 0
    extra: str = "{}"


@dataclass(slots=True)
class Batch:
    """What is appended together, or not at all.

    `people`: id → staff number of those whom the book does not know yet. Numbers of lines in a
    batch are provisional, beyond any real one: `voids` and `completes` may name them; `append`
    gives the real ones, in the order of the list.
    """

    people: dict[str, str | None] = field(default_factory=dict)

    lines: list[Line] = field(default_factory=list)
    filings: list[NewFiling] = field(default_factory=list)
    codes: list[NewCode] = field(default_factory=list)
    sources: dict[int, str] = field(default_factory=dict)

    def number(self) -> int:
        """The next provisional number."""
        return _PROVISIONAL + len(self.lines)

    def add(self, line: Line, source: str = "") -> Line:
        """Take a line in; its number becomes provisional."""
        numbered = replace(line, no=self.number())
        self.lines.append(numbered)
        if source:
            self.sources[numbered.no] = source
        return numbered

    def __bool__(self) -> bool:
        return bool(self.people or self.lines or self.filings or self.codes)


def _refuse_shredded(batch: Batch) -> None:
    """Nothing is written of somebody whose key was deleted: it could never be sealed again."""
    about = {line.person for line in batch.lines} | {filing.subject for filing in batch.filings}
    gone = about & set(Person.objects.filter(shredded=True).values_list("pk", flat=True))
    if gone:
        raise ValueError("保存期間が過ぎて消された職員には、発令も届出も書けません。")


def _register(people: Mapping[str, str | None]) -> None:
    """Write down new people and make their keys."""
    rows = ((person, number, False) for person, number in people.items())
    bulk.insert(Person, ("id", "staff_no", "shredded"), rows)
    Vault().create(people)


def new_id() -> str:
    """An opaque id that says nothing about its person: 80 random bits."""
    return "p" + secrets.token_hex(10)


def append(
    batch: Batch, *, actor: str, now: datetime, progress: Progress | None = None
) -> dict[int, int]:
    """Append a batch and draw what it touches. Returns provisional → real line numbers.

    Raises ValueError for a Void that names a line of another addressee.
    """
    with transaction.atomic():
        return append_within(batch, actor=actor, now=now, progress=progress)


def append_within(
    batch: Batch, *, actor: str, now: datetime, progress: Progress | None = None
) -> dict[int, int]:
    """The same within a transaction of the caller's, which an error must undo as a whole.

    For large batches: a transaction in another one is a savepoint, and of each page that is changed
    after one SQLite keeps a copy in memory until its end.
    """
    lock()
    _refuse_shredded(batch)
    _register(batch.people)
    numbers = _append_lines(batch, actor, now)
    _append_filings(batch.filings, actor, now)
    _put_codes(batch.codes)
    people = {line.person for line in batch.lines if line.person}
    people |= {f.subject for f in batch.filings if not f.subject.startswith(UNIT)}
    units = {f.subject for f in batch.filings if f.subject.startswith(UNIT)}
    house = any(not line.person for line in batch.lines)
    draw.redraw(None if house else people, units=units, progress=progress)
    _notice(batch)
    return numbers


def _notice(batch: Batch) -> None:
    """Tell the witness what was written about whom."""
    watcher = witness()
    if watcher is None:
        return
    for line in batch.lines:
        watcher.wrote(line.person, line.wording or line.effect.value)
    for filing in batch.filings:
        watcher.wrote(filing.subject, filing.field.partition(":")[0])


def lock() -> None:
    """One writer at a time: two appends never draw from half of each other."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('meibo.ledger'))")
    House.objects.update_or_create(pk=1)


def _append_lines(batch: Batch, actor: str, now: datetime) -> dict[int, int]:
    last = BookLine.objects.order_by("-no").values_list("no", flat=True).first() or 0
    numbers = {line.no: last + i for i, line in enumerate(batch.lines, 1)}
    _check_voids(batch.lines)
    bulk.insert(
        BookLine,
        _LINE_FIELDS,
        (
            (
                *(numbers[line.no], line.effective, line.recorded, now, line.effect.value),
                *(line.person, line.appointment, line.wording, line.order_no),
                *(_real(line.voids, numbers), _real(line.completes, numbers)),
                *(stated_by(line), batch.sources.get(line.no, ""), actor),
            )
            for line in batch.lines
        ),
    )
    _advance_sequence()
    return numbers


def _advance_sequence() -> None:
    """Keep PostgreSQL's own numbering behind the numbers given here."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence('ledger_bookline', 'no'),"
                " (SELECT COALESCE(MAX(no), 1) FROM ledger_bookline))"
            )


def _real(number: int | None, numbers: dict[int, int]) -> int | None:
    return numbers.get(number, number) if number is not None else None


def _check_voids(lines: Sequence[Line]) -> None:
    """取消 names a line of the same addressee; anything else would undo somebody else's order."""
    here = {line.no: line.person for line in lines}
    voids = [line for line in lines if line.effect is Effect.VOID]
    stored = dict(
        BookLine.objects.filter(no__in=[v.voids for v in voids if v.voids not in here]).values_list(
            "no", "person"
        )
    )
    for void in voids:
        if void.voids is None or (here | stored).get(void.voids) != void.person:
            raise ValueError(f"取消は同じ職員の発令を指してください（{void.order_no}）")


def _append_filings(filings: Sequence[NewFiling], actor: str, now: datetime) -> None:
    vault = Vault()
    vault.prepare({f.subject for f in filings if not f.subject.startswith(UNIT)})

    def row(filing: NewFiling) -> tuple[Any, ...]:
        personal = not filing.subject.startswith(UNIT)
        value = filing.value
        if personal and value is not None:
            value = vault.seal(filing.subject, filing.field, value)
        return (
            *(filing.subject, filing.field, value, personal, filing.effective, filing.until),
            *(filing.recorded, now, filing.voids, filing.source, actor),
        )

    bulk.insert(FilingLine, _FILING_FIELDS, map(row, filings))


def _put_codes(codes: Sequence[NewCode]) -> None:
    rows = [
        Code(table=c.table, code=c.code, name=c.name, rank=c.rank, extra=c.extra) for c in codes
    ]
    Code.objects.bulk_create(
        rows,
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=["table", "code"],
        update_fields=["name", "rank", "extra"],
    )
