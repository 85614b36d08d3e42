"""One file or sheet of the feed, read: its rows, and the place of each field in them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from python_calamine import CalamineWorkbook

from meibo.domain.calendar import parse_date
from meibo.domain.findings import Finding, Severity
from meibo.platform.feeds.definition.kinds import Role
from meibo.platform.feeds.definition.model import Column, FileSpec
from meibo.platform.feeds.flaws import Flaw, Place, told
from meibo.platform.feeds.reading.decode import decode
from meibo.platform.feeds.reading.delimited import fit, read_delimited
from meibo.platform.feeds.reading.folder import Found
from meibo.platform.feeds.reading.headers import SEARCHED, Header, find_header, positions
from meibo.platform.feeds.reading.rows import RawRow
from meibo.platform.feeds.reading.shaped import SHAPED, read_shaped
from meibo.platform.feeds.reading.sparing import END, Spared, fit_all, spare
from meibo.platform.feeds.reading.workbook import (
    Sheet,
    UnreadableError,
    hidden_sheets,
    open_workbook,
    read_sheet,
)
from meibo.platform.feeds.recall import Recall

TITLE_DAY = re.compile(
    r"(?:(?:明治|大正|昭和|平成|令和)\s*(?:元|\d{1,2})|\d{4})年\d{1,2}月\d{1,2}日"
)


@dataclass(slots=True)
class Source:
    """What one file or sheet delivers. `places`: field → index of its cell; -1 if not there.

    `spared`: rows that were not read because they are known; `kept`: findings that were told of the
    file before, where nothing of it was read.
    """

    file: str
    spec: FileSpec
    base: date | None
    titles: list[str] = field(default_factory=list)
    header: tuple[str, ...] = ()
    places: dict[str, int] = field(default_factory=dict)
    rows: list[RawRow] = field(default_factory=list)
    flaws: list[tuple[str, Flaw]] = field(default_factory=list)
    first: bytes | None = None  # the line of the header, where lines can be known again
    spared: Spared = field(default_factory=Spared)
    kept: list[Finding] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many records there are, read or not."""
        return len(self.rows) + len(self.spared.lines)

    def columns(self) -> list[tuple[Column, int]]:
        """The columns that are there, with their places."""
        return [(c, self.places[c.name]) for c in self.spec.columns if c.name in self.places]

    def header_of(self, name: str) -> str:
        """The header of a field as the file has it."""
        index = self.places.get(name)
        return self.header[index] if index is not None else ""

    def findings(self) -> list[Finding]:
        """What was wrong with the file as a whole."""
        return [told(flaw, Place(self.file, column=column)) for column, flaw in self.flaws]


MOST_BYTES = 512 << 20
"""No export of a municipality is larger: 100,000 people make some 50 MB."""


class Reader:
    """Reads found files; a workbook of several sheets is opened once."""

    def __init__(self, recall: Recall | None = None) -> None:
        self._books: dict[str, CalamineWorkbook] = {}
        self._recall = recall  # of the master, if it can be read in part

    def read(self, found: Found, sheets: frozenset[str]) -> Source:
        """The source of one found file. `sheets`: all that the definition names in this file."""
        source = Source(found.name, found.spec, found.base)
        try:
            if found.spec.format == "xlsx":
                self._workbook(source, found, sheets)
            elif found.spec.format in SHAPED:
                rows = read_shaped(_bytes(found.path), found.spec)
                _sheet(source, Sheet(rows, rows[:SEARCHED]))
            else:
                self._delimited(source, _bytes(found.path))
        except UnreadableError as error:
            source.flaws.append(("", Flaw("file-unreadable", {"why": str(error)})))
        except OSError as error:
            source.flaws.append(("", Flaw("file-unreadable", {"why": error.strerror or "入出力"})))
        if source.base is None and source.spec.base_from == "title":
            source.base = _title_day(source.titles)
        if any(c.needed and c.name not in source.places for c in source.spec.columns):
            source.rows.clear()  # told with the columns
        elif source.header and not source.count:
            source.flaws.append(("", Flaw("file-no-rows")))
        if source.rows and source.base is None and source.spec.role is Role.MASTER:
            source.flaws.append(("", Flaw("file-base")))
            source.rows.clear()
        return source

    def _delimited(self, source: Source, data: bytes) -> None:
        known = self._recall if source.spec.role is Role.MASTER else None
        if known is None or not _in_part(source, data, known):
            _delimited(source, data)

    def _workbook(self, source: Source, found: Found, sheets: frozenset[str]) -> None:
        first = found.name not in self._books
        if first:
            self._books[found.name] = open_workbook(_bytes(found.path))
        book = self._books[found.name]
        if first:
            hidden = hidden_sheets(book, sheets)
            source.flaws += [("", Flaw("sheet-hidden", {"sheet": name})) for name in hidden]
        sheet = read_sheet(book, found.spec)
        if sheet is None:
            source.flaws.append(("", Flaw("sheet-missing", {"sheet": found.spec.sheet})))
            return
        _sheet(source, sheet)


def _bytes(path: Path) -> bytes:
    """A file, unless it is larger than any export of a municipality. Raises UnreadableError."""
    if path.stat().st_size > MOST_BYTES:
        raise UnreadableError(f"{MOST_BYTES >> 20}MBを超えている")
    return path.read_bytes()


