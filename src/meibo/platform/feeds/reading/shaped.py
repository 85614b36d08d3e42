"""Files that have no header of their own: fixed length and JSON → rows, the header first."""

from __future__ import annotations

import json

from meibo.platform.feeds.definition.model import FileSpec
from meibo.platform.feeds.reading.workbook import UnreadableError

SHAPED = frozenset({"fixed", "json"})
_ENDS = b"\r\n\x1a"


def read_shaped(data: bytes, spec: FileSpec) -> list[list[str]]:
    """The rows, with the header above them. Raises UnreadableError."""
    return _json(data, spec) if spec.format == "json" else _fixed(data, spec)


def _fixed(data: bytes, spec: FileSpec) -> list[list[str]]:
    """Records of one length, cut by bytes. No byte of a letter is a line end in these encodings."""
    header = [column.header for column in spec.columns]
    rows = [header]
    for line in data.split(b"\n"):
        record = line.strip(_ENDS)
        if not record:
            continue
        if spec.trailer and record.startswith(spec.trailer.encode(spec.encoding)):
            rows.append(record.decode(spec.encoding, "replace").split())
            continue
        rows.append(_cut(record, spec))
    return rows


def _cut(record: bytes, spec: FileSpec) -> list[str]:
    cells, start = [], 0
    for column in spec.columns:
        end = start + (column.bytes or 0)
        cells.append(record[start:end].decode(spec.encoding, "replace").rstrip(" "))
        start = end
    return cells


def _json(data: bytes, spec: FileSpec) -> list[list[str]]:
    """`{"rows": [{header: text}]}`, or the list alone."""
    try:
        content = json.loads(data.decode("utf-8-sig"))
    except ValueError as error:
        raise UnreadableError("JSON として読めない") from error
    found = content.get("rows") if isinstance(content, dict) else content
    if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
        raise UnreadableError("JSON の中に rows（行の並び）がない")
    there = {str(key) for row in found for key in row}
    header = [column.header for column in spec.columns if column.header in there]
    header += sorted(there - set(header))
    return [header, *([_text(row.get(name)) for name in header] for row in found)]


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    return "" if value is None else str(value)
