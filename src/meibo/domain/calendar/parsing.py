"""Dates out of files: one text, one style, one answer.

The answer is a day, a `Blank` (rightly no day), or a `DateProblem`; never an exception. What a
column's style does not allow is a problem even where it could be guessed, for a guess that is
wrong once moves a birthday; `auto` is for columns filled by hand.
"""

import math
import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Final

from meibo.domain.calendar import problems
from meibo.domain.calendar.eras import BY_CODE, BY_NAME, ERAS, Era
from meibo.domain.calendar.problems import Blank, DateProblem
from meibo.domain.calendar.writing import wareki

Parsed = date | Blank | DateProblem


class DateStyle(StrEnum):
    """How a column writes its dates."""

    ISO = "iso"  # 2027-04-01
    YMD8 = "ymd8"  # 20270401
    ERA7 = "era7"  # 5090401: era code, year, month, day
    WAREKI = "wareki"  # 令和9年4月1日, R9.4.1
    EXCEL = "excel"  # 46478: days since 1899-12-30, the 1900 system
    SLASH = "slash"  # 2027/4/1
    AUTO = "auto"  # whichever of these the text shows itself to be


#: Days that a roster can speak of; outside of it a typing error is likelier than a date.
EARLIEST: Final = date(1873, 1, 1)
LATEST: Final = date(2199, 12, 31)

_OPEN: Final = frozenset({"99999999", "9999-12-31", "9999/12/31", "9999-99-99", "9999/99/99"}) | {
    "期限なし",
    "無期限",
    "期限の定めなし",
}
_ERA7_BLANKS: Final = {"9999999": Blank.OPEN, "0000000": Blank.UNSET}
_UNSET: Final = frozenset({"", "0", "00000000", "0000-00-00", "0000/00/00", "-"})

_MIDNIGHT: Final = r"(?:[T ]0{1,2}:00(?::00(?:\.0+)?)?)?"
_YMD8: Final = re.compile(r"(\d{4})(\d\d)(\d\d)")
_ERA7: Final = re.compile(r"(\d)(\d\d)(\d\d)(\d\d)")
_ISO: Final = re.compile(rf"(\d{{4}})-(\d\d)-(\d\d){_MIDNIGHT}")
_WESTERN: Final = re.compile(rf"(\d{{4}})[/.\-年](\d{{1,2}})[/.\-月](\d{{1,2}})日?{_MIDNIGHT}")
_SHORT_YEAR: Final = re.compile(r"(\d{2})[/.\-年](\d{1,2})[/.\-月](\d{1,2})日?")
_SIX_DIGITS: Final = re.compile(r"(\d\d)(\d\d)(\d\d)")
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?")
_ERA_NAMES: Final = "|".join(sorted(BY_NAME, key=len, reverse=True))
_COUNT: Final = "元|[0-9]{1,3}|[〇一二三四五六七八九十]{1,3}"
_WAREKI: Final = re.compile(
    rf"({_ERA_NAMES})({_COUNT})(?:年|[./\-])({_COUNT})(?:月|[./\-])({_COUNT})日?(?:\(.?\))?"
)
_WAREKI_SHORT: Final = re.compile(rf"({_ERA_NAMES})(\d\d)(\d\d)(\d\d)")
_WAREKI_PART: Final = re.compile(rf"(?:{_ERA_NAMES})(?:{_COUNT})年?(?:(?:{_COUNT})月?)?")
_LAST_SERIAL: Final = 2958465  # 9999-12-31
_LEAP_1900: Final = 60  # Excel keeps the error of Lotus 1-2-3: serial 60 is 1900-02-29
_SERIAL_ZERO: Final = date(1899, 12, 30)


def parse_date(value: object, style: str = DateStyle.AUTO) -> Parsed:
    """The day that `value` holds, written in `style` (a `DateStyle`).

    `value` is a text, or what a spreadsheet reader gives: a number, a date, a datetime (its day).
    Empty and zeros are `Blank.UNSET`, 99999999 and 9999-12-31 `Blank.OPEN`. ValueError for a style
    that does not exist.
    """
    chosen = DateStyle(style)
    if isinstance(value, date):
        day = value.date() if isinstance(value, datetime) else value
        return Blank.OPEN if day.year == date.max.year else _plausible(day, str(day))
    if isinstance(value, float) and math.isfinite(value) and chosen is not DateStyle.EXCEL:
        value = int(value) if value.is_integer() else value
    return _parse_text("" if value is None else str(value), chosen)


@lru_cache(maxsize=65536)
def _parse_text(value: str, style: DateStyle) -> Parsed:
    words = unicodedata.normalize("NFKC", value).upper().split()
    text = (" " if ":" in value else "").join(words)
    if text in _UNSET:
        return Blank.UNSET
    if text in _OPEN:
        return Blank.OPEN
    reader, expected = _READERS[style]
    found = reader(text, value)
    return _of_another_form(text, value, expected) if found is None else found


def _iso(text: str, value: str) -> Parsed | None:
    return _matched_day(_ISO.fullmatch(text), value)


