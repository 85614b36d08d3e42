"""The grid of the editor: a row a field, a column a tie, a cell a chooser; and two horizons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from meibo.domain.disclosure import TIES, Row, Table
from meibo.domain.disclosure_editing import (
    CELLS,
    FUTURE,
    HORIZONS,
    PAST,
    days_text,
    ordered,
    written,
)

#: What a chooser calls a cell: the mark of the table, then words.
CHOICES: Mapping[str, str] = MappingProxyType(
    {
        "": "― 見られない",
        "v": "○ 見られる",
        "vs": "◎ 見られる・さがせる",
        "s": "△ さがすときだけ",
        "e": "災 災害などの間だけ",
        "se": "△災 さがす・災害などの間",
    }
)
_FARTHEST = 36_525  # a hundred years


@dataclass(frozen=True, slots=True)
class Box:
    """One cell as a form has it: its name, its value, what it is called, whether it is wrong."""

    name: str
    value: str
    label: str
    wrong: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the form."""

    label: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Flaw:
    """A wrong cell, by row and column, and the name of its field in the form."""

    row: str
    column: str
    message: str
    name: str


@dataclass(frozen=True, slots=True)
class Grid:
    """The whole form."""

    horizons: tuple[Line, ...]
    lines: tuple[Line, ...]
    flaws: tuple[Flaw, ...] = ()


def name_of(field: str, tie: str) -> str:
    """The name of a cell in the form."""
    return f"{field}~{tie}"


def grid(table: Table) -> Grid:
    """The form as a table stands."""
    return _grid(table, values_of(table), ())


def values_of(table: Table) -> dict[str, str]:
    """What a browser would send of a table that nobody changed."""
    values = {}
    for tie in TIES:
        values[name_of(PAST, tie)] = days_text(table.past.get(tie, 0))
        values[name_of(FUTURE, tie)] = days_text(table.future.get(tie, 0))
        for row in table.rows:
            values[name_of(row.field, tie)] = ordered(row.cells.get(tie, ""))
    return values


def read(table: Table, sent: Mapping[str, str]) -> tuple[str, Grid]:
    """The table with what was sent written into it, as text; what was not sent stays. Of a wrong
    cell the grid tells row and column, and the text is that of before."""
    values = values_of(table)
    values |= {name: str(sent[name]).strip() for name in values if name in sent}
    flaws = [*_wrong_days(values), *_wrong_cells(table, values)]
    shown = _grid(table, values, flaws)
    if flaws:
        return written(table), shown
    rows = tuple(_row(row, values) for row in table.rows)
    past, future = (
        {tie: _days(values[name_of(name, tie)]) for tie in TIES} for name in (PAST, FUTURE)
    )
    return written(replace(table, rows=rows, past=past, future=future, _cache={})), shown


def _row(row: Row, values: Mapping[str, str]) -> Row:
    cells = {tie: values[name_of(row.field, tie)] for tie in TIES}
    return Row(row.field, row.label, MappingProxyType(cells), row.kind)


def _days(text: str) -> int | None:
    return None if text == "*" else int(text)


def _wrong_days(values: Mapping[str, str]) -> list[Flaw]:
    found = []
    for field, label in HORIZONS.items():
        for tie, column in TIES.items():
            text = values[name_of(field, tie)]
            good = text == "*" or (text.isdecimal() and text.isascii() and int(text) <= _FARTHEST)
            if not good:
                said = "日数（0 は今日だけ）か * （いつまでも）を入れてください"
                found.append(Flaw(label, column, said, name_of(field, tie)))
    return found


def _wrong_cells(table: Table, values: Mapping[str, str]) -> list[Flaw]:
    return [
        Flaw(row.label, column, "一覧から選んでください", name_of(row.field, tie))
        for row in table.rows
        for tie, column in TIES.items()
        if values[name_of(row.field, tie)] not in CELLS
    ]


def _grid(table: Table, values: Mapping[str, str], flaws: list[Flaw] | tuple[()]) -> Grid:
    wrong = {flaw.name for flaw in flaws}

    def line(field: str, label: str) -> Line:
        boxes = []
        for tie, column in TIES.items():
            name = name_of(field, tie)
            boxes.append(Box(name, values[name], f"{label}・{column}", name in wrong))
        return Line(label, tuple(boxes))

    horizons = tuple(line(field, label) for field, label in HORIZONS.items())
    return Grid(horizons, tuple(line(row.field, row.label) for row in table.rows), tuple(flaws))
