"""訂正: a correcting line voids the order it names and, but for a plain 取消, states a new one."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from meibo.apps.personnel.actions.intake.desk import Desk, midnight
from meibo.apps.personnel.actions.intake.fields import Fields
from meibo.apps.personnel.actions.intake.orders import line_of
from meibo.domain.book import Effect, Line
from meibo.domain.findings import Severity
from meibo.platform.feeds import Correction, Record

_REPLACING = (Correction.REPLACE, Correction.REDATE, Correction.WRONG_PERSON)


def take_corrections(desk: Desk) -> None:
    """Every correction, by its number."""
    records = desk.package.records.get("corrections", [])
    for record in sorted(records, key=lambda r: str(r.values["no"])):
        _take(desk, record)


def _take(desk: Desk, record: Record) -> None:
    v = record.values
    verb = desk.definition.corrections.get(v["kind"] or "")
    recorded = midnight(v["recorded"]) if v["recorded"] else desk.now
    if verb is None:
        return
    if verb is Correction.RETROACTIVE:
        _state_anew(desk, record, None, recorded)
        return
    target = _target(desk, record, void=verb is Correction.UNVOID)
    if target is None:
        return
    _late(desk, _void(desk, record, target, recorded), recorded)
    if verb in _REPLACING:
        _state_anew(desk, record, target, recorded)


def _target(desk: Desk, record: Record, *, void: bool) -> Line | None:
    """The line that a correction mends: the order of that number as it stands now, or the
    latest 取消 of it. Anything else is a finding, and nothing is done."""
    v = record.values
    number, person = v["order_no"], desk.person(v["staff_no"])
    own = [x for x in desk.shelf.lines.get(person or "-", []) if x.order_no == number]
    mine = desk.shelf.sources.get(desk.source("correction", v["no"], "void"))
    if mine is not None:  # loaded before: the same line as then
        return next((x for x in own if x.no == mine.voids), None)
    if void:
        voids = [x for x in own if x.effect is Effect.VOID]
        dead = {x.voids for x in voids}
        found = [x for x in voids if x.no not in dead]
    else:
        found = [x for x in desk.standing(person) if x.order_no == number] if person else []
    if found:
        return found[-1]
    others = any(x.order_no == number for lines in desk.shelf.lines.values() for x in lines)
    message = (
        "対象の発令は別の職員へのものです。取り込みませんでした。"
        if others and not own
        else "対象の発令番号の発令がありません。取り込みませんでした。"
    )
    desk.find(
        record,
        "order_no",
        Severity.REJECT,
        "correction_of_nothing",
        message,
        "対象発令番号と職員番号を確かめてください。",
    )
    return None


def _void(desk: Desk, record: Record, target: Line, recorded: datetime) -> Line:
    line = Line(
        0,
        target.effective,
        recorded,
        Effect.VOID,
        target.person,
        "取消",
        target.order_no,
        voids=target.no,
        note=record.values.get("note") or None,
    )
    return desk.order(line, desk.source("correction", record.values["no"], "void"), record)


def _state_anew(desk: Desk, record: Record, target: Line | None, recorded: datetime) -> None:
    """The order as it should have been. What the correction leaves out is as in the original."""
    v = record.values
    right = v["right_staff_no"] or v["staff_no"]
    person = desk.person(right)
    term = desk.definition.terms.get(v["order_kind"] or "")
    if person is None or term is None or v["effective"] is None:
        desk.find(
            record,
            "right_staff_no" if v["right_staff_no"] else "staff_no",
            Severity.REJECT,
            "correction_for_nobody",
            "訂正後の職員または発令種別が分かりません。新しい発令は取り込みませんでした。",
            "職員番号と発令種別を確かめてください。",
        )
        return
    line = line_of(desk, _as_order(record), term, person, recorded)
    if target is not None and target.person == person:
        line = _with_original(line, target)
    _late(
        desk,
        desk.order(line, desk.source("correction", v["no"], "order"), record),
        recorded,
    )


def _as_order(record: Record) -> Record:
    """A correction's record read as the order that it states."""
    v = Fields(record.values)
    number = v["order_no"] or v["no"]
    v |= {"kind": v["order_kind"], "order_no": number}
    v["staff_no"] = v["right_staff_no"] or v["staff_no"]
    return replace(record, values=v)


def _with_original(line: Line, target: Line) -> Line:
    names = ("job", "employment", "term_end", "until", "reason", "body", "slot", "kind", "basis")
    kept = {n: getattr(target, n) for n in names if getattr(line, n) is None}
    return replace(line, **kept)


def _late(desk: Desk, line: Line, recorded: datetime) -> None:
    """Remember that the source says when this was known: a master of before can't know it."""
    desk.late[line.no] = recorded