def _ymd8(text: str, value: str) -> Parsed | None:
    return _matched_day(_YMD8.fullmatch(text), value)


def _western(text: str, value: str) -> Parsed | None:
    return _matched_day(_WESTERN.fullmatch(text), value)


def _era7(text: str, value: str) -> Parsed | None:
    if text in _ERA7_BLANKS:
        return _ERA7_BLANKS[text]
    found = _ERA7.fullmatch(text)
    if not found:
        return None
    code, year, month, day = found.groups()
    era = BY_CODE.get(code)
    if era is None:
        return problems.unknown_era(value, code)
    return _era_day(era, int(year), int(month), int(day), value)


def _wareki(text: str, value: str) -> Parsed | None:
    found = _WAREKI.fullmatch(text) or _WAREKI_SHORT.fullmatch(text)
    if found:
        year, month, day = (_count(part) for part in found.groups()[1:])
        return _era_day(BY_NAME[found[1]], year, month, day, value)
    return problems.incomplete(value) if _WAREKI_PART.fullmatch(text) else None


def _excel(text: str, value: str) -> Parsed | None:
    if not _NUMBER.fullmatch(text) or not 1 <= float(text) < _LAST_SERIAL + 1:
        return None
    serial = int(float(text))
    if serial == _LEAP_1900:
        return problems.impossible(value, "1900年2月29日(通し番号60)")
    return _plausible(_SERIAL_ZERO + timedelta(days=serial + (serial < _LEAP_1900)), value)


def _auto(text: str, value: str) -> Parsed | None:
    readers = [_ymd8, _era7, _wareki, _western]
    if len(text.partition(".")[0]) == 5:  # 1927-05-18 and later
        readers.append(_excel)
    answers = (reader(text, value) for reader in readers)
    return next((answer for answer in answers if answer is not None), None)


_READERS: Final[dict[DateStyle, tuple[Callable[[str, str], Parsed | None], str]]] = {
    DateStyle.ISO: (_iso, "2027-04-01"),
    DateStyle.YMD8: (_ymd8, "8桁の20270401"),
    DateStyle.ERA7: (_era7, "元号コード+年月日の7桁"),
    DateStyle.WAREKI: (_wareki, "令和9年4月1日 または R9.4.1"),
    DateStyle.EXCEL: (_excel, "Excelの日付の通し番号"),
    DateStyle.SLASH: (_western, "2027/4/1"),
    DateStyle.AUTO: (_auto, "2027/4/1、20270401、令和9年4月1日など"),
}


def _of_another_form(text: str, value: str, expected: str) -> DateProblem:
    if found := _SHORT_YEAR.fullmatch(text) or _SIX_DIGITS.fullmatch(text):
        return problems.two_digit_year(value, _short_years(*map(int, found.groups())))
    guess = _auto(text, value)
    if isinstance(guess, date):
        return problems.other_style(value, expected, guess, wareki(guess))
    return problems.unreadable(value, expected)


def _short_years(year: int, month: int, day: int) -> tuple[date, ...]:
    """Every day that a year of two digits may mean: 19yy, 20yy, or a year of an era."""
    plain = (_real(century + year, month, day) for century in (1900, 2000))
    by_era = ((era, _real(era.western(year), month, day)) for era in ERAS if year)
    held = (found for era, found in by_era if found and era.holds(found))
    return tuple(sorted(found for found in {*plain, *held} if found and found.year < 2100))


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _count(text: str) -> int:
    """元, 12 or 十二."""
    if text == "元":
        return 1
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    digits = "〇一二三四五六七八九"
    if not ten:
        return int("".join(str(digits.index(c)) for c in text))
    return (digits.find(tens) if tens else 1) * 10 + (digits.find(ones) if ones else 0)


def _matched_day(match: re.Match[str] | None, value: str) -> Parsed | None:
    if match is None:
        return None
    year, month, day = map(int, match.groups())
    found = _real(year, month, day)
    if found is None:
        return problems.impossible(value, f"{year}年{month}月{day}日")
    return _plausible(found, value)


def _era_day(era: Era, year: int, month: int, day: int, value: str) -> Parsed:
    said = f"{era.name}{'元' if year == 1 else year}年{month}月{day}日"
    found = _real(era.western(year), month, day)
    if found is None or year < 1:
        return problems.impossible(value, said)
    if era.holds(found):
        return _plausible(found, value)
    bounds = f"{era.name}は{wareki(era.first)}から"
    if era is not ERAS[-1]:
        end = f"{era.name}{era.year(era.last.year)}年{era.last.month}月{era.last.day}日"
        bounds = f"{bounds}{end}まで"
    return problems.past_the_era(value, said, bounds, wareki(found), found)


def _plausible(day: date, value: str) -> date | DateProblem:
    if EARLIEST <= day <= LATEST:
        return day
    bounds = f"{EARLIEST.year}年から{LATEST.year}年"
    return problems.out_of_range(value, f"{day.year}年{day.month}月{day.day}日", bounds)
