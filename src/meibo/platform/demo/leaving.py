"""Retirement, resignation, re-employment; stepping down at 60; coming back from leave."""

from __future__ import annotations

from datetime import date

from meibo.domain.book import Effect
from meibo.platform.demo.fiscal import (
    DAY,
    STEP_DOWN_AGE,
    STEP_DOWN_SINCE,
    age_in,
    april,
    retirement_age,
)
from meibo.platform.demo.people import FIXED, FULL, PART, PERMANENT, Staff
from meibo.platform.demo.ward import Ward

PERSONNEL = "020200"
_LAST_AGE = 65  # of re-employment
_STAYS_ON = 0.6  # of those who retire: are re-employed
_PART_TIME_EARLY = 0.08  # of those who turn 60 before 定年
_RESIGNS = 0.022
_RESIGNS_YOUNG = 0.035


def leave_at_year_end(ward: Ward, day: date) -> list[Staff]:
    """Let go who leaves on 31 March. Returns those re-employed who now need another chair."""
    homeless = []
    for staff in list(ward.regular()):
        if staff.term in {FULL, PART}:
            _renew_or_end(ward, staff, day)
        elif staff.term == FIXED:
            if staff.term_end is not None and staff.term_end < day:
                ward.dismiss(staff, day - DAY, "任期満了退職")
        elif staff.job == "教育":
            if (day.year - staff.hired.year) >= 3 and ward.chance(0.45):
                ward.dismiss(staff, day - DAY, "退職（派遣元へ復帰）")
        elif wording := _wording(ward, staff, day):
            again = wording != "普通退職" and ward.chance(_STAYS_ON)
            again = again or wording == "早期退職（定年前再任用）"
            ward.dismiss(staff, day - DAY, wording)
            if again:
                _employ_again(ward, staff, day)
                homeless.append(staff)
    return homeless


def _wording(ward: Ward, staff: Staff, day: date) -> str:
    """Why someone leaves at the end of this year; empty for who stays."""
    age = age_in(staff.born, day.year - 1)
    if staff in ward.settled:
        return ""
    if age >= retirement_age(day.year - 1):
        return "定年退職"
    if age == 60 and ward.chance(_PART_TIME_EARLY):
        return "早期退職（定年前再任用）"
    if staff.away is not None or staff.sent is not None:
        return ""
    if 55 <= age < 60 and ward.chance(0.012):
        return "勧奨退職"
    return "普通退職" if ward.chance(_RESIGNS_YOUNG if age < 33 else _RESIGNS / 2) else ""


def _employ_again(ward: Ward, staff: Staff, day: date) -> None:
    """The order itself is written when a chair is found."""
    staff.left, staff.entering = None, "再任用"
    staff.term = FULL if ward.chance(0.35) else PART
    staff.term_end = april(day.year + 1) - DAY
    staff.grade, staff.graded = min(staff.grade, 2), day


def _renew_or_end(ward: Ward, staff: Staff, day: date) -> None:
    if age_in(staff.born, day.year - 1) >= _LAST_AGE or ward.chance(0.12):
        ward.dismiss(staff, day - DAY, "任期満了退職")
        return
    staff.term_end = april(day.year + 1) - DAY
    ward.scribe.order(staff, Effect.MOVE, day, "任期更新", term_end=staff.term_end)


def step_down(ward: Ward, day: date) -> list[Staff]:
    """役職定年: managers of 60 leave their chairs and go on as 主査."""
    if day.year - 1 < STEP_DOWN_SINCE:
        return []
    stepping = [
        s
        for s in ward.regular()
        if s.term == PERMANENT
        and s.chair is not None
        and s.chair.level >= 5
        and s.job != "医師"
        and age_in(s.born, day.year - 1) >= STEP_DOWN_AGE
    ]
    for staff in stepping:
        if staff.chair is not None:
            staff.chair.holder, staff.chair = None, None
        staff.aim = 3
    return stepping


def return_to_work(ward: Ward, staff: Staff, day: date) -> None:
    """復職 on the day after the leave; a leave by approval alone just ends.

    Nothing happens where the leave was meanwhile followed by another.
    """
    if staff.away is None or staff.away + DAY != day:
        return
    if staff.away_kind in {"育児休業", "休職（病気）", "配偶者同行休業", "自己啓発等休業"}:
        ward.scribe.order(staff, Effect.RESUME, day, "復職", slot="leave")
    staff.away, staff.away_kind = None, ""
