"""A later master beside the book: it completes what orders left open, and is compared.

Where it and the orders disagree that is a finding, and the orders win. A 会計年度任用職員
whose term end moved without an order has been appointed again (再度の任用).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from meibo.apps.personnel.actions.intake.desk import Desk, midnight
from meibo.domain.book import Effect, Line
from meibo.domain.findings import Severity
from meibo.platform.feeds import Record

_ATTRIBUTES = ("unit", "post", "grade", "job", "employment", "term_end")
_COMPARED = (
    *("unit", "post", "grade", "job", "employment", "term_end", "unit_since", "hired"),
    *("leave", "leave_from", "leave_to", "dispatch", "concurrent"),
)
_LABELS = {
    "unit": "所属",
    "post": "職名",
    "grade": "級",
    "job": "職種",
    "employment": "任用形態",
    "term_end": "任期満了日",
    "unit_since": "現所属発令日",
    "hired": "採用年月日",
    "leave": "休職区分",
    "leave_from": "休職開始日",
    "leave_to": "休職終了日",
    "dispatch": "派遣区分",
    "concurrent": "兼務",
}


@dataclass(frozen=True, slots=True)
class Beside:
    """A master's record with what the orders say of the same person that day."""

    record: Record
    person: str
    base: date
    state: dict[str, Any] | None


def compare(desk: Desk, record: Record, person: str, base: date) -> None:
    """Complete, appoint again, compare: one person of one later master."""
    appoint_again(desk, record, person, base)
    beside = _beside(desk, record, person, base)
    if complete(desk, beside):
        beside = _beside(desk, record, person, base)
    if beside.state is None:
        desk.find(
            record,
            "staff_no",
            Severity.CONFIRM,
            "not_in_service_by_orders",
            "マスタにありますが、発令ではこの日に在職していません。発令を正としました。",
            "退職・任期の発令が正しいかを確かめてください。",
        )
        return
    for name in _COMPARED:
        _differ(desk, beside, name)


def _beside(desk: Desk, record: Record, person: str, base: date) -> Beside:
    return Beside(record, person, base, desk.state(person, base, base))


# -- 再度の任用 -------------------------------------------------------------------


def appoint_again(desk: Desk, record: Record, person: str, base: date) -> None:
    """A new one-year appointment from the day after the old term, in the same place."""
    v = record.values
    again = desk.definition.options.get("reappointed") or ()
    new_end = v["term_end"]
    if not isinstance(again, list | tuple) or v["employment"] not in again or new_end is None:
        return
    career = desk.career(person, base)
    terms = [s for s in career.spans if s.name == "term_end" and s.value < base.isoformat()]
    old = max((date.fromisoformat(s.value) for s in terms), default=None)
    if old is None or new_end <= old:
        return
    day = old + timedelta(days=1)
    if any(
        x.effect in (Effect.ENTER, Effect.LEAVE) and old <= x.effective <= day
        for x in desk.standing(person)
    ):
        return
    last = [s for s in career.seats if s.starts <= old and s.kind.value == "main"]
    if not last:
        return
    seat = max(last, key=lambda s: s.starts)
    unit = _carried(desk, seat.unit, day)
    line = Line(
        0,
        day,
        midnight(base),
        Effect.ENTER,
        person,
        "再度の任用",
        unit=unit,
        post=seat.post,
        since=seat.since,
        job=v["job"],
        employment=v["employment"],
        term_end=new_end,
    )
    desk.order(line, desk.source("reappointment", v["staff_no"], day.isoformat()), record)


def _carried(desk: Desk, unit: str | None, day: date) -> str | None:
    for line in desk.shelf.lines.get("", []):
        if line.effective == day and line.successions:
            unit = line.successions.heir(unit) or unit
    return unit


# -- completing -------------------------------------------------------------------


def complete(desk: Desk, beside: Beside) -> bool:
    """Supply what the last orders left open; True when something was."""
    if beside.state is None:
        return False
    done = [_complete_place(desk, beside), _complete_leave(desk, beside)]
    return any(done)


