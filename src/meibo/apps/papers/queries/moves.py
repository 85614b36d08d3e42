"""異動者名簿: who came, went and moved in a period, by rank, as a newspaper prints it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from meibo.apps.papers.queries.asked import Asked, Made, name
from meibo.domain import calendar
from meibo.ledger import house, reader
from meibo.ledger.reader import Change
from meibo.platform.papers.setting import Sheet
from meibo.platform.papers.tables import Column, Section, Table
from meibo.platform.papers.wording import joined

#: Grade that goes with a post → what the group is called.
_GROUPS = {6: "部長級", 5: "課長級", 4: "課長補佐級", 3: "係長級", 2: "主任級", 1: "主事級"}
_OTHERS = "その他の職"
_ENTER, _LEAVE = "採用", "退職"
#: Changes that a list of transfers tells of: the rest (leave, names, renewals) are not for it.
_TOLD = frozenset({"enter", "leave", "promote", "demote", "move", "add", "relieve"})


def moves(asked: Asked) -> Made:
    """The changes between the eve of the first day and the last day, as the viewer sees them."""
    first, last = asked.period()
    asked.progress("名簿を比べる", 0, 2)
    found = reader.changes(asked.viewer, first - timedelta(days=1), last)
    inside = _inside(asked, first - timedelta(days=1), last)
    found = [each for each in found if each.kind in _TOLD and _concerns(each, inside)]
    asked.progress("用紙を組む", 1, 2)
    groups: dict[str, list[dict[str, str]]] = {}
    grades = _grades()
    for change in found:
        groups.setdefault(_group(change, grades), []).append(_entry(change))
    order = [*_GROUPS.values(), _OTHERS, _ENTER, _LEAVE]
    parts = [{"heading": each, "entries": groups[each]} for each in order if each in groups]
    unit = asked.unit_name()
    period = (
        f"{calendar.wareki(first)}付け"
        if first == last
        else f"{calendar.wareki(first)}から{calendar.wareki(last)}まで"
    )
    title = " ".join(filter(None, (unit, "人事異動")))
    data = {"parts": parts, "period": period}
    table = _table(title, period, parts)
    people = len({change.id for change in found})
    return Made(Sheet("moves", title, data, asked.town), people, table)


def _table(title: str, period: str, parts: list[dict[str, Any]]) -> Table:
    columns = (
        *(Column("異動", 1), Column("新しい所属・職", 4), Column("氏名", 2)),
        Column("前の所属・職", 4),
    )
    sections = tuple(
        Section(part["heading"], [(e["kind"], e["new"], e["name"], e["old"]) for e in own])
        for part in parts
        if (own := part["entries"])
    )
    return Table(title, columns, sections, period, group="区分")


def _grades() -> Mapping[str, int]:
    """Post → the grade that goes with it, which everybody knows."""
    posts = house.codes().table("post").items()
    return {code: int(row.extra["grade"]) for code, row in posts if row.extra.get("grade")}


def _group(change: Change, grades: Mapping[str, int]) -> str:
    side = change.after or change.before or {}
    grade = grades.get(str(side.get("post_code")), 0)
    if change.kind == "leave":
        return _LEAVE
    # A head who comes from elsewhere is read among the heads.
    if change.kind == "enter" and grade < 3:
        return _ENTER
    return _GROUPS.get(grade, _OTHERS)


def _entry(change: Change) -> dict[str, str]:
    before, after = change.before or {}, change.after or {}
    if change.kind in {"add", "relieve"}:
        gone, new = _besides(before, after), _besides(after, before)
        return _words(change, "、".join(gone), "、".join(new))
    return _words(change, _stand(before), _stand(after))


def _words(change: Change, old: str, new: str) -> dict[str, str]:
    side = change.after or change.before or {}
    return {"kind": change.label, "name": name(side), "old": old, "new": new}


def _besides(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    """Posts held besides on one side and not on the other."""
    known = {(s["unit_code"], s["post"], s["kind"]) for s in other.get("concurrent") or ()}
    return [
        f"{joined(''.join(s['unit_path']), s['post'] or '')}（{s['kind_label']}）"
        for s in one.get("concurrent") or ()
        if (s["unit_code"], s["post"], s["kind"]) not in known
    ]


def _stand(side: Mapping[str, Any]) -> str:
    return joined("".join(side.get("unit_path") or ()), str(side.get("post") or ""))


def _inside(asked: Asked, *days: date) -> frozenset[str] | None:
    """The codes of the unit and of those below it on these days; None for the whole house."""
    if not asked.unit:
        return None
    units = [unit for day in days for unit in reader.units(asked.viewer, on=day)]
    return frozenset(unit.code for unit in units if asked.unit in unit["codes"])


def _concerns(change: Change, inside: frozenset[str] | None) -> bool:
    sides = [side for side in (change.before, change.after) if side]
    return inside is None or any(side.get("unit_code") in inside for side in sides)
