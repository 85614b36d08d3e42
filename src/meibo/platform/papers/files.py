"""Lists as files that other programs read."""

import csv
import io
from collections.abc import Iterable, Sequence

import xlsxwriter
from xlsxwriter.format import Format

from meibo.platform.papers.cells import Day, Number

#: A spreadsheet runs a cell that begins so (OWASP, CSV injection). A blank before it does not help.
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_WIDEST = 48
_TEXT = "@"


def harmless(text: str) -> str:
    """The text with an apostrophe before what a spreadsheet would run."""
    return f"'{text}" if text.lstrip(" \u3000").startswith(_RUNS) else text


def as_csv(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 with byte-order mark, by which Excel knows it; CRLF (RFC 4180)."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([harmless(head) for head in heads])
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """A workbook of one sheet. What the list calls a number or a day is one; every other cell is
    text: no formula, no link, no lost zero."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet(title)
        bold = book.add_format({"bold": True, "bg_color": "#F2F2F2", "bottom": 1})
        shapes = _Shapes(book)
        for column, head in enumerate(heads):
            sheet.write_string(0, column, head, bold)
            widest = max((_width(row[column]) for row in rows), default=0)
            sheet.set_column(column, column, min(max(widest, _width(head)) + 2, _WIDEST))
        for number, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                if isinstance(cell, Number):
                    sheet.write_number(number, column, cell.value, shapes[cell.shape])
                elif isinstance(cell, Day) and cell.value is not None:
                    sheet.write_datetime(number, column, cell.value, shapes[cell.shape])
                else:
                    sheet.write_string(number, column, cell, shapes[_TEXT])
        sheet.freeze_panes(1, 1)
        if heads:
            sheet.autofilter(0, 0, len(rows), len(heads) - 1)
    return out.getvalue()


class _Shapes(dict[str, Format]):
    """The formats of a workbook, each made when it is first wanted."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        super().__init__()
        self.book = book

    def __missing__(self, shape: str) -> Format:
        self[shape] = self.book.add_format({"num_format": shape, "valign": "top"})
        return self[shape]


def _width(text: str) -> int:
    """In half-width characters, as a spreadsheet counts the width of a column."""
    return sum(2 if ord(character) > 0xFF else 1 for character in text)
