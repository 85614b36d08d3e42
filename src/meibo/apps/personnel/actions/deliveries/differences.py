"""What would become different, person by person and unit by unit: before → after, in words."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from meibo.apps.personnel.actions.intake.desk import Desk
from meibo.domain.book import OPEN, Effect, Filing, Line, fold_filings
from meibo.ledger.writer import UNIT, NewFiling

KINDS: Mapping[str, str] = {
    "entered": "採用・登録",
    "moved": "異動（配置換・昇任など）",
    "further": "兼務・併任・事務取扱",
    "absent": "休職・派遣",
    "left": "退職",
    "voided": "発令の取消・訂正",
    "completed": "発令にない項目の補い",
    "named": "氏名・読み・旧姓",
    "contact": "住所・連絡先・内線・メール",
    "other": "その他の届出",
    "units": "組織の内容",
    "house": "組織改編",
}
_BY_EFFECT = {
    Effect.ENTER: "entered",
    Effect.MOVE: "moved",
    Effect.ADD: "further",
    Effect.RELIEVE: "further",
    Effect.PAUSE: "absent",
    Effect.RESUME: "absent",
    Effect.LEAVE: "left",
    Effect.REMAP: "house",
    Effect.VOID: "voided",
}
_NAMED = frozenset({"name", "kana", "uses_maiden_name", "maiden_name", "maiden_kana"})
_CONTACT = frozenset({"extension", "mail", "postcode", "address", "contacts", "emergency"})
LABELS: Mapping[str, str] = {
    "staff_no": "職員番号",
    "name": "氏名",
    "kana": "読み",
    "uses_maiden_name": "旧姓使用",
    "maiden_name": "旧姓",
    "maiden_kana": "旧姓の読み",
    "birth_date": "生年月日",
    "sex": "性別",
    "step": "号給",
    "extension": "内線",
    "mail": "メール",
    "postcode": "郵便番号",
    "address": "住所",
    "contacts": "電話",
    "emergency": "緊急連絡先",
    "photo": "顔写真のファイル",
    "note": "備考",
    "unit": "所属",
    "post": "職名",
    "grade": "級",
    "job": "職種",
    "employment": "任用形態",
    "hours": "週の勤務時間（分）",
    "term_end": "任期満了日",
    "since": "現所属発令日",
    "hired": "採用年月日",
    "leave": "休職・休業",
    "dispatch": "派遣",
    "further": "兼務など",
    "short": "略称",
    "parent": "上位の所属",
    "level": "階層",
    "phone": "電話",
    "fax": "FAX",
    "building": "庁舎",
    "floor": "階",
    "branch": "出先",
}
_ORDERED = frozenset({"orders", "history", "corrections"})
_TABLES = {"post": "post", "job": "job", "employment": "employment"}
_STATED = ("unit", "post", "grade", "job", "employment", "term_end", "since", "hired")
_WHOLE = ("leave", "dispatch", "further")
_FIRST_OWN = 10**12
"""Filings from this number on are of the intake itself."""
Entry = dict[str, Any]
ROW = tuple[str, str, str, str]


def differences(desk: Desk) -> list[Entry]:
    """One entry for each order and, where several fields are filed together, for each kind and
    day: `rows` holds field, label, before, after. Whoever is new has one entry with everything that
    no order of the package says."""
    numbers = {person: number for number, person in desk.shelf.numbers.items()}
    entries = [*_of_orders(desk), *_of_filings(desk)]
    newcomers = set(desk.batch.people)
    whole: dict[str, Entry] = {}
    kept: list[Entry] = []
    for entry in entries:
        person = entry["person"]
        entry["staff_no"] = numbers.get(person, "")
        entry["name"] = _called(desk, person, entry["day"])
        if person not in newcomers or entry.pop("ordered", False):
            kept.append(entry)
            continue
        first = whole.setdefault(person, {**entry, "kind": "entered", "rows": []})
        first["title"] = "新しく登録"
        first["rows"] = _joined(first["rows"], entry["rows"])
    return [*whole.values(), *kept]


def _joined(rows: list[ROW], more: list[ROW]) -> list[ROW]:
    """The last thing said of each field."""
    told = {row[0]: row for row in rows}
    told.update({row[0]: (row[0], row[1], "", row[3]) for row in more if row[3]})
    return list(told.values())


def count_kinds(entries: list[Entry]) -> dict[str, dict[str, int]]:
    """Of each kind, how many changes there are and of how many people (or units)."""
    found: dict[str, dict[str, int]] = {}
    about: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        own = found.setdefault(entry["kind"], {"changes": 0, "people": 0})
        own["changes"] += 1
        about[entry["kind"]].add(entry["person"])
    for kind, own in found.items():
        own["people"] = len(about[kind])
    return {kind: found[kind] for kind in KINDS if kind in found}


# -- orders -----------------------------------------------------------------------


def _of_orders(desk: Desk) -> Iterator[Entry]:
    for line in desk.batch.lines:
        if line.no in desk.dropped:
            continue
        origin = desk.origins.get(line.no)
        kind = "completed" if line.completes else _BY_EFFECT[line.effect]
        yield {
            "kind": kind,
            "person": line.person,
            "day": line.effective.isoformat(),
            "title": line.wording or KINDS[kind],
            "file": origin.file if origin else "",
            "record": origin.number if origin else 0,
            "ordered": bool(origin and origin.role in _ORDERED and line.effect != Effect.ENTER),
            "rows": _before_and_after(desk, line) if line.person else _mergers(desk, line),
        }


def _before_and_after(desk: Desk, line: Line) -> list[ROW]:
    """Where the person is the day before and on the day; after leaving, where they were."""
    day = line.effective + timedelta(days=1 if line.effect is Effect.LEAVE else 0)
    before = desk.state(line.person, day - timedelta(days=1)) or {}
    after = desk.state(line.person, day) or {}
    if line.completes:
        before = {**after, **dict.fromkeys(_supplied(line))}
    rows = []
    for name in (*_STATED, *_WHOLE):
        old, new = before.get(name), after.get(name)
        if old != new:
            rows.append(
                (name, LABELS[name], _told(desk, name, old, day), _told(desk, name, new, day))
            )
    return rows


def _supplied(line: Line) -> list[str]:
    names = [name for name in _STATED if getattr(line, name, None) is not None]
    return [*names, *(["leave"] if line.until or line.reason else [])]


def _mergers(desk: Desk, line: Line) -> list[ROW]:
    rows = line.successions.rows if line.successions else ()
    day = line.effective
    return [
        (
            "unit",
            row.kind or "引き継ぎ",
            _unit(desk, row.old, day - timedelta(days=1)),
            _unit(desk, row.new, day),
        )
        for row in rows
    ]


def _told(desk: Desk, name: str, value: Any, day: date) -> str:
    """A value of a state in words."""
    if value in (None, "", [], {}):
        return ""
    if name == "unit":
        return _unit(desk, str(value), day)
    if name in _TABLES:
        return desk.called(_TABLES[name], str(value))
    if name == "further":
        return "、".join(
            f"{_unit(desk, s['unit'], day)} {desk.called('post', s['post'] or '')}" for s in value
        )
    if name in ("leave", "dispatch"):
        what = desk.called(name, value.get("reason") or "") or value.get("body") or LABELS[name]
        until = value.get("to") or ""
        return f"{what}（{value.get('from') or ''}から{until}）"
    return str(value)


def _unit(desk: Desk, code: str | None, day: date) -> str:
    if not code:
        return ""
    return desk.value(UNIT + code, "name", day) or code


# -- filings ----------------------------------------------------------------------


def _of_filings(desk: Desk) -> Iterator[Entry]:
    together: dict[tuple[str, str, date], list[NewFiling]] = defaultdict(list)
    for filing in desk.batch.filings:
        together[filing.subject, _kind(filing), filing.effective].append(filing)
    for (subject, kind, day), filings in together.items():
        rows = [_filed(desk, filing) for filing in filings]
        yield {
            "kind": kind,
            "person": subject,
            "day": day.isoformat(),
            "title": KINDS[kind],
            "file": "",
            "record": 0,
            "rows": rows,
        }


def _kind(filing: NewFiling) -> str:
    if filing.subject.startswith(UNIT):
        return "units"
    if filing.field in _NAMED:
        return "named"
    return "contact" if filing.field in _CONTACT else "other"


def _filed(desk: Desk, filing: NewFiling) -> ROW:
    name = filing.field
    label = LABELS.get(name, "分掌" if name.startswith("duty:") else name)
    if name == "name" and filing.subject.startswith(UNIT):
        label = "名称"
    if name.startswith("kept:"):
        return name, "研修・資格などの記録", "", "（内容は表示しません）"
    own = [f for f in desk.shelf.filings.get(filing.subject, ()) if f.field == name]
    before = _value([f for f in own if f.no < _FIRST_OWN], filing.effective)
    day = (
        "" if filing.until == OPEN else f"（{(filing.until - timedelta(days=1)).isoformat()}まで）"
    )
    return name, label, _plain(before), _plain(filing.value) + day


def _value(filings: list[Filing], day: date) -> str | None:
    periods = fold_filings(filings)
    return next((p.value for p in periods if p.starts <= day < p.ends), None)


def _plain(value: str | None) -> str:
    """What is filed as a structure, as a sentence."""
    if not value or value[0] not in "[{":
        return value or ""
    try:
        parts = json.loads(value)
    except ValueError:
        return value
    return "、".join(" ".join(map(str, part.values())) for part in parts if isinstance(part, dict))


def _called(desk: Desk, subject: str, day: str) -> str:
    """The name of a person or unit for a list."""
    on = date.fromisoformat(day)
    if subject.startswith(UNIT):
        return _unit(desk, subject.removeprefix(UNIT), on)
    if not subject:
        return "区全体"
    periods = desk.filed(subject, "name")
    now = next((p.value for p in periods if p.starts <= on < p.ends), None)
    return now or (periods[-1].value if periods and periods[-1].value else "") or ""
