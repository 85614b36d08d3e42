"""What a person settled about rows before they are read: left out, or a cell written otherwise.

Files are never changed; rows are, between reading and understanding them. An amendment names the
content it was made for, so that it does nothing to a row that has moved or was mended meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from meibo.platform.feeds.reading.rows import RawRow
from meibo.platform.feeds.reading.source import Source


@dataclass(frozen=True, slots=True)
class Amendment:
    """One row of one file. `leaves_out`: the row is not read. Otherwise the cell under `column`
    reads `value` instead of `instead_of`."""

    file: str
    record: int
    leaves_out: bool = False
    column: str = ""
    value: str = ""
    instead_of: str = ""


Amendments = Mapping[tuple[str, int], list[Amendment]]
NONE: Amendments = {}


def by_row(amendments: Iterable[Amendment]) -> Amendments:
    """Amendments by file and row."""
    found: dict[tuple[str, int], list[Amendment]] = {}
    for each in amendments:
        found.setdefault((each.file, each.record), []).append(each)
    return found


def amend(source: Source, amendments: Amendments) -> int:
    """Apply what was settled to the rows of a source; how many rows are left out."""
    if not amendments:
        return 0
    kept: list[RawRow] = []
    for row in source.rows:
        own = amendments.get((source.file, row.number), ())
        if any(each.leaves_out for each in own):
            continue
        for each in own:
            _write(source, row, each)
        kept.append(row)
    left = len(source.rows) - len(kept)
    source.rows = kept
    return left


def _write(source: Source, row: RawRow, amendment: Amendment) -> None:
    """Write a cell otherwise, unless it holds something else than what was settled."""
    if row.broken or amendment.column not in source.header:
        return
    index = source.header.index(amendment.column)
    if index < len(row.cells) and row.cells[index] == amendment.instead_of:
        row.cells[index] = amendment.value
