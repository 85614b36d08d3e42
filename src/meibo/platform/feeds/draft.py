"""A record in the making: typed values, and the flaws found so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter

from meibo.domain.findings import MASK, Finding
from meibo.platform.feeds.definition.fields import empty_record
from meibo.platform.feeds.flaws import Flaw, Place, as_refusal, told
from meibo.platform.feeds.reading.source import Source
from meibo.platform.feeds.records import Record

BEYOND = "@"
"""Before the place of a cell that no field has, where a flaw speaks of one."""


@dataclass(slots=True)
class Draft:
    """One row being read and checked. A refused draft becomes no record."""

    source: Source
    number: int
    cells: list[str]
    values: dict[str, object] = field(default_factory=dict)
    flaws: list[tuple[str, Flaw]] = field(default_factory=list)
    refused: bool = False
    masked: set[str] = field(default_factory=set)

    def note(self, name: str, code: str, /, **words: object) -> None:
        """Note a flaw of the field `name` (empty: of the whole row)."""
        self.flaws.append((name, Flaw(code, words)))

    def drop(self, name: str, code: str, /, **words: object) -> None:
        """Note a flaw for which the value is not taken."""
        self.note(name, code, **words)
        self.values[name] = None

    def refuse(self, name: str, code: str, /, **words: object) -> None:
        """Note a flaw for which the row is not taken."""
        self.note(name, code, **words)
        self.refused = True

    def forsake(self, name: str) -> None:
        """Refuse the row because the value of the field was not taken; its flaws say so."""
        self.flaws = [(n, as_refusal(flaw) if n == name else flaw) for n, flaw in self.flaws]
        self.refused = True

    def text(self, name: str) -> str | None:
        """The value of a field that holds text."""
        value = self.values.get(name)
        return value if isinstance(value, str) else None

    def day(self, name: str) -> date | None:
        """The value of a field that holds a date."""
        value = self.values.get(name)
        return value if isinstance(value, date) else None

    def number_of(self, name: str) -> float | None:
        """The value of a field that holds a number."""
        value = self.values.get(name)
        numeric = isinstance(value, int | float) and not isinstance(value, bool)
        return value if numeric and isinstance(value, int | float) else None

    def raw(self, name: str) -> str:
        """The cell as written; the mask where it held a 個人番号."""
        if name.startswith(BEYOND):
            return MASK  # only a 個人番号 is told of such a cell
        index = self.source.places.get(name)
        if index is None or index >= len(self.cells):
            return ""
        return MASK if name in self.masked else self.cells[index]

    def findings(self) -> list[Finding]:
        """The flaws, told, in the order of the columns."""
        staff_no = self.text("staff_no") or self.raw("staff_no").strip()
        found = []
        for name, flaw in self.flaws:
            place = Place(
                self.source.file, self.number, self._header_of(name), staff_no, self.raw(name)
            )
            found.append((self._index_of(name), told(flaw, place)))
        return [finding for _, finding in sorted(found, key=itemgetter(0))]

    def _index_of(self, name: str) -> int:
        beyond = name.startswith(BEYOND)
        return int(name[len(BEYOND) :]) if beyond else self.source.places.get(name, -1)

    def _header_of(self, name: str) -> str:
        if not name.startswith(BEYOND):
            return self.source.header_of(name)
        index = self._index_of(name)
        return self.source.header[index] if index < len(self.source.header) else ""

    def record(self) -> Record:
        """The record as it is delivered."""
        role = self.source.spec.role
        values = empty_record(role) | self.values
        return Record(self.source.file, role.value, self.number, values, self.source.base)
