"""Cells that hold a date, in the style that the definition states or in another one.

A date in another style is taken where it can be read in one way only, and is told. A two-digit
year is taken as the latest such year that is not after the day of the file, and must be
confirmed: nothing in the text itself says which century was meant.
"""

from __future__ import annotations

import re
from datetime import date

from meibo.domain.calendar import Blank, DateProblem, Kind, Parsed, parse_date
from meibo.platform.feeds.definition.model import Column
from meibo.platform.feeds.flaws import Flaw, Flawed
from meibo.platform.feeds.values.plain import narrowed

_MAY_BE_NONE = frozenset({"ends", "term_end", "leave_to", "leave_from", "expires"})
"""Fields for which "open" or "not set" is an answer."""

_TWO_DIGITS = re.compile(r"(\d{2})[/.\-年](\d{1,2})[/.\-月](\d{1,2})日?|(\d{2})(\d{2})(\d{2})")
_SERIAL = re.compile(r"[1-6]\d{4}")
"""A date as the bare number of a spreadsheet, from 1927 to 2091."""

_ERAS = frozenset({"era7", "wareki"})
"""Styles in which a year without its era could be of any era: nothing is guessed."""

_OTHER_STYLES = ("ymd8", "iso", "slash", "wareki", "era7")


class Day:
    """Reads a date. `latest`: the day by which two-digit years are settled."""

    def __init__(self, column: Column, latest: date, *, native: bool) -> None:
        self._column = column
        self._latest = latest
        self._styles = (*column.dates, "iso") if native else column.dates
        self._signs = column.open | column.unset

    def __call__(self, raw: str) -> object:
        """The date, None for an empty cell or one that stands for none, or Flawed."""
        if not raw:
            return None
        text, flaws = narrowed(raw)
        if not text:
            return Flawed(None, tuple(flaws)) if flaws else None
        if text in self._column.not_open:
            return Flawed(None, (*flaws, Flaw("date-none")))
        if text in self._signs:
            return self._none(text, flaws)
        first: Parsed = Blank.UNSET
        for style in self._styles:
            found = parse_date(text, style)
            if isinstance(found, date):
                return Flawed(found, tuple(flaws)) if flaws else found
            first = found if style == self._styles[0] else first
        if isinstance(first, Blank):
            signs = [Flaw("date-style", {"mended": first.value})] if self._signs else []
            return self._none(text, [*flaws, *signs])
        return self._other(text, flaws, first)

    def _none(self, text: str, flaws: list[Flaw]) -> object:
        if self._column.name not in _MAY_BE_NONE:
            why = f"「{text}」は日付がないという印です。"
            return Flawed(None, (*flaws, Flaw("bad-date", {"why": why})))
        return Flawed(None, tuple(flaws)) if flaws else None

    def _other(self, text: str, flaws: list[Flaw], problem: Parsed) -> object:
        """A text that is no date in the specified style: the one day it can mean, if any."""
        code, day = self._guess(text, problem)
        if day is None:
            why = problem.message if isinstance(problem, DateProblem) else "日付ではありません。"
            return Flawed(None, (*flaws, Flaw("bad-date", {"why": why})))
        return Flawed(day, (*flaws, Flaw(code, {"mended": day.isoformat()})))

    def _guess(self, text: str, problem: Parsed) -> tuple[str, date | None]:
        read = (parse_date(text, style) for style in _OTHER_STYLES if style not in self._styles)
        found = {day for day in read if isinstance(day, date)}
        if len(found) == 1:
            return "date-style", found.pop()
        kind = problem.kind if isinstance(problem, DateProblem) else None
        if kind is Kind.ERA_BOUNDARY and isinstance(problem, DateProblem):
            return "date-era", problem.candidates[0]
        if _SERIAL.fullmatch(text):
            serial = parse_date(text, "excel")
            return "date-serial", serial if isinstance(serial, date) else None
        return "date-two-digit", None if self._styles[0] in _ERAS else self._two_digits(text)

    def _two_digits(self, text: str) -> date | None:
        match = _TWO_DIGITS.fullmatch(text)
        if not match:
            return None
        year, month, day = (int(part) for part in match.groups() if part)
        century = (self._latest.year - year) // 100 * 100
        try:
            return date(century + year, month, day)
        except ValueError:
            return None
