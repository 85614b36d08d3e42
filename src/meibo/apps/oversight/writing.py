"""The log as a file."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable

from meibo.platform.audit.queries import Line

_HEADS = ("番号", "日時", "種類", "サインイン名", "接続元", "目的", "内容", "対象の人数", "対象")
_RUNS = ("=", "+", "-", "@", "\t", "\r")


def as_csv(lines: Iterable[Line]) -> bytes:
    """UTF-8 with byte-order mark, CRLF; nothing that a spreadsheet would run."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(_HEADS)
    for each in lines:
        detail = json.dumps(each.detail, ensure_ascii=False)
        row = [each.no, each.moment.isoformat(), each.label, each.actor, each.address]
        row += [each.purpose, detail, len(each.subjects), " ".join(each.subjects)]
        writer.writerow([_harmless(str(cell)) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_RUNS) else cell
