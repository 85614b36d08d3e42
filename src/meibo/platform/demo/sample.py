"""A package as the demo ward's payroll would send it: everyone as the roster has them, a few real
changes, some orders for the coming month, and mistakes of the kinds that such files have.

Read with `town/feeds/keyakino.toml`.
"""

from __future__ import annotations

import csv
import io
import json
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from meibo.domain.book import OPEN, fold, fold_filings, stretches
from meibo.ledger import books, house
from meibo.ledger.writer import UNIT
from meibo.platform.demo.sample_mistakes import Files, Row, spoil
from meibo.platform.demo.scribe import TOKYO

_SEATS = 4
"""Columns for posts held besides the main one."""
_TABLES = {
    "職名": "post",
    "職種": "job",
    "任用形態": "employment",
    "発令種別": "order_kind",
    "休職": "leave",
    "派遣": "dispatch",
}


@dataclass(frozen=True, slots=True)
class _Known:
    """Somebody as the books have them on a day."""

    number: str
    state: dict[str, Any]
    filed: dict[str, str]


def sample(*, now: datetime) -> dict[str, bytes]:
    """Name of file → content. Another one each time: its orders carry numbers of their own."""
    today = now.astimezone(TOKYO).date()
    shelf = books.shelf()
    stamp = f"{today:%Y%m%d}"
    staff = [_row(each) for each in _everyone(shelf, today)]
    files: Files = {f"けやき野_{name}.csv": _codes(table) for name, table in _TABLES.items()}
    files["けやき野_所属.csv"] = list(_units(shelf))
    files[f"けやき野_職員_{stamp}.csv"] = staff
    files[f"けやき野_発令_{stamp}.csv"] = []
    rng = random.Random(now.isoformat())  # nosec B311  # a story, not a secret
    spoil(files, stamp, today, f"{now.astimezone(TOKYO):%m%d%H%M}", rng)
    return {name: _written(rows) for name, rows in files.items()}


def _written(rows: list[Row]) -> bytes:
    """Everything between quotation marks, CRLF, UTF-8 with its mark: names have characters that
    CP932 has not."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]), quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def _codes(table: str) -> list[Row]:
    rows = house.codes().table(table).values()
    if table == "post":
        grades = {row.code: str(row.extra.get("grade") or "") for row in rows}
        return [{"コード": r.code, "名称": r.name, "級": grades[r.code]} for r in rows]
    return [{"コード": row.code, "名称": row.name} for row in rows]


def _units(shelf: books.Shelf) -> Iterator[Row]:
    for subject, filings in sorted(shelf.filings.items()):
        if not subject.startswith(UNIT):
            continue
        names = fold_filings([f for f in filings if f.field == "name"])
        for period in names:
            last = "" if period.ends == OPEN else _day(period.ends - timedelta(days=1))
            yield {
                "所属コード": subject.removeprefix(UNIT),
                "名称": period.value or "",
                "有効開始": _day(period.starts),
                "有効終了": last,
            }


def _everyone(shelf: books.Shelf, today: date) -> Iterator[_Known]:
    """Everybody in service, in the order of their numbers."""
    common = shelf.lines.get("", [])
    for number, person in sorted(shelf.numbers.items()):
        career = fold([*common, *shelf.lines.get(person, [])])
        pieces = stretches(career, [], frozenset())
        state = next((p.state for p in pieces if p.starts <= today < p.ends), None)
        if state is None or not state.get("unit"):
            continue
        periods = fold_filings(shelf.filings.get(person, []))
        filed = {p.field: p.value for p in periods if p.starts <= today < p.ends and p.value}
        yield _Known(number, state, filed)


def _row(known: _Known) -> Row:
    s, f = known.state, known.filed
    leave, sent = s.get("leave") or {}, s.get("dispatch") or {}
    phones = {each["kind"]: each["value"] for each in _listed(f.get("contacts"))}
    kin = next(iter(_listed(f.get("emergency"))), {})
    seats = _further(s.get("further") or [])
    return {
        "職員番号": known.number,
        "氏名": f.get("name", ""),
        "カナ": f.get("kana", ""),
        "旧姓使用": "1" if f.get("uses_maiden_name") else "0",
        "旧姓": f.get("maiden_name", ""),
        "旧姓カナ": f.get("maiden_kana", ""),
        "生年月日": _iso(f.get("birth_date")),
        "性別": {"M": "1", "F": "2"}.get(f.get("sex", ""), ""),
        "所属": str(s["unit"]),
        "職名": str(s.get("post") or ""),
        "職種": str(s.get("job") or ""),
        "級": str(s.get("grade") or ""),
        "任用形態": str(s.get("employment") or ""),
        "採用日": _iso(s.get("hired")),
        "現所属発令日": _iso(s.get("since")),
        "任期満了日": _iso(s.get("term_end")),
        **seats,
        "派遣": str(sent.get("reason") or "0"),
        "派遣先": str(sent.get("body") or ""),
        "休職": str(leave.get("reason") or "0"),
        "休職開始": _iso(leave.get("from")),
        "休職終了": _iso(leave.get("to")),
        "内線": f.get("extension", ""),
        "メール": f.get("mail", ""),
        "郵便番号": f.get("postcode", ""),
        "住所": f.get("address", ""),
        "携帯": phones.get("携帯", ""),
        "自宅電話": phones.get("自宅", ""),
        "緊急氏名": kin.get("name", ""),
        "緊急続柄": kin.get("relation", ""),
        "緊急電話": kin.get("phone", ""),
        "備考": f.get("note", ""),
    }


def _further(seats: list[dict[str, Any]]) -> Row:
    row: Row = {}
    for place in range(_SEATS):
        seat = seats[place] if place < len(seats) else {}
        row[f"兼務所属{place + 1}"] = str(seat.get("unit") or "")
        row[f"兼務職名{place + 1}"] = str(seat.get("post") or "")
    return row


def _listed(value: str | None) -> Iterable[dict[str, str]]:
    found = json.loads(value) if value else []
    return found if isinstance(found, list) else []


def _iso(value: object) -> str:
    return str(value).replace("-", "") if value else ""


def _day(day: date) -> str:
    return f"{day:%Y%m%d}"
