"""One number for a whole book: SHA-256 over all its lines in order.

It is computed from rows of the tables themselves, whichever database holds them, so that a copy
can be compared with what it is a copy of without folding anything.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Protocol

_BOOK = (
    *("no", "effective", "recorded", "entered", "effect", "person", "appointment", "wording"),
    *("order_no", "voids", "completes", "stated", "source", "actor"),
)
_FILED = (
    *("no", "subject", "field", "value", "sealed", "effective", "until", "recorded", "entered"),
    *("voids", "source", "actor"),
)
_MOMENTS = frozenset({"recorded", "entered"})


class Cursor(Protocol):
    """What of a DB-API cursor is needed: Django's, psycopg's and sqlite3's all have it."""

    def execute(self, sql: str, /) -> Any: ...
    def fetchmany(self, size: int = ..., /) -> Sequence[Sequence[Any]]: ...
    def fetchone(self) -> Any: ...


@dataclass(frozen=True, slots=True)
class Heads:
    """How much the books hold, and the hash of each (hexadecimal)."""

    lines: int
    filings: int
    people: int
    book: str
    filed: str


def heads(cursor: Cursor) -> Heads:
    """Of the books that this cursor reads; a moment of one transaction if it is in one."""
    lines, book = _hashed(cursor, "ledger_bookline", _BOOK)
    filings, filed = _hashed(cursor, "ledger_filingline", _FILED)
    cursor.execute("SELECT count(*) FROM ledger_person")
    return Heads(lines, filings, int(cursor.fetchone()[0]), book, filed)


def _hashed(cursor: Cursor, table: str, columns: tuple[str, ...]) -> tuple[int, str]:
    names = ", ".join(f'"{name}"' for name in columns)
    cursor.execute(f"SELECT {names} FROM {table} ORDER BY no")  # nosec B608  # our own tables
    digest, count = hashlib.sha256(), 0
    while rows := cursor.fetchmany(1000):
        for row in rows:
            digest.update(_spelled(zip(columns, row, strict=True)))
        count += len(rows)
    return count, digest.hexdigest()


def _spelled(row: Iterable[tuple[str, Any]]) -> bytes:
    """One spelling of a row for both databases."""
    values = [_moment(v) if name in _MOMENTS else _plain(v) for name, v in row]
    return (json.dumps(values, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _plain(value: Any) -> Any:
    if isinstance(value, bool):
        return int(value)
    return value.isoformat() if isinstance(value, date) else value


def _moment(value: Any) -> str:
    """SQLite holds UTC as text, without saying so."""
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return moment.isoformat(timespec="microseconds")
