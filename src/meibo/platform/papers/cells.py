"""Cells of a list that are more than their text: on paper they are that text, in a workbook the
number or the day itself, so that it can be added up and sorted.

Only who makes a list knows which of its digits are a number: a 職員番号, a telephone, an order's
number are digits as well, and stay text for who does not say otherwise.
"""

from __future__ import annotations

from datetime import date
from typing import Self

from meibo.domain import calendar

#: Spreadsheets count days from 1900, and the first two months of it wrongly.
_FIRST = date(1900, 3, 1)
#: How a spreadsheet writes what is written here: 令和9年4月1日, R9.4.1, 2027年4月1日, +3 and −3.
_LONG, _FIRST_YEAR = '[$-411]ggge"年"m"月"d"日"', '[$-411]ggg"元年"m"月"d"日"'
_SHORT = "[$-411]ge.m.d"
_WESTERN = 'yyyy"年"m"月"d"日"'
_PLAIN, _SIGNED = "0", '+0;"−"0;0'


class Number(str):
    """A number, and how it is written."""

    __slots__ = ("shape", "value")
    value: int
    shape: str

    @classmethod
    def plain(cls, value: int) -> Self:
        """12"""
        return cls._made(str(value), value, _PLAIN)

    @classmethod
    def signed(cls, value: int) -> Self:
        """+3, −3, 0"""
        text = f"{value:+d}".replace("-", "−") if value else "0"
        return cls._made(text, value, _SIGNED)

    @classmethod
    def counted(cls, value: int, unit: str) -> Self:
        """3級"""
        return cls._made(f"{value}{unit}", value, f'0"{unit}"')

    @classmethod
    def _made(cls, text: str, value: int, shape: str) -> Self:
        made = cls(text)
        made.value, made.shape = value, shape
        return made


class Day(str):
    """A day, and how it is written. `value`: None where a spreadsheet can't count it."""

    __slots__ = ("shape", "value")
    value: date | None
    shape: str

    @classmethod
    def long(cls, day: date) -> Self:
        """令和9年4月1日"""
        era = calendar.era_of(day)
        first = era is not None and era.year(day.year) == 1
        return cls._made(calendar.wareki(day), day, _FIRST_YEAR if first else _LONG)

    @classmethod
    def short(cls, day: date) -> Self:
        """R9.4.1"""
        return cls._made(calendar.wareki_short(day), day, _SHORT)

    @classmethod
    def western(cls, day: date) -> Self:
        """2027年4月1日"""
        return cls._made(calendar.short(day), day, _WESTERN)

    @classmethod
    def _made(cls, text: str, day: date, shape: str) -> Self:
        made = cls(text)
        made.value, made.shape = (day if day >= _FIRST else None), shape
        return made
