"""Rows → drafts: every cell converted, nothing yet compared with anything else."""

from __future__ import annotations

import re
from collections.abc import Iterable

from meibo.domain.names import find_my_numbers
from meibo.platform.feeds.compiling import Step, compile_steps
from meibo.platform.feeds.draft import BEYOND, Draft
from meibo.platform.feeds.flaws import Flaw, Flawed
from meibo.platform.feeds.house import House
from meibo.platform.feeds.reading.rows import RawRow
from meibo.platform.feeds.reading.source import Source

#: Twelve digits, however a 個人番号 may be grouped. The separator of cells is none of these.
_TWELVE = re.compile(r"[0-9０-９](?:[^0-9０-９\x00]{0,4}[0-9０-９]){11}")
_BETWEEN = "\x00"


def drafts_of(source: Source, house: House, rows: list[RawRow] | None = None) -> list[Draft]:
    """A draft of every row (or of these); one of a broken row is refused and has no values."""
    steps = compile_steps(source, house)
    rows = source.rows if rows is None else rows
    _fill_down(rows, steps)
    return [_draft(source, row, steps) for row in rows]


def _draft(source: Source, row: RawRow, steps: Iterable[Step]) -> Draft:
    draft = Draft(source, row.number, row.cells)
    draft.flaws += [("", flaw) for flaw in row.flaws]
    if _TWELVE.search(_BETWEEN.join(row.cells)):
        _mask(draft, steps, broken=row.broken)
    if row.broken:
        draft.refused = True
        return draft
    values = draft.values
    for step in steps:
        if step.name in draft.masked:
            value: object = Flawed(None, (Flaw("my-number"),))
        else:
            value = step.convert(row.cells[step.index])
        if type(value) is Flawed:
            draft.flaws += [(step.name, flaw) for flaw in value.flaws]
            value = value.value
        values[step.name] = value
        if value is None and step.column.needed:
            draft.forsake(step.name)
    return draft


def _mask(draft: Draft, steps: Iterable[Step], *, broken: bool) -> None:
    """Find the cells that hold a 個人番号; from here on nobody sees what they hold.

    Those of columns that are not taken, of surplus cells and of broken rows are told as well: the
    number is in the file.
    """
    taken = {step.index: step for step in steps}
    for index, cell in enumerate(draft.cells):
        step = taken.get(index)
        if step is not None and not step.column.my_number:
            continue
        if not (_TWELVE.search(cell) and find_my_numbers(cell)):
            continue
        if step is not None:
            draft.masked.add(step.name)
        if step is None or broken:
            draft.note(step.name if step else f"{BEYOND}{index}", "my-number")


def _fill_down(rows: list[RawRow], steps: Iterable[Step]) -> None:
    """An empty cell of a column that says so repeats the one above it."""
    for step in steps:
        if not step.column.fill_down:
            continue
        last = ""
        for row in rows:
            if step.index < len(row.cells):
                last = row.cells[step.index] or last
                row.cells[step.index] = last
