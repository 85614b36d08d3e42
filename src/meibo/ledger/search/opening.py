"""The index of the database at hand."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from meibo.ledger.search.base import Index
from meibo.ledger.search.postgresql import PostgresqlIndex
from meibo.ledger.search.sqlite import SqliteIndex


@contextmanager
def index() -> Iterator[Index]:
    """Open for as long as it is needed; it has one cursor."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            yield PostgresqlIndex(cursor)
        else:
            yield SqliteIndex(cursor)
