"""The day on which the demo ward's books open: who is there, of what age, since when.

What was before is told as far as an opening balance knows it: the day of appointment and the day
of the present place.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from meibo.domain.book import Effect
from meibo.platform.demo.codes import JOB
from meibo.platform.demo.fiscal import DAY, YEARLY_SINCE, age_in, april, fiscal_year
from meibo.platform.demo.people import (
    FULL,
    PART,
    PERMANENT,
    STAFF,
    YEARLY_FULL,
    YEARLY_PART,
    Chair,
    post_of,
)
from meibo.platform.demo.scribe import TOKYO
from meibo.platform.demo.ward import Invented, Ward, step

#: 任期は翌年度にまたがらない (地方公務員法22条の2).
_AGES = {6: (54, 59), 5: (46, 58), 4: (44, 57), 3: (37, 59)}
_BANDS = ((19, 24), (25, 29), (30, 34), (35, 39), (40, 44), (45, 49), (50, 54), (55, 59), (60, 63))
_PYRAMIDS = {
    "技能": (0, 1, 2, 5, 14, 26, 28, 20, 4),
    "保育士": (14, 22, 15, 10, 10, 11, 9, 6, 3),
    "福祉": (10, 22, 19, 11, 9, 9, 10, 7, 3),
    "教育": (0, 0, 10, 45, 35, 10, 0, 0, 0),
}
_PYRAMID = (9, 18, 14, 9, 9, 12, 13, 11, 5)
_WOMEN = {
    "事務": 0.47,
    "福祉": 0.68,
    "土木": 0.14,
    "建築": 0.24,
    "機械": 0.08,
    "電気": 0.08,
    "保育士": 0.93,
    "保健師": 0.95,
    "看護師": 0.94,
    "栄養士": 0.92,
    "心理": 0.75,
    "衛生監視": 0.45,
    "医師": 0.5,
    "幼稚園教諭": 0.95,
    "教育": 0.42,
    "技能": 0.16,
}
_YEARLY_WOMEN = 0.79
_MAIDEN = 0.05


def open_books(ward: Ward) -> None:
    """Fill the chairs and write the opening balance."""
    day = ward.opening
    recorded = datetime.combine(day, time(), TOKYO)
    chairs = [c for c in ward.house.chairs if c.yearly or not ward.chance(0.006)]
    invented = [(invent_yearly(ward, c, day), c) for c in chairs if c.yearly]
    invented += [(_invent(ward, c), c) for c in chairs if not c.yearly]
    for new, chair in sorted(invented, key=lambda pair: pair[0].hired):
        staff = ward.welcome(new)
        if staff.term in {FULL, PART, YEARLY_FULL, YEARLY_PART}:
            staff.term_end = april(day.year + 1) - DAY
        post = post_of(chair, staff.grade)
        staff.sit(chair, staff.since, post)
        stated: dict[str, Any] = {
            **ward.place(chair.unit),
            "post": post,
            "term_end": staff.term_end,
        }
        stated |= {"job": JOB[staff.job], "employment": staff.term}
        if not staff.yearly:
            stated |= {"grade": staff.grade, "step": step(staff, staff.since)}
        options: dict[str, Any] = {"recorded": recorded, "numbered": False}
        wording = _appointed(staff.hired) if staff.yearly else "採用"
        if staff.hired < staff.since:
            ward.scribe.order(
                staff, Effect.ENTER, staff.hired, wording, hired=staff.hired, **options
            )
            again = "再度の任用" if staff.yearly else "配置換"
            ward.scribe.order(staff, Effect.MOVE, staff.since, again, **stated, **options)
        else:
            ward.scribe.order(staff, Effect.ENTER, staff.hired, wording, **stated, **options)
        _marry_before(ward, staff.number)


def _appointed(day: date) -> str:
    return "会計年度任用" if day >= YEARLY_SINCE else "非常勤任用"


def sex_for(ward: Ward, job: str) -> str:
    """Women and men as they are found in a trade."""
    return "F" if ward.chance(_WOMEN[job]) else "M"


def birthday(ward: Ward, age: int, year: int) -> date:
    """A day of birth of someone who reaches an age in a fiscal year."""
    first = april(year - age) + DAY
    return first + timedelta(days=ward.rng.randrange(365))


def invent_yearly(ward: Ward, chair: Chair, day: date) -> Invented:
    """Someone for a one-year appointment that begins on a day."""
    sex = "F" if ward.chance(_YEARLY_WOMEN) else "M"
    born = birthday(
        ward,
        ward.rng.choice((24, 29, 34, 38, 42, 45, 48, 51, 54, 57, 60, 63, 66)),
        fiscal_year(day),
    )
    born += timedelta(days=ward.rng.randrange(-500, 500))
    hired = day
    if day == ward.opening:
        hired = april(day.year - ward.rng.choice((0, 0, 1, 1, 2, 3, 4)))
    term = YEARLY_FULL if ward.chance(0.12) else YEARLY_PART
    name = ward.namer.name(sex, born.year)
    return Invented(sex, born, name, chair.job, term, hired, 0, hired, hired)


def _invent(ward: Ward, chair: Chair) -> Invented:
    """Someone who sits on a chair when the books open."""
    rng, year = ward.rng, ward.opening.year
    if chair.level == STAFF:
        band = rng.choices(_BANDS, _PYRAMIDS.get(chair.job, _PYRAMID))[0]
    else:
        band = _AGES[chair.level]
    age = rng.randint(*band)
    again = age >= 60
    sex = sex_for(ward, chair.job) if chair.level < 5 else ("F" if ward.chance(0.24) else "M")
    born = birthday(ward, age, year)
    hired = april(year - age + min(rng.choice((18, 22, 22, 22, 22, 23, 24, 26, 28, 31)), age))
    since = max(april(year - rng.choice((0, 0, 1, 1, 2, 2, 3, 4 + age % 2))), hired)
    grade = _grade(ward, chair, age)
    graded = april(year - rng.randint(0, 6)) if grade > 1 else hired
    job = chair.job
    if chair.level >= 4 and job == "事務":
        job = rng.choices(("事務", "福祉", "保健師", "衛生監視"), (86, 8, 3, 3))[0]
    name = ward.namer.name(sex, born.year)
    term = rng.choice((FULL, PART, PART)) if again else PERMANENT
    return Invented(sex, born, name, job, term, hired, grade, max(graded, hired), since)


def _grade(ward: Ward, chair: Chair, age: int) -> int:
    if chair.level > STAFF:
        return chair.level
    if chair.job == "教育":
        return 3
    if age >= 60:
        return 2
    return 2 if age >= 29 and ward.chance(min((age - 26) / 22, 0.88)) else 1


def _marry_before(ward: Ward, number: str) -> None:
    """Some had married before, and go by the name they had."""
    staff = ward.staff[-1]
    age = age_in(staff.born, ward.opening.year)
    if staff.number != number or staff.sex != "F" or not 28 <= age <= 58:
        return
    if ward.chance(_MAIDEN):
        first = max(staff.hired, staff.born + timedelta(days=365 * 25))
        span = max((ward.opening - first).days, 1)
        day = min(first + timedelta(days=ward.rng.randrange(span)), ward.opening)
        staff.renamed.append((day, *ward.namer.surname()))
        staff.keeps_maiden = True
