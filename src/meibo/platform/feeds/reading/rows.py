"""A row as read, before anything is understood, and what a file gives besides its rows."""

from __future__ import annotations

from dataclasses import dataclass, field

from meibo.platform.feeds.flaws import Flaw


@dataclass(slots=True)
class RawRow:
    """One data record: its number from 1 after the header, its cells, flaws of the whole row.

    `broken`: the cells cannot be trusted and the row is not taken. `line`: the place of its first
    line in the file, as CRLF parts lines, and `span` how many it takes; -1 where others share them.
    `raw`: the bytes of those lines, where they are kept.
    """

    number: int
    cells: list[str]
    flaws: list[Flaw] = field(default_factory=list)
    broken: bool = False
    line: int = -1
    span: int = 1
    raw: bytes | None = None


@dataclass(slots=True)
class RawTable:
    """What a file or a sheet holds: title lines above the header, the header, the rows."""

    titles: list[str]
    header: list[str]
    rows: list[RawRow]
    flaws: list[Flaw] = field(default_factory=list)
    column_flaws: list[tuple[str, Flaw]] = field(default_factory=list)
