"""A sheet of an XLSX workbook → rows of text.

Cells are told as a person would type them: whole numbers without `.0`, dates as 2027-04-01. Only
text is indented in the sense of this product; an indent set as a cell's style is not in the text.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetVisibleEnum,
    XmlError,
    ZipError,
)

from meibo.platform.feeds.definition.model import FileSpec
from meibo.platform.feeds.reading.headers import SEARCHED

#: A workbook unpacked: never more bytes than this, nor so many times its packed size.
MOST_BYTES, MOST_TIMES, LEAST_SUSPECT, MOST_ENTRIES = 1 << 30, 200, 64 << 20, 10_000
Cell = int | float | str | bool | date | time | timedelta


class UnreadableError(Exception):
    """The workbook cannot be opened; the message says why, in Japanese."""


def open_workbook(data: bytes) -> CalamineWorkbook:
    """The workbook in `data`. Raises UnreadableError."""
    _bounded(data)
    try:
        return CalamineWorkbook.from_filelike(BytesIO(data))
    except PasswordError as error:
        raise UnreadableError("パスワードが付いている") from error
    except (CalamineError, ZipError, XmlError, OSError) as error:
        raise UnreadableError("Excel ブックとして読めない") from error


def _bounded(data: bytes) -> None:
    """Refuse what would fill the memory when unpacked, before it is (zip bombs)."""
    try:
        with ZipFile(BytesIO(data)) as packed:
            entries = packed.infolist()
            size = sum(entry.file_size for entry in entries)
    except BadZipFile:
        return  # no workbook of this kind; calamine says what it is
    if (
        len(entries) > MOST_ENTRIES
        or size > MOST_BYTES
        or (size > LEAST_SUSPECT and size > len(data) * MOST_TIMES)
    ):
        raise UnreadableError("展開すると大きくなりすぎる")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a sheet, and its top with merged cells spread for reading the header."""

    rows: list[list[str]]
    top: list[list[str]]


def read_sheet(book: CalamineWorkbook, spec: FileSpec) -> Sheet | None:
    """The sheet that the definition names, else the first visible one; None if there is none.

    Of a cell merged downwards every row carries the text; one merged sideways is spread only for
    the header, because in a record it would put a value into columns where it does not belong.
    """
    visible = [s.name for s in book.sheets_metadata if s.visible is SheetVisibleEnum.Visible]
    name = spec.sheet or next(iter(visible), "")
    if name not in book.sheet_names:
        return None
    sheet = book.get_sheet_by_name(name)
    rows = [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    top = [list(row) for row in rows[:SEARCHED]]
    _unmerge(top, sheet, sideways=True)
    _unmerge(rows, sheet, sideways=False)
    return Sheet(rows, top)


def hidden_sheets(book: CalamineWorkbook, named: frozenset[str]) -> list[str]:
    """Sheets that cannot be seen and that no file of the definition names."""
    return [
        s.name
        for s in book.sheets_metadata
        if s.visible is not SheetVisibleEnum.Visible and s.name not in named
    ]


def _unmerge(rows: list[list[str]], sheet: CalamineSheet, *, sideways: bool) -> None:
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or []:
        if top >= len(rows) or left >= len(rows[top]):
            continue
        text = rows[top][left]
        for row in rows[top : bottom + 1]:
            for index in range(left, min((right if sideways else left) + 1, len(row))):
                row[index] = text


def _text(cell: Cell) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)
