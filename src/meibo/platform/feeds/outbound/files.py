"""Rows of cells → the bytes of a file. The same rows and layout always give the same bytes."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime

import xlsxwriter

from meibo.platform.feeds.outbound.cells import JOINT
from meibo.platform.feeds.outbound.layout import Layout

Rows = Sequence[Sequence[str]]
_AGAIN = re.compile(r"#\d+$")
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""A workbook says when it was made; ours must not, or no two of them would be the same."""


def build(layout: Layout, rows: Rows, closing: Sequence[str] = ()) -> bytes:
    """The file. `closing`: the record with the totals, where the layout has one."""
    last = [[layout.trailer, *closing]] if layout.trailer else []
    match layout.format:
        case "xlsx":
            return _workbook(layout, rows, last)
        case "json":
            return _json(layout, rows, closing)
        case "fixed":
            return _fixed(layout, rows, last)
        case _:
            return _delimited(layout, rows, last)


def _delimited(layout: Layout, rows: Rows, last: Rows) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(
        out,
        delimiter=layout.delimiter,
        lineterminator=layout.line_end,
        quoting=csv.QUOTE_ALL if layout.quote else csv.QUOTE_MINIMAL,
    )
    writer.writerows(_header(layout))
    writer.writerows(rows)
    writer.writerows(last)
    return out.getvalue().encode(layout.encoding)


def _header(layout: Layout) -> list[list[str]]:
    """One row, or two where headers are written over parts (氏名／漢字)."""
    if layout.header_rows < 2:
        return [list(layout.headers)]
    names = [_AGAIN.sub("", header) for header in layout.headers]
    parts = [name.partition(JOINT) for name in names]
    return [[above for above, _, _ in parts], [below for _, _, below in parts]]


def _fixed(layout: Layout, rows: Rows, last: Rows) -> bytes:
    end = layout.line_end.encode()

    def padded(text: str, width: int) -> bytes:
        return text.encode(layout.encoding).ljust(width, b" ")

    lines = [b"".join(map(padded, row, layout.widths)) for row in rows]
    lines += [" ".join(row).encode(layout.encoding) for row in last]
    return b"".join(line + end for line in lines)


def _json(layout: Layout, rows: Rows, closing: Sequence[str]) -> bytes:
    content = {
        "title": layout.title,
        "totals": list(closing),
        "rows": [dict(zip(layout.headers, row, strict=True)) for row in rows],
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode() + b"\n"


def _workbook(layout: Layout, rows: Rows, last: Rows) -> bytes:
    """Every cell is text: no formula, no link, no lost zero."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"created": _LONG_AGO})
        sheet = book.add_worksheet(layout.sheet or "名簿")
        above = [[layout.title]] if layout.title else []
        for place, row in enumerate([*above, *_header(layout), *rows, *last]):
            for column, cell in enumerate(row):
                if cell:
                    sheet.write_string(place, column, cell)
        sheet.freeze_panes(len(above) + layout.header_rows, 1)
    return out.getvalue()