def _complete_place(desk: Desk, beside: Beside) -> bool:
    v, state = beside.record.values, beside.state or {}
    gaps = {
        name: v[name] for name in _ATTRIBUTES if state.get(name) is None and v[name] is not None
    }
    seating = (Effect.ENTER, Effect.MOVE)
    lines = [x for x in desk.standing(beside.person) if x.effect in seating]
    lines = [x for x in lines if x.effective <= beside.base]
    return bool(gaps and lines) and _supply(desk, beside, lines[-1], gaps)


def _complete_leave(desk: Desk, beside: Beside) -> bool:
    v, state = beside.record.values, beside.state or {}
    leave = state.get("leave")
    if not leave or _iso(v["leave_from"]) != leave["from"]:
        return False
    gaps: dict[str, Any] = {}
    if leave["to"] is None and v["leave_to"] is not None:
        gaps["until"] = v["leave_to"]
    if not leave["reason"] and v["leave"] in desk.definition.leave:
        gaps["reason"] = v["leave"]
    lines = [x for x in desk.standing(beside.person) if x.effect is Effect.PAUSE]
    lines = [x for x in lines if x.slot == "leave" and x.effective.isoformat() == leave["from"]]
    return bool(gaps and lines) and _supply(desk, beside, lines[-1], gaps)


def _supply(desk: Desk, beside: Beside, target: Line, gaps: dict[str, Any]) -> bool:
    line = Line(
        0,
        target.effective,
        midnight(beside.base),
        target.effect,
        target.person,
        target.wording,
        target.order_no,
        target.appointment,
        completes=target.no,
        **gaps,
    )
    day = target.effective.isoformat()
    name = desk.source(
        "completion", beside.record.values["staff_no"], day, target.effect, *sorted(gaps)
    )
    before = len(desk.batch.lines)
    desk.order(line, name, beside.record)
    return len(desk.batch.lines) > before


# -- comparing --------------------------------------------------------------------


def _differ(desk: Desk, beside: Beside, name: str) -> None:
    record = beside.record
    theirs, ours = _theirs(desk, record, name), _ours(desk, beside, name)
    if name == "unit_since" and (beside.state or {}).get("unit") is None:
        return  # of an unknown place there is no day
    column = f"{name}.1.unit" if name == "concurrent" else name
    if theirs == ours or theirs is None or desk.flagged(record, column):
        return
    if name in ("leave_from", "leave_to") and _theirs(desk, record, "leave") != _ours(
        desk, beside, "leave"
    ):
        return  # said once, of the kind of leave
    desk.find(
        record,
        column,
        Severity.CONFIRM,
        f"differs_{name}",
        f"マスタの{_LABELS[name]}（{_shown(theirs)}）が、発令による名簿（{_shown(ours)}）と"
        "違います。発令を正としました。",
        "発令漏れか、マスタの誤りかを確かめてください。",
        _shown(theirs),
    )


def _theirs(desk: Desk, record: Record, name: str) -> object:
    """The master's value, None where it says nothing to compare."""
    v = record.values
    if name == "concurrent":
        pairs = v["concurrent"]
        return None if pairs is None else frozenset(tuple(pair) for pair in pairs)
    if name == "leave":
        term = desk.definition.leave.get(v["leave"] or "")
        return None if term is None else (term.code if term.away else "")
    if name == "dispatch":
        kind = desk.definition.dispatch.get(v["dispatch"] or "")
        return None if kind is None else ("" if kind == "none" else v["dispatch"])
    return _iso(v[name]) if isinstance(v[name], date) else v[name]


def _ours(desk: Desk, beside: Beside, name: str) -> object:
    state = beside.state or {}
    leave = state.get("leave") or {}
    if name == "concurrent":
        return frozenset((s["unit"], s["post"]) for s in state.get("further", []))
    if name == "leave":
        return leave.get("reason") or ""
    if name in ("leave_from", "leave_to"):
        return leave.get(name.removeprefix("leave_"))
    if name == "dispatch":
        return (state.get("dispatch") or {}).get("reason") or ""
    return state.get("since" if name == "unit_since" else name)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _shown(value: object) -> str:
    if isinstance(value, frozenset):
        return "、".join("/".join(str(x) for x in pair) for pair in sorted(value)) or "なし"
    return str(value) if value not in (None, "") else "なし"
