"""What an intake can't do without: the bare writing, to measure the whole against.

`rows` writes the lines of a master as they are. `books` writes again what a first delivery has
left in the tables.
"""

import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

_TABLES = ("person", "datakey", "code", "bookline", "filingline", "unitstretch", "stretch", "seat")
_TABLES += ("shield", "searchentry")
_SOME = 20_000
_SETTINGS = {"crisismerge": 2, "hashsize": 8 * 1024 * 1024}  # of the index, as migration 0002
Took = tuple[float, float]


def rows(rows: Sequence[tuple[str, ...]]) -> None:
    """By executemany, all columns as text, in one transaction, into a table without an index."""
    from django.db import connection, transaction  # Django must be set up first

    width = len(rows[0])
    columns = ", ".join(f"c{n} text" for n in range(width))
    places = ", ".join(["%s"] * width)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bare_rows")
        cursor.execute(f"CREATE TABLE bare_rows ({columns})")
        cursor.executemany(f"INSERT INTO bare_rows VALUES ({places})", rows)


def books() -> Took:
    """Every row of the books, of the drawn tables and of the search index, into empty copies of
    their tables with the same indexes, in one transaction: by executemany on SQLite, by COPY on
    PostgreSQL. Seconds on the clock and of this process's processor, of the writing alone: nothing
    is read, converted, folded or sealed within them."""
    from django.db import connection, transaction  # Django must be set up first

    wall = cpu = 0.0
    with transaction.atomic(), connection.cursor() as cursor:
        for name in _TABLES:
            _copy_of(cursor, name)
            for some in _stored(f"ledger_{name}"):
                terms = _terms(some) if name == "searchentry" else []
                start, worked = time.perf_counter(), time.process_time()
                _write(cursor, f"bare_{name}", some)
                if terms:
                    cursor.executemany(
                        "INSERT INTO bare_index (rowid, terms) VALUES (%s, %s)", terms
                    )
                wall, cpu = wall + time.perf_counter() - start, cpu + time.process_time() - worked
        start, worked = time.perf_counter(), time.process_time()
        transaction.set_rollback(True)
    return wall + time.perf_counter() - start, cpu + time.process_time() - worked


def _copy_of(cursor: Any, name: str) -> None:
    """An empty table like this one, with its keys and indexes."""
    if cursor.db.vendor == "postgresql":
        cursor.execute(f"CREATE TABLE bare_{name} (LIKE ledger_{name} INCLUDING ALL)")
        return
    cursor.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE tbl_name = %s"
        " AND type IN ('table', 'index') AND sql IS NOT NULL ORDER BY type DESC",
        [f"ledger_{name}"],
    )
    for kind, own, sql in cursor.fetchall():
        copied = sql.replace(f'"ledger_{name}"', f'"bare_{name}"')
        cursor.execute(copied.replace(f'"{own}"', f'"bare_{own}"') if kind == "index" else copied)
    if name == "searchentry":
        cursor.execute("SELECT sql FROM sqlite_master WHERE name = 'ledger_searchindex'")
        cursor.execute(cursor.fetchone()[0].replace("ledger_searchindex", "bare_index").strip())
        for setting in _SETTINGS.items():
            cursor.execute("INSERT INTO bare_index (bare_index, rank) VALUES (%s, %s)", setting)


def _stored(table: str) -> Iterator[list[tuple[Any, ...]]]:
    """The rows of a table as they are kept, some at a time."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} LIMIT 0")
        sign = "+" if connection.vendor == "sqlite" else ""  # not parsed by the driver
        columns = [column[0] for column in cursor.description]
        chosen = ", ".join(f'{sign}"{name}"' for name in columns)
        last: Any = None
        while True:
            after = f'WHERE "{columns[0]}" > %s' if last is not None else ""
            statement = (
                f'SELECT {chosen} FROM {table} {after} ORDER BY "{columns[0]}" LIMIT {_SOME}'
            )
            cursor.execute(statement, [last] if last is not None else [])
            found = cursor.fetchall()
            if not found:
                return
            yield found
            last = found[-1][0]


def _terms(entries: Iterable[tuple[Any, ...]]) -> list[tuple[int, str]]:
    """What SQLite keeps of entries beside them; PostgreSQL has it in a column."""
    from django.db import connection

    from meibo.ledger.search.base import Row

    if connection.vendor == "postgresql":
        return []
    return [(entry[0], " ".join(Row(*entry).terms())) for entry in entries]


def _write(cursor: Any, table: str, some: list[tuple[Any, ...]]) -> None:
    if cursor.db.vendor == "postgresql":
        with cursor.copy(f"COPY {table} FROM STDIN") as copying:
            for row in some:
                copying.write_row(row)
        return
    places = ", ".join(["%s"] * len(some[0]))
    cursor.executemany(f"INSERT INTO {table} VALUES ({places})", some)