def _title_day(titles: list[str]) -> date | None:
    """The first day that the lines above the header name (令和8年11月1日現在)."""
    for found in TITLE_DAY.findall("\n".join(titles)):
        day = parse_date(found)
        if isinstance(day, date):
            return day
    return None


_BOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How workbooks begin: XLSX (a ZIP archive), XLS."""


def _delimited(source: Source, data: bytes) -> None:
    spec = source.spec
    if data.startswith(_BOOKS):
        raise UnreadableError("中身が CSV でなく Excel ブック")
    if not data.strip(b"\x00\x1a\r\n\t ").removeprefix(b"\xef\xbb\xbf"):
        source.flaws.append(("", Flaw("file-empty")))
        return
    decoded = decode(data, spec.encoding, frozenset(c.header for c in spec.columns))
    source.flaws += [("", flaw) for flaw in decoded.flaws]
    read = read_delimited(decoded.text, spec.delimiter, spec.line_end)
    source.flaws += [("", flaw) for flaw in read.flaws]
    rows = read.rows
    cells = [row.cells for row in rows]
    header = _headed(source, cells)
    if header is None:
        source.flaws = source.flaws[-1:]  # of what is no such file its form tells nothing
        return
    below = header.first + header.rows
    source.flaws += [("", flaw) for row in rows[:below] for flaw in row.flaws]
    data_rows = _closed(source, rows[below:])
    _keep(source, data_rows, cells[header.first : below])
    for row in source.rows:
        fit(row, len(header.names), last=row is data_rows[-1])
    if spec.role is Role.MASTER and below == 1:
        _keep_lines(source, data, read.lines)


def _keep_lines(source: Source, data: bytes, count: int) -> None:
    """Leave each row the bytes of its line, so that it can be known again."""
    lines = data.split(END)
    if any(flaw.code == "encoding" for _, flaw in source.flaws):
        return
    if len(lines) - (not lines[-1].strip(b"\x1a\n ")) != count:
        return  # something stands behind the end of the text
    source.first = lines[0]
    for row in source.rows:
        if row.line >= 0 and not row.broken:
            row.raw = END.join(lines[row.line : row.line + row.span])


def _in_part(source: Source, data: bytes, recall: Recall) -> bool:
    """Read only what is new of a master; False where it has to be read whole."""
    base = source.base
    sparing = spare(data, source.spec, recall, base.toordinal()) if base else None
    if sparing is None:
        return False
    titles, *rows = sparing.rows
    header = _headed(source, [titles.cells])
    if header is None or source.flaws:
        source.flaws.clear()
        return False
    source.flaws += [("", flaw) for flaw in [*sparing.flaws, *titles.flaws]]
    source.first, source.spared = recall.header, sparing.spared
    if any(row.cells == titles.cells for row in rows):
        return _whole_again(source)
    source.rows = rows
    fit_all(rows, len(header.names))
    return True


def _whole_again(source: Source) -> bool:
    """Forget what was read in part."""
    source.flaws.clear()
    source.spared = Spared()
    return False


def _sheet(source: Source, sheet: Sheet) -> None:
    header = _headed(source, sheet.top)
    if header is None:
        return
    below = header.first + header.rows
    rows = [RawRow(0, row) for row in sheet.rows[below:] if any(cell.strip() for cell in row)]
    _keep(source, _closed(source, rows), sheet.rows[header.first : below])


_CUT = "ファイルが途中で切れていないかを確かめ、出力し直してもらってください。"


def _closed(source: Source, rows: list[RawRow]) -> list[RawRow]:
    """The rows without the closing record that states how many there are."""
    mark = source.spec.trailer
    last = rows[-1].cells if rows and mark else []
    if not last:
        return rows
    if last[0].strip() != mark:
        if source.spec.format != "json":
            message = f"件数を書いた終わりの行（{mark}）がありません。"
            source.flaws.append(("", Flaw("trailer-count", {}, Severity.CONFIRM, message, _CUT)))
        return rows
    stated = last[1].strip() if len(last) > 1 else ""
    if stated != str(len(rows) - 1):
        message = f"終わりの行の件数（{stated}）が、実際の件数（{len(rows) - 1}）と違います。"
        source.flaws.append(("", Flaw("trailer-count", {}, Severity.CONFIRM, message, _CUT)))
    return rows[:-1]


def _headed(source: Source, rows: list[list[str]]) -> Header | None:
    """Find the header and put it into the source; a finding where there is none."""
    header = find_header(rows, source.spec)
    if header is None:
        expected = "、".join(column.header for column in source.spec.columns[:5])
        source.flaws.append(("", Flaw("header-missing", {"columns": expected})))
        return None
    source.titles = ["".join(cells) for cells in rows[: header.first]]
    source.header = header.names
    source.places, flaws = positions(header, source.spec)
    source.flaws += flaws
    return header


def _keep(source: Source, rows: list[RawRow], header_rows: list[list[str]]) -> None:
    """Number the records; headers that are printed again on each page are none."""
    kept = [row for row in rows if row.cells not in header_rows]
    if len(kept) < len(rows):
        again = (len(rows) - len(kept)) // len(header_rows)
        source.flaws.append(("", Flaw("header-repeated", {"count": again})))
    for number, row in enumerate(kept, 1):
        row.number = number
    source.rows = kept
