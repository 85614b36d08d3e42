"""What a package says of the house: code tables, units, duties, reorganisations."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date, datetime

from meibo.apps.personnel.actions.intake.desk import Desk, midnight
from meibo.domain.book import OPEN, Effect, Line, Succession, SuccessionTable
from meibo.ledger.writer import UNIT, NewCode
from meibo.platform import town

ALWAYS = date(1900, 1, 1)
"""From when a unit counts whose file states no beginning."""
_UNIT_FIELDS = (
    *("name", "short", "parent", "level", "phone", "fax", "mail", "building", "floor"),
    "branch",
)


def take_codes(desk: Desk) -> None:
    """Code tables, with the order and grade of posts; a post that leads a unit is marked."""
    heads = town.words("head_post")
    for table, rows in desk.package.tables.items():
        for rank, row in enumerate(sorted(rows.values(), key=lambda r: r.code), 1):
            extra: dict[str, object] = {}
            if row.grade is not None:
                extra["grade"] = row.grade
            if table == "post" and row.name in heads:
                extra["head"] = True
            new = NewCode(table, row.code, row.name, rank, json.dumps(extra, sort_keys=True))
            desk.batch.codes.append(new)
    _take_gaiji(desk)


def _take_gaiji(desk: Desk) -> None:
    """外字 with their 代替文字: what goes out again is written by the same table."""
    for rank, record in enumerate(desk.package.records.get("gaiji", []), 1):
        v = record.values
        extra = {"substitute": v["substitute"]} if v["substitute"] else {}
        text = json.dumps(extra, ensure_ascii=False)
        desk.batch.codes.append(NewCode("gaiji", v["code"], v["unicode"], rank, text))


def take_units(desk: Desk, recorded: datetime) -> None:
    """Units and their duties, each value for as long as the file says."""
    periods: dict[tuple[str, str], list[tuple[date, date, str]]] = defaultdict(list)
    for record in desk.package.records.get("units", []):
        v = record.values
        for name in _UNIT_FIELDS:
            value = v.get(name)
            if value is not None and value != "":
                text = ("1" if value else "0") if isinstance(value, bool) else str(value)
                periods[str(v["code"]), name].append(
                    (v["starts"] or ALWAYS, v["ends"] or OPEN, text)
                )
    for record in desk.package.records.get("duties", []):
        v = record.values
        name = f"duty:{int(str(v['line_no'] or 0)):03d}"
        periods[str(v["unit"]), name].append(
            (v["starts"] or ALWAYS, v["ends"] or OPEN, str(v["text"]))
        )
    for (code, name), parts in periods.items():
        for starts, ends, value in _joined(parts):
            desk.file(UNIT + code, name, value, starts, recorded, ends)


def _joined(parts: list[tuple[date, date, str]]) -> list[tuple[date, date, str]]:
    """Periods of one value that touch are one."""
    joined: list[tuple[date, date, str]] = []
    for starts, ends, value in sorted(parts):
        if joined and joined[-1][1] >= starts and joined[-1][2] == value:
            joined[-1] = (joined[-1][0], max(ends, joined[-1][1]), value)
        else:
            joined.append((starts, ends, value))
    return joined


def take_successions(desk: Desk, recorded: datetime) -> None:
    """One line for the whole house a day of reorganisation."""
    by_day: dict[date, list[Succession]] = defaultdict(list)
    for record in desk.package.records.get("successions", []):
        v = record.values
        term = desk.definition.successions.get(str(v["kind"]))
        follows = bool(term and term.follows)
        row = Succession(v["old"] or "", v["new"] or "", str(v["kind"]), follows)
        by_day[v["day"]].append(row)
    for day, rows in sorted(by_day.items()):
        table = SuccessionTable(r for r in rows if r.old != r.new)
        line = Line(0, day, recorded, Effect.REMAP, wording="組織改正", successions=table)
        desk.order(line, desk.source("reorganisation", day.isoformat()))


def first_base(desk: Desk) -> date | None:
    """基準日 of the oldest master in the package."""
    return min((r.base for r in desk.package.records.get("master", []) if r.base), default=None)


def house_recorded(desk: Desk) -> datetime:
    """When the package's tables were known: with its oldest master, never later than now."""
    base = first_base(desk)
    return min(midnight(base), desk.now) if base else desk.now
