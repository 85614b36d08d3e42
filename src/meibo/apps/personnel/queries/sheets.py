"""Cells of files that spreadsheets open."""

from __future__ import annotations

#: A spreadsheet runs a cell that begins so (OWASP, CSV injection). A blank before it does not help.
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def harmless(text: str) -> str:
    """The text with an apostrophe before what a spreadsheet would run."""
    return f"'{text}" if text.lstrip(" \u3000").startswith(_RUNS) else text
