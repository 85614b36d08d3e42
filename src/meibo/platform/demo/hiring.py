"""New people: the recruits of April, those from outside, those on one-year appointments."""

from __future__ import annotations

from datetime import date
from typing import Any

from meibo.domain.book import Effect
from meibo.platform.demo.codes import RECEIVED
from meibo.platform.demo.fiscal import DAY, YEARLY_SINCE, april, fiscal_year
from meibo.platform.demo.opening import birthday, invent_yearly, sex_for
from meibo.platform.demo.people import FIXED, PERMANENT, STAFF, Chair, Staff
from meibo.platform.demo.ward import Invented, Ward

#: Trades whose leading posts are filled from outside.
EXTERNAL = frozenset({"医師"})
_VACANT = 0.05  # of free chairs
_FIXED_SHARE = 0.06
_FIXED_YEARS = 3
_RENEWED = 0.85
_TWICE = 3  # people with two one-year appointments at a time
_AGES = (18, 22, 22, 22, 22, 22, 23, 23, 24, 24, 25, 26, 27, 28, 29, 31, 33, 36, 39)
_SENIOR_AGES = (36, 39, 42, 45)
_TRADE_AGES = {
    "教育": (37, 40, 42, 44),
    "医師": (48, 52, 55),
    "保育士": (20, 20, 20, 22, 22, 22, 23, 25, 28),
    "技能": (25, 30, 34, 38, 41),
}


def fill(ward: Ward, day: date) -> None:
    """Recruit for every chair that is still free, but for a few that stay so."""
    for chair in list(ward.house.chairs):
        if chair.holder is not None or chair.yearly or chair.spare:
            continue
        if chair.level == STAFF and ward.chance(_VACANT):
            continue
        if chair.level == STAFF or chair.job in EXTERNAL:
            recruit(ward, chair, day)
    renew_yearly(ward, day)


def recruit(ward: Ward, chair: Chair, day: date) -> Staff:
    """Someone new on a chair."""
    senior = chair.level == 3
    ages = _SENIOR_AGES if senior else _TRADE_AGES.get(chair.job, _AGES)
    age = ward.rng.choice(ages)
    sex = sex_for(ward, chair.job)
    born = birthday(ward, age + 1, fiscal_year(day))
    fixed = chair.job == "事務" and not senior and ward.chance(_FIXED_SHARE)
    usual = 3 if senior else 2 if age >= 31 else 1
    grade = {"教育": 3, "医師": 6}.get(chair.job, usual)
    name = ward.namer.name(sex, born.year)
    term = FIXED if fixed else PERMANENT
    staff = ward.welcome(Invented(sex, born, name, chair.job, term, day, grade, day, day))
    if fixed:
        staff.term_end = april(fiscal_year(day) + _FIXED_YEARS) - DAY
    ward.enter(staff, chair, day, "任期付採用" if fixed else "採用")
    if chair.job == "教育":
        body: dict[str, Any] = {"reason": RECEIVED, "body": "東京都教育委員会"}
        ward.scribe.order(staff, Effect.PAUSE, day, "派遣受入", slot="dispatch", **body)
    return staff


def renew_yearly(ward: Ward, day: date) -> None:
    """再度の任用 of those on one-year appointments, and new ones for those who do not stay."""
    term_end = april(day.year + 1) - DAY
    # Main appointments first: who loses that one loses the second with it.
    chairs = sorted((c for c in ward.house.chairs if c.yearly), key=lambda c: c.appointment)
    for chair in chairs:
        staff = chair.holder
        if staff is not None and (staff.left is not None or not _stays(ward, staff, chair)):
            if not chair.appointment and staff.left is None:
                staff.leave(day)
            chair.holder, chair.appointment = None, ""
            staff = None
        if staff is not None:
            _again(ward, staff, chair, day, term_end)
        elif not ward.chance(_VACANT):
            appoint(ward, chair, day, term_end)
    _appoint_twice(ward, chairs, day, term_end)


def _stays(ward: Ward, staff: Staff, chair: Chair) -> bool:
    """Who has a second appointment keeps both or neither."""
    return bool(chair.appointment) or ward.chance(_RENEWED)


def _again(ward: Ward, staff: Staff, chair: Chair, day: date, term_end: date) -> None:
    stated = {"appointment": chair.appointment, "since": staff.since}
    wording = "再度の任用" if day > YEARLY_SINCE else "会計年度任用"
    if chair.appointment:
        place = {**ward.place(chair.unit), "post": chair.post, "employment": staff.term}
        options = {"term_end": term_end, **place, "appointment": chair.appointment}
        ward.scribe.order(staff, Effect.ENTER, day, wording, **options)
        return
    staff.term_end = term_end
    ward.enter(staff, chair, day, wording, **stated)


def appoint(ward: Ward, chair: Chair, day: date, term_end: date) -> None:
    """会計年度任用: someone new, until the end of the fiscal year."""
    staff = ward.welcome(invent_yearly(ward, chair, day))
    staff.term_end = term_end
    wording = "会計年度任用" if day >= YEARLY_SINCE else "非常勤任用"
    ward.enter(staff, chair, day, wording, appointment="")


def _appoint_twice(ward: Ward, chairs: list[Chair], day: date, term_end: date) -> None:
    """A few work in two places, on an appointment each."""
    twice = sum(bool(c.appointment) for c in chairs)
    free = [c for c in chairs if c.holder is None][: max(_TWICE - twice, 0)]
    held = {id(c.holder) for c in chairs if c.appointment}
    part = [c.holder for c in chairs if c.holder is not None and id(c.holder) not in held]
    for chair, staff in zip(free, part[5::97], strict=False):
        chair.holder, chair.appointment = staff, "2"
        place = {**ward.place(chair.unit), "post": chair.post, "employment": staff.term}
        options = {"term_end": term_end, **place, "appointment": "2"}
        ward.scribe.order(staff, Effect.ENTER, day, "会計年度任用", **options)
