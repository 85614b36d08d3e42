"""Rows on standard output, as JSON, CSV or a table; progress on standard error."""

from __future__ import annotations

import csv
import json
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

Row = Mapping[str, Any]
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def show_json(value: object) -> None:
    """One JSON value, alone on standard output."""
    print(json.dumps(value, ensure_ascii=False, default=str))


def show_rows(rows: Sequence[Row], columns: Mapping[str, str], form: str) -> None:
    """Rows as a CSV with every field, or as a table of `columns` (field → heading)."""
    if form == "csv":
        _csv(rows)
    else:
        _table(rows, columns)


def _csv(rows: Sequence[Row]) -> None:
    fields = list(dict.fromkeys(name for row in rows for name in row))
    out = csv.writer(sys.stdout, lineterminator="\r\n")
    out.writerow(fields)
    for row in rows:
        out.writerow([_safe(text(row.get(name))) for name in fields])


def _safe(cell: str) -> str:
    """A cell that a spreadsheet would run as a formula is marked as text."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def text(value: object) -> str:
    """A value in one cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "はい" if value else ""
    if isinstance(value, Mapping):
        return " ".join(text(v) for v in value.values() if v)
    if isinstance(value, list | tuple):
        plain = all(isinstance(v, str) for v in value)
        return (" " if plain else "、").join(text(v) for v in value)
    return str(value)


def _table(rows: Sequence[Row], columns: Mapping[str, str]) -> None:
    shown = {k: v for k, v in columns.items() if any(k in row for row in rows)} or columns
    cells = [list(shown.values()), *([text(row.get(k)) for k in shown] for row in rows)]
    widths = [max(_width(line[i]) for line in cells) for i in range(len(shown))]
    for line in cells:
        print("  ".join(_pad(c, w) for c, w in zip(line, widths, strict=True)).rstrip())


def _width(cell: str) -> int:
    """Columns on a terminal: a full-width character takes two, a variation selector none."""
    return sum(
        0
        if unicodedata.category(c) in ("Mn", "Cf")
        else 1 + (unicodedata.east_asian_width(c) in "WF")
        for c in cell
    )


def _pad(cell: str, width: int) -> str:
    return cell + " " * (width - _width(cell))


def tell(*lines: str) -> None:
    """Words for the person at the terminal."""
    for line in lines:
        print(line, file=sys.stderr, flush=True)


class Progress:
    """A line for each step, and how far it has got, on standard error."""

    def __init__(self) -> None:
        self._last = ""

    def __call__(self, what: str, done: int, total: int) -> None:
        text = f"{what} {done * 100 // max(total, 1)}%"
        if text == self._last:
            return
        self._last = text
        if sys.stderr.isatty():
            print(f"\r\033[K{text}", end="\n" if done >= total else "", file=sys.stderr, flush=True)
        elif done == 0 or done >= total:
            print(text, file=sys.stderr, flush=True)
