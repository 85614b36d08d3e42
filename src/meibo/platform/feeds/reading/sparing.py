"""Bytes of a master → the lines that have to be read; the others are known.

Line ends, commas and quotation marks are single bytes of their own in CP932 and UTF-8, so lines can
be told apart before anything is decoded; a record that takes several is looked for as a whole.
Whenever a line that is read might reach into one that is not (quotation marks that do not close,
another encoding), nothing is spared: `None`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby, islice

from meibo.domain.findings import Finding
from meibo.platform.feeds.definition.model import FileSpec
from meibo.platform.feeds.flaws import Flaw
from meibo.platform.feeds.reading.decode import decode
from meibo.platform.feeds.reading.delimited import ENDS, fit, read_part
from meibo.platform.feeds.reading.rows import RawRow
from meibo.platform.feeds.recall import Recall

END = b"\r\n"
_MOST = 100  # lines of one record
_FORMATS = frozenset({"csv", "tsv"})
_ENCODINGS = frozenset({"cp932", "utf-8"})


@dataclass(slots=True)
class Spared:
    """Lines that were not read: staff number → record and line. `told`: what reading them told."""

    lines: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    encoding: str = "cp932"
    delimiter: str = ","
    told: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict)

    def findings(self, file: str) -> list[tuple[int, list[Finding]]]:
        """What was told of lines that were not read, as of this file; record by record."""
        return [
            (
                self.lines[number][0],
                [replace(f, file=file, record=self.lines[number][0]) for f in told],
            )
            for number, told in self.told.items()
            if number in self.lines
        ]

    def take_back(self, numbers: Iterable[str]) -> list[RawRow]:
        """Rows of these people, read after all."""
        rows = []
        for number in numbers:
            record, line = self.lines.pop(number)
            part = read_part(line.decode(self.encoding) + "\r\n", self.delimiter, 0)
            if part is None:
                raise ValueError("a line that was known can't be read")
            row = part[0][0]
            row.number, row.raw = record, line
            rows.append(row)
        return rows

    def like(self, written: bytes) -> list[str]:
        """Staff numbers of lines in which these bytes occur."""
        return [number for number, (_, line) in self.lines.items() if written in line]


@dataclass(slots=True)
class Sparing:
    """A file of which only a part was read; the header is the first of `rows`."""

    rows: list[RawRow]
    spared: Spared
    flaws: list[Flaw]


@dataclass(slots=True)
class _Place:
    """Where reading stands: records and lines before the next part."""

    records: int = -1  # the header is none
    lines: int = 0


def can_spare(spec: FileSpec) -> bool:
    """Whether files of this kind can be read in part."""
    return (
        spec.format in _FORMATS
        and spec.encoding in _ENCODINGS
        and spec.skip_rows is None
        and not spec.trailer
        and spec.header_rows == 1
        and ENDS.get(spec.line_end, "\r\n") == "\r\n"
        and any(not column.header.isascii() for column in spec.columns)
        and not any(column.fill_down for column in spec.columns)
    )


def spare(data: bytes, spec: FileSpec, recall: Recall, day: int) -> Sparing | None:
    """Read what is new in `data`. `day`: the ordinal of the file's 基準日.

    None where the file must be read whole: it is not as it was, or too little of it is known.
    """
    lines = data.split(END)
    if lines[0] != recall.header:
        return None
    lines, places = _places(lines, recall, day)
    if 2 * sum(place is not None for place in places) <= len(lines):
        return None
    fresh = [line for line, place in zip(lines, places, strict=True) if place is None]
    decoded = decode(END.join(fresh), spec.encoding, frozenset(c.header for c in spec.columns))
    if any(flaw.code == "encoding" for flaw in decoded.flaws):
        return None
    spared = Spared({}, spec.encoding, spec.delimiter, recall.told)
    sparing = Sparing([], spared, list(decoded.flaws))
    texts = iter(decoded.text.split("\r\n"))
    return sparing if _gather(sparing, lines, places, texts, recall) else None


def _places(lines: list[bytes], recall: Recall, day: int) -> tuple[list[bytes], list[int | None]]:
    """Of each line, which known one it is; none for lines that occur twice or are out of date. The
    lines of a known record that takes several are one."""
    places: list[int | None] = list(map(recall.places.get, recall.digest(lines)))
    for start, stop in _open(lines, places):  # from behind, so that places stay what they are
        whole = END.join(lines[start:stop])
        [place] = map(recall.places.get, recall.digest([whole]))
        if place is not None:
            lines[start:stop], places[start:stop] = [whole], [place]
    barred = recall.out_of_date(day)
    found = [place for place in places if place is not None]
    if len(set(found)) != len(found):
        seen: set[int] = set()
        for place in found:
            (barred if place in seen else seen).add(place)
    known = [None if place in barred else place for place in places] if barred else places
    return lines, known


def _open(lines: list[bytes], places: list[int | None]) -> list[tuple[int, int]]:
    """Where an unknown line leaves quotation marks open, and behind the unknown line that closes
    them; the last first."""
    found, stop = [], 0
    for start, place in enumerate(places):
        if place is not None or start < stop or not _odd(lines[start]):
            continue
        for at in range(start + 1, min(start + _MOST, len(lines))):
            if places[at] is not None:
                break
            if _odd(lines[at]):
                stop = at + 1
                found.append((start, stop))
                break
    return found[::-1]


def _odd(line: bytes) -> bool:
    return line.count(b'"') % 2 == 1


def _gather(
    sparing: Sparing,
    lines: list[bytes],
    places: list[int | None],
    texts: Iterator[str],
    recall: Recall,
) -> bool:
    """Walk through the file; False where a part can't be read by itself."""
    at, blanks, width = _Place(), 0, 0
    last = len(lines)
    for start, stop, known in _runs(places):
        own = lines[start:stop]
        if known:
            names = [recall.numbers[place] for place in places[start:stop] if place is not None]
            records = range(at.records + 1, at.records + 1 + len(own))
            sparing.spared.lines.update(zip(names, zip(records, own, strict=True), strict=True))
            at.records += len(own)
            at.lines += len(own)
            continue
        end = "" if at.lines + len(own) == last else "\r\n"
        text = "\r\n".join(islice(texts, len(own))) + end
        part = read_part(text, sparing.spared.delimiter, width) if text else ([], 0)
        if part is None:
            return False
        blanks += part[1]
        _number(sparing, part[0], own, at)
        width = width or len(sparing.rows[0].cells)
        at.lines += len(own)
    if blanks:
        sparing.flaws.append(Flaw("blank-line", {"count": blanks}))
    return True


def _runs(places: list[int | None]) -> Iterator[tuple[int, int, bool]]:
    """Lines in a row that are all known, or all not: the first, behind the last, which of it."""
    start, fresh = 0, [at for at, place in enumerate(places) if place is None]
    for _, group in groupby(enumerate(fresh), lambda pair: pair[1] - pair[0]):
        own = [at for _, at in group]
        if start < own[0]:
            yield start, own[0], True
        yield own[0], own[-1] + 1, False
        start = own[-1] + 1
    if start < len(places):
        yield start, len(places), True


def _number(sparing: Sparing, rows: list[RawRow], own: list[bytes], at: _Place) -> None:
    """Give the rows of a part their place in the whole file."""
    for row in rows:
        at.records += 1
        row.number = at.records
        if row.line >= 0 and row.line + row.span <= len(own):
            row.raw = END.join(own[row.line : row.line + row.span])
    sparing.rows += rows


def fit_all(rows: list[RawRow], width: int) -> None:
    """Hold every row against the header; only the last row of a file can lack its line end."""
    for row in rows:
        fit(row, width, last=row is rows[-1])
