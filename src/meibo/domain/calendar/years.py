"""Years as Japanese law counts them: fiscal years, ages, periods."""

from datetime import date, timedelta
from typing import Final

from meibo.domain.calendar.eras import era_of
from meibo.domain.calendar.problems import Blank, DateProblem, reversed_period

_APRIL: Final = 4
_DAY: Final = timedelta(days=1)


def fiscal_year(day: date) -> int:
    """年度: 1 April to 31 March, named by its first day (地方自治法208条)."""
    return day.year if day.month >= _APRIL else day.year - 1


def fiscal_bounds(year: int) -> tuple[date, date]:
    """The fiscal year as a half-open period: 2027 → [2027-04-01, 2028-04-01)."""
    return date(year, _APRIL, 1), date(year + 1, _APRIL, 1)


def fiscal_label(year: int) -> str:
    """2027 → 令和9年度. The year in which an era changed bears the new one (令和元年度)."""
    first, after = fiscal_bounds(year)
    era = era_of(after - _DAY)
    if era is not None and era.year(year) < 1:  # it began after 1 January: 昭和63年度
        era = era_of(first)
    if era is None:
        return f"{year}年度"
    count = era.year(year)
    return f"{era.name}{'元' if count == 1 else count}年度"


def age_on(birth: date, day: date) -> int:
    """Full years of age during `day`. Someone born on 29 February is older from 1 March in a
    year without that day. Negative before birth."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def reaches_age_on(birth: date, age: int) -> date:
    """The day on which an age is reached: the day before the birthday, at its end.

    年齢計算ニ関スル法律, 民法143条: a year of age ends with the day before the birthday, or with
    the last of February where there is no such day. So whoever is born on 1 April reaches 60 on
    31 March, and belongs to the school year and the 定年 of those born in March.
    """
    year = birth.year + age
    if (birth.month, birth.day) == (2, 29):
        return date(year, 2, 28)
    return date(year, birth.month, birth.day) - _DAY


def retires_on(birth: date, age: int) -> date:
    """定年退職日: the first 31 March on or after the day on which `age` is reached.

    地方公務員法28条の6第1項 as ordinances set it; which age holds in which year is not said here.
    """
    reached = reaches_age_on(birth, age)
    end_of_march = date(reached.year, 3, 31)
    return end_of_march if reached <= end_of_march else date(reached.year + 1, 3, 31)


def half_open(start: date, last_day: date | Blank | None) -> tuple[date, date] | DateProblem:
    """[start, the day after last_day), from a period as files give it, with its last day in it.

    退職 3月31日 means in service through that day. No last day (None, `Blank`, `date.max`) gives
    `date.max`, the end of what is still going on. A period that ends before it starts is a problem.
    """
    if not isinstance(last_day, date) or last_day == date.max:
        return start, date.max
    if last_day < start:
        return reversed_period(start.isoformat(), last_day.isoformat())
    return start, last_day + _DAY
