"""Lists as forms: columns and sections of rows, set on paper or put into a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from meibo.platform.papers.setting import Sheet

#: Points of type: few columns are easier to read large.
_TYPE = ((6, 9.0), (9, 8.0), (13, 7.0))
_SMALLEST = 6.0


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `width` is its share of the page, 0 for as wide as what stands in it."""

    label: str
    width: float = 0
    right: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under a heading, which may be empty."""

    heading: str
    rows: Sequence[Sequence[str]]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A list. `note` stands under the title: what it shows, and by what it was chosen. `group`:
    what the headings of the sections are called where they become a column. `type`: the size of
    type in points, 0 where the number of columns decides."""

    title: str
    columns: tuple[Column, ...]
    sections: tuple[Section, ...]
    note: str = ""
    landscape: bool = False
    group: str = ""
    type: float = 0

    @property
    def count(self) -> int:
        """Rows in all sections."""
        return sum(len(section.rows) for section in self.sections)

    def sheet(self, town: str, on: date | None, *, careful: bool = False) -> Sheet:
        """The list, ready to be set."""
        data = {
            "columns": [
                {"label": each.label, "width": each.width, "right": each.right}
                for each in self.columns
            ],
            "sections": [
                {"heading": each.heading, "note": each.note, "rows": [list(r) for r in each.rows]}
                for each in self.sections
            ],
            "note": self.note,
            "landscape": self.landscape,
            "type": self.type or self._type(),
        }
        return Sheet("list", self.title, data, town, on, careful)

    def flat(self) -> tuple[list[str], list[list[str]]]:
        """Heads and rows without sections; their headings become a first column (`group`)."""
        heads = [column.label for column in self.columns]
        if not self.group:
            return heads, [list(row) for section in self.sections for row in section.rows]
        rows = [[section.heading, *row] for section in self.sections for row in section.rows]
        return [self.group, *heads], rows

    def _type(self) -> float:
        columns = len(self.columns) * (0.7 if self.landscape else 1)
        return next((size for most, size in _TYPE if columns <= most), _SMALLEST)
