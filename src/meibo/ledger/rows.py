"""Rows of the books past the ORM, many at once: the same values, in a third of the time."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connection

from meibo.domain.book import Filing, Line
from meibo.ledger.beside import UNIT
from meibo.ledger.bulk import among
from meibo.ledger.codec import line_of
from meibo.ledger.vault import Vault

_LINES = (
    "SELECT no, {effective}, {recorded}, effect, person, wording, order_no, appointment, voids,"
    " completes, stated, source FROM ledger_bookline"
)
_FILINGS = (
    "SELECT no, subject, field, value, {effective}, {recorded}, {until}, voids, {sealed}, source,"
    " actor FROM ledger_filingline"
)
_NOBODY = ("meibo ", "demo")
"""How the names of actors begin that are no people at a desk."""


class LineRow(NamedTuple):
    """A row of the book."""

    no: int
    effective: date
    recorded: datetime
    effect: str
    person: str
    wording: str
    order_no: str
    appointment: str
    voids: int | None
    completes: int | None
    stated: str
    source: str


def numbers() -> dict[str, str]:
    """Staff number → id of everyone who has one."""
    rows = _rows("SELECT staff_no, id FROM ledger_person WHERE staff_no IS NOT NULL", ())
    return dict(rows)


def lines(people: Collection[str] | None = None) -> Iterator[tuple[Line, str]]:
    """Lines in their order, of everyone or of these people, each with where it came from."""
    for values in _of(_bare(_LINES), "person", people):
        no, effective, recorded, *rest = values
        row = LineRow(no, _day(effective), _moment(recorded), *rest)
        yield line_of(row), row.source


def filings(
    subjects: Collection[str] | None,
    vault: Vault,
    *,
    fields: Collection[str] = (),
    keep_sealed: Callable[[str], bool] = lambda _: False,
    leave_out: str = "",
) -> Iterator[tuple[Filing, bool]]:
    """Filings in their order, with sealed values opened; of everyone or of these subjects. Each
    with whether somebody here filed it: no file brought it, and no program of the house.

    `fields`: these alone; `keep_sealed`: names fields left as ciphertext; `leave_out`: fields that
    begin so are left out.
    """
    opened = vault.open
    kept: dict[str, bool] = {}  # few names, many rows
    for row in _of(_bare(_FILINGS), "subject", subjects, fields=fields):
        no, subject, name, value, effective, recorded, until, voids, sealed, source, actor = row
        if leave_out and name.startswith(leave_out):
            continue
        if sealed and value is not None:
            if name not in kept:
                kept[name] = keep_sealed(name)
            if not kept[name]:
                value = opened(subject, name, value)
        filing = Filing(
            no, subject, name, value, _day(effective), _moment(recorded), _day(until), voids
        )
        yield filing, not source and not actor.startswith(_NOBODY)


def named_units() -> set[str]:
    """All units (`unit:CODE`) that have or had a name."""
    return {UNIT + c for (c,) in _rows("SELECT DISTINCT code FROM ledger_unitstretch", ())}


def since(line: int, filing: int) -> tuple[set[str], set[str]]:
    """Whom lines and filings behind these numbers are about; "" is the house."""
    people = {p for (p,) in _rows("SELECT person FROM ledger_bookline WHERE no > %s", (line,))}
    filed = _rows("SELECT subject FROM ledger_filingline WHERE no > %s", (filing,))
    return people, {subject for (subject,) in filed}


def last() -> tuple[int, int]:
    """The numbers of the last line and the last filing."""
    tables = ("ledger_bookline", "ledger_filingline")
    line, filing = (_rows(f"SELECT MAX(no) FROM {table}", ())[0][0] or 0 for table in tables)  # nosec B608  # our own tables
    return line, filing


def count_since(line: int, filing: int) -> tuple[int, int]:
    """How many lines and filings there are behind these numbers."""
    (lines_,), (filings_,) = (
        _rows(f"SELECT COUNT(*) FROM {table} WHERE no > %s", (no,))[0]  # nosec B608  # our own tables
        for table, no in (("ledger_bookline", line), ("ledger_filingline", filing))
    )
    return lines_, filings_


def ordered(order_numbers: Collection[str]) -> set[str]:
    """Whom orders of these numbers are about."""
    found = _of("SELECT person FROM ledger_bookline", "order_no", order_numbers, order="")
    return {person for (person,) in found}


def opened(package: str, numbers_: Collection[str]) -> tuple[set[str], datetime | None]:
    """Whom a package opened an account for under these numbers, and when it last opened any."""
    found: set[str] = set()
    latest: datetime | None = None
    start = f"{package}:opening:"
    wanted = set(numbers_)
    for source, person, recorded in _rows(
        "SELECT source, person, recorded FROM ledger_bookline WHERE source LIKE %s",
        (start.replace("%", "_") + "%",),
    ):
        if not source.startswith(start):
            continue
        moment = _moment(recorded)
        latest = moment if latest is None else max(latest, moment)
        if source.removeprefix(start).partition(":")[0] in wanted:
            found.add(person)
    return found, latest


def _bare(select: str) -> str:
    """With days and moments as SQLite keeps them, and moments as PostgreSQL writes them. Drivers
    would make each anew; a few different ones stand in the books, and they are known by their
    text."""
    names = ("effective", "recorded", "until", "sealed")
    if connection.vendor == "sqlite":
        return select.format(**{name: f"+{name}" for name in names})
    return select.format(**{name: name for name in names} | {"recorded": "recorded::text"})


def _of(
    select: str,
    column: str,
    wanted: Collection[str] | None,
    order: str = " ORDER BY no",
    fields: Collection[str] = (),
) -> list[tuple[Any, ...]]:
    """The rows whose column is one of these; of filings, those of some fields alone."""
    limits = [(column, wanted)] if wanted is not None else []
    limits += [("field", fields)] if fields else []
    statement, given = select, ()
    for joint, (name, values) in zip(("WHERE", "AND"), limits, strict=False):
        statement, more = among(f"{statement} {joint} {name}", sorted(values))
        given += more
    return _rows(statement + order, given)


def _rows(sql: str, given: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return list(cursor.fetchall())


@lru_cache(maxsize=50_000)
def _read_day(written: str) -> date:
    return date.fromisoformat(written)


@lru_cache(maxsize=10_000)
def _aware(moment: datetime | str) -> datetime:
    """A moment of SQLite, which keeps UTC without saying so."""
    read = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def _day(value: Any) -> date:
    """A date as it is kept: text in SQLite."""
    return _read_day(value) if type(value) is str else value


def _moment(value: Any) -> datetime:
    return _aware(value)
