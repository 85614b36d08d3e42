"""The first rows of a file of which nothing is known yet."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from meibo.platform.feeds.definition.kinds import Role
from meibo.platform.feeds.definition.model import FileSpec
from meibo.platform.feeds.reading.decode import decode_as_found
from meibo.platform.feeds.reading.delimited import read_delimited
from meibo.platform.feeds.reading.workbook import UnreadableError, open_workbook, read_sheet

_ROWS = 500
_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Sampled:
    """A sample: how it is written, and its first rows."""

    name: str
    format: str
    encoding: str
    rows: list[list[str]]


def folded(header: str) -> str:
    """A header as it is compared: without blanks, in one width."""
    return "".join(unicodedata.normalize("NFKC", header).split()).lower()


def sampled(folder: Path) -> Iterator[Sampled]:
    """Every file of a folder that can be read."""
    for path in sorted(p for p in folder.iterdir() if p.is_file()):
        try:
            yield _workbook(path) if path.suffix.lower().startswith(".xls") else _text(path)
        except UnreadableError:
            continue


def _workbook(path: Path) -> Sampled:
    sheet = read_sheet(open_workbook(path.read_bytes()), FileSpec(Role.MASTER, path.name, ()))
    return Sampled(path.name, "xlsx", "", sheet.rows[:_ROWS] if sheet else [])


def _text(path: Path) -> Sampled:
    with path.open("rb") as file:
        data = file.read(_BYTES)
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise UnreadableError("Excel")
    if len(data) == _BYTES:
        data = data[: data.rfind(b"\n") + 1]
    encoding, text = decode_as_found(data, "utf-8", frozenset())
    first = text.partition("\n")[0]
    tabs = first.count("\t") > first.count(",")
    rows = [row.cells for row in read_delimited(text, "\t" if tabs else ",", "").rows[:_ROWS]]
    return Sampled(path.name, "tsv" if tabs else "csv", encoding, rows)
