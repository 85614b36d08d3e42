"""The index on SQLite: FTS5, with our own terms.

Postings hold row numbers alone, in order of display, and are read only as far as is asked; so
the first page of a frequent word costs no more than that of a rare one.
"""

import json
import string
from collections import Counter
from collections.abc import Sequence
from operator import itemgetter

from meibo.domain.finding import All, Expression
from meibo.ledger.search import places as span
from meibo.ledger.search.base import Change, Index, Row
from meibo.ledger.search.eras import Era

_PLACES = """
SELECT rowid FROM ledger_searchindex
WHERE ledger_searchindex MATCH %s AND rowid > %s AND rowid < %s ORDER BY rowid LIMIT %s
"""
_INSERT = """
INSERT INTO ledger_searchentry (place, era, subject, sort, packed) VALUES (%s, %s, %s, %s, %s)
"""
_DELETE = "DELETE FROM ledger_searchentry WHERE place = %s"
_CHANGE = "UPDATE ledger_searchentry SET packed = %s WHERE place = %s"
_LEARN = "INSERT INTO ledger_searchindex (rowid, terms) VALUES (%s, %s)"
# Without content FTS5 must be told what it forgets: the very terms it was given.
_UNLEARN = (
    "INSERT INTO ledger_searchindex (ledger_searchindex, rowid, terms) VALUES ('delete', %s, %s)"
)
_EMPTY = "INSERT INTO ledger_searchindex (ledger_searchindex) VALUES ('delete-all')"
_TIDY = "INSERT INTO ledger_searchindex (ledger_searchindex) VALUES ('optimize')"
_TERMS = (
    "CREATE VIRTUAL TABLE temp.ledger_searchterms USING fts5vocab(main, ledger_searchindex, row)"
)
_SMALL = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)


def written(wanted: Expression) -> str:
    """An expression as FTS5 reads it."""
    if isinstance(wanted, str):
        return f'"{wanted}"'
    joint = " AND " if isinstance(wanted, All) else " OR "
    return "(" + joint.join(written(item) for item in wanted.items) + ")"


def _upwards(rows: Sequence[Row]) -> list[Row]:
    """By their places. FTS5 writes a segment, and merges it, whenever a row comes that lies before
    the one written last: a change of many people in any other order takes several times as long."""
    return sorted(rows, key=itemgetter(0))


class SqliteIndex(Index):
    """See `Index`."""

    READ = """
        SELECT place, subject, packed FROM json_each(%s) JOIN ledger_searchentry ON place = value
    """
    ENTRIES = """
        SELECT place, subject, packed
        FROM json_each(%s) JOIN ledger_searchentry ON subject = value AND era = %s
    """
    ROWS = """
        SELECT place, era, subject, sort, packed
        FROM json_each(%s) JOIN ledger_searchentry ON subject = value
    """

    def listed(self, values: Sequence[object]) -> str | list[object]:
        return json.dumps(values)

    def insert(self, rows: Sequence[Row]) -> None:
        rows = _upwards(rows)
        self.cursor.executemany(_INSERT, rows)
        self.cursor.executemany(_LEARN, [(row.place, " ".join(row.terms())) for row in rows])

    def remove(self, rows: Sequence[Row]) -> None:
        rows = _upwards(rows)
        self.cursor.executemany(_UNLEARN, [(row.place, " ".join(row.terms())) for row in rows])
        self.cursor.executemany(_DELETE, [(row.place,) for row in rows])

    def change(self, changes: Sequence[Change]) -> None:
        """FTS5 takes terms out of a row and puts others in, and leaves those that are not named."""
        self.cursor.executemany(_CHANGE, [(c.row.packed, c.row.place) for c in changes])
        spoken = sorted((c for c in changes if c.gone or c.come), key=lambda c: c.row.place)
        self.cursor.executemany(_UNLEARN, [(c.row.place, " ".join(c.gone)) for c in spoken])
        self.cursor.executemany(_LEARN, [(c.row.place, " ".join(c.come)) for c in spoken])

    def clear(self) -> None:
        self.cursor.execute("DELETE FROM ledger_searchentry")
        self.cursor.execute(_EMPTY)

    def gather(self) -> None:
        """Nothing to do: a search is quick as soon as it is written."""

    def tidy(self) -> None:
        self.cursor.execute(_TIDY)

    def some(self, era: Era, wanted: Expression, limit: int) -> list[int]:
        return self.places(era, wanted, span.low(era.number), limit)

    def places(self, era: Era, wanted: Expression, after: int, limit: int) -> list[int]:
        after = max(after, span.low(era.number))
        found = self.rows(_PLACES, written(wanted), after, span.high(era.number), limit)
        return [place for (place,) in found]

    def faults(self) -> int:
        # The tokenizer makes ASCII letters small: those of the fields' codes.
        terms = (term.translate(_SMALL) for row in self.everything() for term in row.terms())
        expected = Counter(terms)
        self.cursor.execute(_TERMS)
        held = Counter(dict(self.rows("SELECT term, doc FROM temp.ledger_searchterms")))
        self.cursor.execute("DROP TABLE temp.ledger_searchterms")
        return ((expected - held) + (held - expected)).total()
