"""Entries and the index over them: what is the same in both databases."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, NamedTuple

from django.db.backends.utils import CursorWrapper

from meibo.domain.finding import Entry, Expression, code_of, terms_of, undated, word_of
from meibo.ledger.search import places as span
from meibo.ledger.search.eras import Era

_ALL = "SELECT place, era, subject, sort, packed FROM ledger_searchentry"
_BEFORE = """
SELECT place FROM ledger_searchentry WHERE era = %s AND (sort, subject) < (%s, %s)
ORDER BY sort DESC, subject DESC LIMIT 1
"""
_AFTER = """
SELECT place FROM ledger_searchentry WHERE era = %s AND (sort, subject) > (%s, %s)
ORDER BY sort, subject LIMIT 1
"""


class Row(NamedTuple):
    """One entry as it is stored."""

    place: int
    era: int
    subject: str
    sort: bytes
    packed: str

    def terms(self) -> list[str]:
        """The terms under which it is indexed, in any order; they follow from what is packed."""
        return list(_terms(undated(self.packed)))


class Change(NamedTuple):
    """An entry that stays in its place. `gone`: the terms under which it is indexed no more;
    `come`: those under which it is from now on."""

    row: Row
    gone: list[str]
    come: list[str]

    @classmethod
    def of(cls, row: Row, before: str) -> "Change":
        """What changes when an entry was packed so before. Terms begin with their field's code, so
        those of fields that say the same are as they were."""
        old, new = undated(before), undated(row.packed)
        fields = {code_of(line) for line in old ^ new}
        was, now = (_terms(line for line in own if code_of(line) in fields) for own in (old, new))
        return cls(row, sorted(was - now), sorted(now - was))


def _terms(lines: Iterable[str]) -> set[str]:
    return set[str]().union(*(terms_of(*word_of(line)) for line in lines))


class Index(ABC):
    """One database's index. `READ`, `ENTRIES` and `ROWS` take a list as `listed` makes it."""

    READ: ClassVar[str]
    ENTRIES: ClassVar[str]
    ROWS: ClassVar[str]

    def __init__(self, cursor: CursorWrapper) -> None:
        self.cursor = cursor

    @abstractmethod
    def listed(self, values: Sequence[object]) -> str | list[object]:
        """A list as a parameter of a statement."""

    @abstractmethod
    def insert(self, rows: Sequence[Row]) -> None:
        """Add entries."""

    @abstractmethod
    def remove(self, rows: Sequence[Row]) -> None:
        """Take entries away; each must be as it is stored."""

    @abstractmethod
    def change(self, changes: Sequence[Change]) -> None:
        """Write entries anew that keep their places."""

    @abstractmethod
    def clear(self) -> None:
        """Take all entries away."""

    @abstractmethod
    def gather(self) -> None:
        """Put what was written where searches find it quickly; each writing ends with it."""

    @abstractmethod
    def tidy(self) -> None:
        """Make the index quick again after much has changed."""

    @abstractmethod
    def some(self, era: Era, wanted: Expression, limit: int) -> list[int]:
        """Up to `limit` places of an era, in any order."""

    @abstractmethod
    def places(self, era: Era, wanted: Expression, after: int, limit: int) -> list[int]:
        """The next places of an era behind `after`, in order."""

    @abstractmethod
    def faults(self) -> int:
        """How many terms the index holds otherwise than the entries say."""

    def read(self, places: Sequence[int]) -> list[Entry]:
        """Entries by place, in any order."""
        return list(map(Entry._make, self.rows(self.READ, self.listed(places))))

    def entries(self, era: Era, subjects: Sequence[str]) -> list[Entry]:
        """Entries by subject, in any order."""
        found = self.rows(self.ENTRIES, self.listed(subjects), era.number)
        return list(map(Entry._make, found))

    def rows_of(self, subjects: Sequence[str]) -> list[Row]:
        """All rows of these subjects, of every era."""
        return [_row(*values) for values in self.rows(self.ROWS, self.listed(subjects))]

    def rows_in(self, era: int) -> list[Row]:
        """All rows of an era."""
        return [_row(*values) for values in self.rows(_ALL + " WHERE era = %s", era)]

    def everything(self) -> list[Row]:
        """All rows."""
        return [_row(*values) for values in self.rows(_ALL)]

    def count(self) -> int:
        """How many entries there are."""
        return int(self.rows("SELECT count(*) FROM ledger_searchentry")[0][0])

    def subjects(self) -> frozenset[str]:
        """Every subject that has a row."""
        found = self.rows("SELECT DISTINCT subject FROM ledger_searchentry")
        return frozenset(subject for (subject,) in found)

    def gap(self, era: int, sort: bytes, subject: str) -> tuple[int, int]:
        """The places between which a newcomer to an era belongs."""
        before = self.rows(_BEFORE, era, sort, subject)
        after = self.rows(_AFTER, era, sort, subject)
        return (
            before[0][0] if before else span.low(era),
            after[0][0] if after else span.high(era),
        )

    def holds(self, era: int) -> bool:
        """Whether anyone is in an era."""
        return bool(self.rows("SELECT 1 FROM ledger_searchentry WHERE era = %s LIMIT 1", era))

    def rows(self, statement: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """What a statement answers."""
        self.cursor.execute(statement, parameters)
        return list(self.cursor.fetchall())


def _row(place: int, era: int, subject: str, sort: bytes | memoryview, packed: str) -> Row:
    return Row(place, era, subject, bytes(sort), packed)
