"""Delimited text (CSV, TSV) → rows, one broken line at a time.

A line break between quotation marks is part of the value. Where quotation marks do not match, the
record is given up at its first line and reading goes on at the next, so that one broken line never
swallows those after it.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from meibo.platform.feeds.flaws import Flaw
from meibo.platform.feeds.reading.decode import LOST
from meibo.platform.feeds.reading.rows import RawRow

ENDS = {"crlf": "\r\n", "lf": "\n"}
_END_NAMES = {"\r\n": "CRLF", "\n": "LF", "\r": "CR"}
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|$)")


class Lines:
    """Physical lines with their ends, and the place where reading stands."""

    def __init__(self, text: str) -> None:
        self.lines: list[str] = [line for line in _LINE.findall(text) if line]
        self.at = 0
        closed = (line.endswith("\r\n") for line in self.lines)
        self._before = list(accumulate(closed, initial=0))

    def count(self) -> int:
        """How many lines there are where CRLF alone parts them."""
        return self._before[-1] + (bool(self.lines) and not self._ends(len(self.lines)))

    def between(self, start: int, stop: int) -> tuple[int, int]:
        """Some lines in terms of those that CRLF parts: the first one and how many; -1 where they
        do not begin and end with one."""
        if not self._ends(start) or not (self._ends(stop) or stop == len(self.lines)):
            return -1, 1
        first = self._before[start]
        return first, self._before[stop] - first + (not self._ends(stop))

    def _ends(self, at: int) -> bool:
        """Whether CRLF, or nothing, stands before a line."""
        return at == 0 or self._before[at] > self._before[at - 1]

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self.at >= len(self.lines):
            raise StopIteration
        self.at += 1
        return self.lines[self.at - 1]

    @property
    def last(self) -> str:
        """The line read last."""
        return self.lines[self.at - 1]

    @property
    def last_end(self) -> str:
        """How the line read last ended; empty at the end of a file without a final line end."""
        return self.last[len(self.last.rstrip("\r\n")) :]


@dataclass(frozen=True, slots=True)
class Delimited:
    """Every record of a file, titles and header among them, and what held for all of it. `lines`:
    how many there are where CRLF parts them."""

    rows: list[RawRow]
    flaws: tuple[Flaw, ...]
    lines: int = 0


def read_delimited(text: str, delimiter: str, line_end: str) -> Delimited:
    """The records, numbered from 0. `line_end`: what the specification says, or nothing."""
    lines = Lines(text)
    flaws: list[Flaw] = []
    usual = _usual_end(lines)
    expected = ENDS.get(line_end, usual)
    if usual != expected:
        flaws.append(_other_end(expected, usual))
    rows, blank, suspect = _pass(lines, delimiter, usual, width=0)
    if suspect:
        width = Counter(len(row.cells) for row in rows).most_common(1)[0][0]
        rows, blank, _ = _pass(Lines(text), delimiter, usual, width)
    if blank:
        flaws.append(Flaw("blank-line", {"count": blank}))
    return Delimited(rows, tuple(flaws), lines.count())


def read_part(text: str, delimiter: str, width: int) -> tuple[list[RawRow], int] | None:
    """The records of a part of a file whose lines end in CRLF, and how many lines were blank.

    None where the part can't be understood without what is around it.
    """
    rows, blank, suspect = _pass(Lines(text), delimiter, "\r\n", width=0)
    width = width or (len(rows[0].cells) if rows else 0)
    torn = suspect and any(row.span > 1 and len(row.cells) != width for row in rows)
    return None if torn or any(_is(row, "row-quotes") for row in rows) else (rows, blank)


def _pass(
    lines: Lines, delimiter: str, expected: str, width: int
) -> tuple[list[RawRow], int, bool]:
    """One reading of all lines. With a `width`, records of several lines that miss it are given up.

    The last of the three: whether a record spans several lines and so might have swallowed some.
    """
    rows: list[RawRow] = []
    blank = 0
    suspect = False
    while lines.at < len(lines.lines):
        for start, cells, quotes in _records(lines, delimiter):
            if not cells:
                blank += 1
                continue
            several = lines.at - start > 1
            suspect = suspect or several
            if several and width and len(cells) != width:
                lines.at = start + 1
                rows.append(_given_up(lines, start, delimiter, len(rows)))
                break
            flaws = [Flaw("row-quotes")] if quotes else []
            line, span = (-1, 1) if quotes else lines.between(start, lines.at)
            rows.append(RawRow(len(rows), cells, flaws, line=line, span=span))
            _note_end(rows[-1], lines, expected)
    return rows, blank, suspect


def _records(lines: Lines, delimiter: str) -> Iterator[tuple[int, list[str], bool]]:
    """Where each record starts, its cells, and whether its quotation marks had to be mended."""
    while lines.at < len(lines.lines):
        start = lines.at
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        try:
            for cells in reader:
                yield start, cells, False
                start = lines.at
        except csv.Error:
            lines.at = start + 1
            yield start, _mended(lines.lines[start], delimiter), True


def _mended(line: str, delimiter: str) -> list[str]:
    """The cells of a line in which quotation marks inside a value were not doubled."""
    body = line.rstrip("\r\n")
    cells, rest = [], body + delimiter
    while rest:
        stop = rest.find(f'"{delimiter}', 1) if rest.startswith('"') else -1
        if stop > 0:
            cells.append(rest[1:stop].replace('""', '"'))
            rest = rest[stop + 1 + len(delimiter) :]
            continue
        cell, _, rest = rest.partition(delimiter)
        cells.append(cell.removeprefix('"'))
    return cells


def _given_up(lines: Lines, start: int, delimiter: str, number: int) -> RawRow:
    """A record whose quotation marks do not close: only its first line, not taken."""
    cells = _mended(lines.lines[start], delimiter)
    return RawRow(number, cells, [Flaw("row-merged")], broken=True)


def _note_end(row: RawRow, lines: Lines, expected: str) -> None:
    if lines.last.endswith(expected) and (expected != "\n" or not lines.last.endswith("\r\n")):
        return
    end = lines.last_end
    if not end:
        row.flaws.append(Flaw("row-tail"))
    elif end != expected:
        row.flaws.append(_other_end(expected, end))


def _other_end(expected: str, found: str) -> Flaw:
    words = {"declared": _END_NAMES[expected], "found": _END_NAMES[found]}
    return Flaw("line-end", words)


def _usual_end(lines: Lines) -> str:
    """The line end that most lines have."""
    ends = Counter(line[len(line.rstrip("\r\n")) :] for line in lines.lines)
    del ends[""]
    return ends.most_common(1)[0][0] if ends else "\n"


def fit(row: RawRow, width: int, *, last: bool) -> None:
    """Compare the number of cells with the header's; mend or give up the row."""
    found = len(row.cells)
    if row.broken or found == width:
        torn = _is(row, "row-quotes") or LOST in row.cells[-1]
        if last and not row.broken and torn and _is(row, "row-tail"):
            _break(row, "row-cut", found, width)
        return
    if found < width:
        _break(row, "row-cut" if last and _is(row, "row-tail") else "row-short", found, width)
    elif not any(cell.strip() for cell in row.cells[width:]):
        del row.cells[width:]
        row.flaws.append(Flaw("row-trailing"))
    else:
        _break(row, "row-long", found, width)


def _is(row: RawRow, code: str) -> bool:
    return any(flaw.code == code for flaw in row.flaws)


def _break(row: RawRow, code: str, found: int, expected: int) -> None:
    row.broken = True
    row.flaws = [Flaw(code, {"found": found, "expected": expected})]
