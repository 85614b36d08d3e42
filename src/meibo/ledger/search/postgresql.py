"""The index on PostgreSQL: the terms as a tsvector under GIN.

GIN gives hits in no order, so they are fetched and sorted; rows are kept narrow for that
(migration 0002), and the functions there keep the planner from reading terms row by row.

An entry has some 250 terms, and to place each of them in the index as it comes takes ten times as
long as everything else of a write. So they are laid aside (`fastupdate`, migration 0008) and put
in order once, at the end of the write, before it is committed: searches never wade through them.
"""

from collections.abc import Sequence

from meibo.domain.finding import All, Expression
from meibo.ledger.search import places as span
from meibo.ledger.search.base import Change, Index, Row
from meibo.ledger.search.eras import Era

_PLACES = "SELECT meibo_search_places(%s::tsquery, %s, %s, %s)"
_SOME = "SELECT meibo_search_some(%s::tsquery, %s, %s, %s)"
_COPY = "COPY ledger_searchentry (place, era, subject, sort, packed, terms) FROM STDIN"
_CHANGE = """
UPDATE ledger_searchentry AS entry
SET packed = anew.packed,
    terms = ts_delete(terms, string_to_array(gone, ' '))
        || array_to_tsvector(string_to_array(come, ' '))
FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[]) AS anew (place, packed, gone, come)
WHERE entry.place = anew.place
"""
_REPACK = """
UPDATE ledger_searchentry AS entry SET packed = anew.packed
FROM unnest(%s::bigint[], %s::text[]) AS anew (place, packed) WHERE entry.place = anew.place
"""
_DELETE = "DELETE FROM ledger_searchentry WHERE place = ANY(%s)"
_GATHER = "SELECT gin_clean_pending_list('ledger_searchindex')"
_FAULTY = """
SELECT 1 FROM ledger_searchentry WHERE place = %s AND terms <> array_to_tsvector(%s)
"""


def written(wanted: Expression) -> str:
    """An expression as tsquery reads it. Terms have no quotes: their signs are wide."""
    if isinstance(wanted, str):
        return f"'{wanted}'"
    joint = "&" if isinstance(wanted, All) else "|"
    return "(" + joint.join(written(item) for item in wanted.items) + ")"


class PostgresqlIndex(Index):
    """See `Index`."""

    READ = "SELECT place, subject, packed FROM ledger_searchentry WHERE place = ANY(%s)"
    ENTRIES = """
        SELECT place, subject, packed FROM ledger_searchentry WHERE subject = ANY(%s) AND era = %s
    """
    ROWS = """
        SELECT place, era, subject, sort, packed
        FROM ledger_searchentry WHERE subject = ANY(%s)
    """

    def listed(self, values: Sequence[object]) -> str | list[object]:
        return list(values)

    def insert(self, rows: Sequence[Row]) -> None:
        if rows:
            with self.cursor.copy(_COPY) as copying:
                for row in rows:
                    copying.write_row((*row, "'" + "' '".join(_terms(row)) + "'"))

    def remove(self, rows: Sequence[Row]) -> None:
        self.cursor.execute(_DELETE, ([row.place for row in rows],))

    def change(self, changes: Sequence[Change]) -> None:
        spoken = [c for c in changes if c.gone or c.come]
        others = [c for c in changes if not (c.gone or c.come)]
        if spoken:
            gone, come = [" ".join(c.gone) for c in spoken], [" ".join(c.come) for c in spoken]
            self.cursor.execute(_CHANGE, (*_packed(spoken), gone, come))
        if others:
            self.cursor.execute(_REPACK, _packed(others))

    def clear(self) -> None:
        self.cursor.execute("DELETE FROM ledger_searchentry")

    def gather(self) -> None:
        self.cursor.execute(_GATHER)

    def tidy(self) -> None:
        """Nothing to do: autovacuum does it."""

    def some(self, era: Era, wanted: Expression, limit: int) -> list[int]:
        return self._ask(_SOME, era, wanted, 0, limit)

    def places(self, era: Era, wanted: Expression, after: int, limit: int) -> list[int]:
        return self._ask(_PLACES, era, wanted, after, limit)

    def _ask(
        self, question: str, era: Era, wanted: Expression, after: int, limit: int
    ) -> list[int]:
        text = written(wanted)
        if not era.alone:
            text = f"'{_era_term(era.number)}'&{text}"
        after = max(after, span.low(era.number))
        found = self.rows(question, text, after, span.high(era.number), limit)
        return [place for (place,) in found]

    def faults(self) -> int:
        return sum(len(self.rows(_FAULTY, row.place, _terms(row))) for row in self.everything())


def _era_term(number: int) -> str:
    return f"ERA{number}"


def _terms(row: Row) -> list[str]:
    return [_era_term(row.era), *row.terms()]


def _packed(changes: Sequence[Change]) -> tuple[list[int], list[str]]:
    """The places of entries, and what they hold from now on."""
    return [c.row.place for c in changes], [c.row.packed for c in changes]
