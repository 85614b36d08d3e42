"""How a day is written for people."""

from datetime import date
from typing import Final

from meibo.domain.calendar.eras import era_of

_WEEKDAYS: Final = "月火水木金土日"


def wareki(day: date) -> str:
    """令和9年4月1日; the first year is 元年. Before 明治6年 (lunar calendar) the Western year."""
    return f"{_year(day)}{day.month}月{day.day}日"


def wareki_short(day: date) -> str:
    """R9.4.1, for narrow columns. Before 明治6年 1872/12/31."""
    era = era_of(day)
    if era is None:
        return f"{day.year}/{day.month}/{day.day}"
    return f"{era.letter}{era.year(day.year)}.{day.month}.{day.day}"


def short(day: date) -> str:
    """2027年4月1日"""
    return f"{day.year}年{day.month}月{day.day}日"


def long(day: date) -> str:
    """2027年4月1日(木), with full-width brackets."""
    return f"{short(day)}（{_WEEKDAYS[day.weekday()]}）"


def _year(day: date) -> str:
    era = era_of(day)
    if era is None:
        return f"{day.year}年"
    year = era.year(day.year)
    return f"{era.name}{'元' if year == 1 else year}年"
