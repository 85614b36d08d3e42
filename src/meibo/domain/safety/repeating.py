"""Days that come again: each month, quarter or year, on a day of the month or on a weekday in it.

All is said by the first day: the 9th, the second Wednesday, the last one, in its month or quarter.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

_DAYS = "月火水木金土日"
_WEEK = 7


class Every(StrEnum):
    """How often."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"

    @property
    def months(self) -> int:
        return {"month": 1, "quarter": 3, "year": 12}[self.value]


class By(StrEnum):
    """What stays the same: the day of the month, which weekday of it, or that it is the last."""

    DAY = "day"
    WEEKDAY = "weekday"
    LAST = "last"


class RepeatError(ValueError):
    """The first day does not fit; the message says why."""


@dataclass(frozen=True, slots=True)
class Repetition:
    """From this day on. A day or a fifth weekday that a month lacks is its last one."""

    first: date
    every: Every
    by: By

    def __post_init__(self) -> None:
        length = monthrange(self.first.year, self.first.month)[1]
        if self.by is By.LAST and self.first.day + _WEEK <= length:
            day = _DAYS[self.first.weekday()]
            raise RepeatError(f"最初の日は、その月の最後の{day}曜日ではありません。")

    def after(self, day: date) -> date:
        """The first of these days that is later than another."""
        begun = _months(self.first)
        number = max(0, (_months(day) - begun) // self.every.months)
        while (found := self._day(begun + number * self.every.months)) <= day:
            number += 1
        return found

    def _day(self, month: int) -> date:
        year, index = divmod(month, 12)
        start, length = monthrange(year, index + 1)
        if self.by is By.DAY:
            return date(year, index + 1, min(self.first.day, length))
        place = 1 + (self.first.weekday() - start) % _WEEK
        weeks = (length - place) // _WEEK
        if self.by is By.WEEKDAY:
            weeks = min(weeks, (self.first.day - 1) // _WEEK)
        return date(year, index + 1, place + weeks * _WEEK)

    @property
    def words(self) -> str:
        """As one says it."""
        often = {"month": "毎月", "quarter": "3か月ごとの", "year": f"毎年{self.first.month}月"}
        weekday = f"{_DAYS[self.first.weekday()]}曜日"
        nth = (self.first.day - 1) // _WEEK + 1
        which = {
            By.DAY: f"{self.first.day}日",
            By.WEEKDAY: f"第{nth}{weekday}",
            By.LAST: f"最後の{weekday}",
        }
        return often[self.every] + which[self.by]


def _months(day: date) -> int:
    return day.year * 12 + day.month - 1
