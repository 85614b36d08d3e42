"""A table that somebody pasted or uploaded → rows of text. The same reader for both."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime

from python_calamine import SheetVisibleEnum

from meibo.domain.checking.tables import HEADERS, text_table
from meibo.platform.feeds.reading.decode import decode
from meibo.platform.feeds.reading.workbook import UnreadableError, open_workbook

_WORKBOOK = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How workbooks begin: XLSX, and the XLS of old."""
_OTHERS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


class TableError(ValueError):
    """What was uploaded is no table; the message says why and what to do."""


def pasted(text: str) -> list[list[str]]:
    """A table from the clipboard."""
    return text_table(text)


def uploaded(data: bytes) -> list[list[str]]:
    """A table from a file: the first visible sheet of a workbook, or CSV or tab-separated text in
    whichever encoding. Raises TableError."""
    if data.startswith(_WORKBOOK):
        return _sheet(data)
    if data.startswith(_OTHERS) or (b"\0" in data and not data.startswith(_UTF16)):
        raise TableError(
            "Excel ブックでも CSV でもないファイルです。PDF や写真は読めません。"
            "表を Excel ブックか CSV で保存して、選び直してください。"
        )
    text = decode(data, "utf-8", frozenset(HEADERS)).text
    if "\t" in text.partition("\n")[0]:
        return text_table(text)
    try:
        return [row for row in csv.reader(io.StringIO(text)) if row]
    except csv.Error as error:
        raise TableError("CSV として読めません。Excel で開いて保存し直してください。") from error


def _sheet(data: bytes) -> list[list[str]]:
    try:
        book = open_workbook(data)
    except UnreadableError as error:
        raise TableError(f"ブックを開けません（{error}）。") from error
    for sheet in book.sheets_metadata:
        if sheet.visible is SheetVisibleEnum.Visible:
            rows = book.get_sheet_by_name(sheet.name).to_python()
            return [[_text(cell) for cell in row] for row in rows]
    raise TableError("見えるシートがありません。")


def _text(cell: object) -> str:
    """A cell as a person would type it."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else str(cell)
