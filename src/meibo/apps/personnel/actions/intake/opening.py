"""開始残高: what the first master says of someone whom the books do not know.

Its lines take effect on 採用年月日 and 現所属発令日, never on the day of the file; where the
person was in between reads as not known.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from meibo.apps.personnel.actions.intake.desk import Desk, midnight
from meibo.apps.personnel.actions.intake.filings import FROM_THE_FIRST_DAY, filed_values
from meibo.domain.book import OPEN, Effect, Line, SeatKind
from meibo.domain.calendar import day_in_japan
from meibo.ledger.writer import UNIT
from meibo.platform.feeds import Record

_PLACE = ("unit", "post", "grade", "job", "employment")


def open_account(desk: Desk, record: Record, later: Record | None) -> str:
    """Enter someone as the master describes them. `later`: the same person's newer record,
    asked only where this one does not say when a leave began or the person was hired."""
    v = record.values
    number = str(v["staff_no"])
    person = desk.welcome(number)
    base = record.base or day_in_japan(desk.now)
    entered = v["hired"] or (later.values["hired"] if later else None)
    since: date = v["unit_since"] or entered or base
    hired: date = min(entered or since, since)
    recorded = min(midnight(base), desk.now)
    place: dict[str, Any] = {name: v[name] for name in _PLACE if v.get(name) is not None}
    place["term_end"] = v["term_end"]
    if v["unit"] is None:
        place |= _before_the_first_order(desk, record, base)

    def order(effect: Effect, day: date, part: str, wording: str, **stated: Any) -> None:
        line = Line(0, day, recorded, effect, person, wording, **stated)
        desk.order(line, desk.source("opening", number, part), record)

    if number in desk.entered_by_history():
        order(Effect.MOVE, since, "place", "現所属", **place)
    elif hired < since:
        order(Effect.ENTER, hired, "enter", "採用", hired=hired)
        order(Effect.MOVE, since, "place", "現所属", **place)
    else:
        order(Effect.ENTER, since, "enter", "採用", hired=hired, **place)
    _further(desk, record, person, since, recorded)
    _absences(desk, record, later, person, since, recorded)
    for name, value in filed_values(v).items():
        desk.file(person, name, value, hired if name in FROM_THE_FIRST_DAY else since, recorded)
    return person


def _before_the_first_order(desk: Desk, record: Record, base: date) -> dict[str, Any]:
    """The unit that the first order after the master leaves, where the master's is unusable.

    Where no order moves the person, the next master tells the unit, as it tells other gaps.
    """
    order = desk.first_move(str(record.values["staff_no"]), base)
    unit = order.values["old_unit"] if order else None
    if not order or not unit or not desk.value(UNIT + unit, "name", base):
        return {}
    number = order.values["order_no"] or ""
    desk.inferred[record.file, record.number, "unit"] = (
        f"次の発令（発令番号 {number}）の旧所属（{unit}）を使いました。"
    )
    return {"unit": unit}


def _further(desk: Desk, record: Record, person: str, since: date, recorded: datetime) -> None:
    """兼務 and 併任, of which the master knows no date: with the present place."""
    number = record.values["staff_no"]
    for unit, post in record.values["concurrent"] or ():
        kind = SeatKind.CROSS if post in desk.definition.cross_posts else SeatKind.CONCURRENT
        wording = "併任" if kind is SeatKind.CROSS else "兼務"
        line = Line(
            0, since, recorded, Effect.ADD, person, wording, unit=unit, post=post, kind=kind
        )
        desk.order(line, desk.source("opening", number, "further", unit, post), record)


def _absences(
    desk: Desk,
    record: Record,
    later: Record | None,
    person: str,
    since: date,
    recorded: datetime,
) -> None:
    v = record.values
    number = v["staff_no"]
    leave = desk.definition.leave.get(v["leave"] or "")
    if leave is not None and leave.away:
        starts, until = leave_dates(record, later)
        line = Line(
            0,
            starts or since,
            recorded,
            Effect.PAUSE,
            person,
            desk.called("leave", leave.code),
            slot="leave",
            reason=leave.code,
            until=until,
            basis=leave.basis,
        )
        desk.order(line, desk.source("opening", number, "leave"), record)
    if desk.definition.dispatch.get(v["dispatch"] or "", "none") != "none":
        line = Line(
            0,
            since,
            recorded,
            Effect.PAUSE,
            person,
            "派遣",
            slot="dispatch",
            reason=v["dispatch"],
            body=v["dispatch_body"],
            until=OPEN,
        )
        desk.order(line, desk.source("opening", number, "dispatch"), record)


def leave_dates(record: Record, later: Record | None) -> tuple[date | None, date | None]:
    """First and last day of a leave; a newer record of the same leave mends unreadable ones."""
    v = record.values
    if v["leave_from"] is not None or later is None or record.base is None:
        return v["leave_from"], v["leave_to"]
    w = later.values
    same = w["leave"] == v["leave"] and w["leave_from"] and w["leave_from"] <= record.base
    return (w["leave_from"], w["leave_to"]) if same else (None, None)
