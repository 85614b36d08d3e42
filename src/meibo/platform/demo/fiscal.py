"""The year of a ward office: 1 April to 31 March."""

from __future__ import annotations

from datetime import date, timedelta

DAY = timedelta(days=1)
# 定年: raised by a year every second year from April 2023 (地方公務員法28条の6 and the ward's own
# ordinance after 国家公務員法81条の6). First fiscal year of each age.
_RETIREMENT = ((2031, 65), (2029, 64), (2027, 63), (2025, 62), (2023, 61))
#: 役職定年 (管理監督職勤務上限年齢): from the same reform on, managers step down at 60.
STEP_DOWN_SINCE = 2023
STEP_DOWN_AGE = 60
#: 会計年度任用職員 are there since the Local Public Service Act was amended (平成29年法律第29号).
YEARLY_SINCE = date(2020, 4, 1)


def april(year: int) -> date:
    """1 April of a year."""
    return date(year, 4, 1)


def fiscal_year(day: date) -> int:
    """The year in whose April the fiscal year of a day began."""
    return day.year if day.month >= 4 else day.year - 1


def age_in(born: date, year: int) -> int:
    """The age reached within a fiscal year; who is born on 1 April reaches it the day before."""
    school_year = born.year if (born.month, born.day) >= (4, 2) else born.year - 1
    return year - school_year


def retirement_age(year: int) -> int:
    """定年 of a fiscal year."""
    return next((age for since, age in _RETIREMENT if year >= since), 60)


def years_between(a: date, b: date) -> int:
    """Whole years from one day to a later one."""
    return b.year - a.year - ((b.month, b.day) < (a.month, a.day))


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year + month // 12, month % 12 + 1, 1) - DAY
