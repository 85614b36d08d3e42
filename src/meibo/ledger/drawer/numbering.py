"""発令番号: a pattern of the town and a count that goes on within the fiscal year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from meibo.domain.book import Line
from meibo.domain.calendar import fiscal_year
from meibo.ledger.drawer.cards import DrawerError
from meibo.ledger.models import BookLine

_REIWA = 2018


@dataclass(frozen=True, slots=True)
class Pattern:
    """How numbers look. In `text`, {yy}, {yyyy} and {r} are the fiscal year of the day of effect
    (two digits, four, of 令和), {count} its count with so many `digits`. Raises ValueError for a
    text by which two years would give the same numbers."""

    text: str = "{yy}{count}"
    digits: int = 5

    def __post_init__(self) -> None:
        names = re.findall(r"\{(\w*)\}", self.text)
        years = {"yy", "yyyy", "r"}.intersection(names)
        if set(names) - {"yy", "yyyy", "r", "count"} or names.count("count") != 1 or not years:
            raise ValueError(
                f"発令番号の形「{self.text}」が読めません。{{count}} を一つ、"
                "{yy}・{yyyy}・{r} のどれかを入れてください。"
            )
        if not 1 <= self.digits <= 9:
            raise ValueError("発令番号の桁数は1から9までにしてください。")

    def around(self, year: int) -> tuple[str, str]:
        """What stands before and after the count in a fiscal year's numbers."""
        before, after = self.text.split("{count}")
        known = {"yy": f"{year % 100:02d}", "yyyy": str(year), "r": str(year - _REIWA)}
        return before.format(**known), after.format(**known)

    def number(self, year: int, count: int) -> str:
        """One number. Raises DrawerError where its digits do not suffice."""
        before, after = self.around(year)
        if count >= 10**self.digits:
            raise DrawerError(
                f"{year}年度の発令番号が{self.digits}桁では足りません。"
                "town/numbering.toml の digits を増やしてください。"
            )
        return f"{before}{count:0{self.digits}d}{after}"

    def highest(self, year: int) -> int:
        """The highest count that the book has in a year's numbers."""
        before, after = self.around(year)
        rows = BookLine.objects.filter(order_no__startswith=before, order_no__endswith=after)
        one = re.compile(re.escape(before) + rf"(\d{{{self.digits}}})" + re.escape(after))
        for number in rows.order_by("-order_no").values_list("order_no", flat=True).iterator():
            if found := one.fullmatch(number):
                return int(found[1])
        return 0


@dataclass(frozen=True, slots=True)
class Numbering:
    """Numbers for orders in their order. One that has a number already keeps it: an order that a
    source numbered, and a correction, which bears the number of what it mends."""

    pattern: Pattern = Pattern()

    def __call__(self, orders: Sequence[Line]) -> list[str]:
        years = {fiscal_year(order.effective) for order in orders if not order.order_no}
        last = {year: self.pattern.highest(year) for year in years}
        taken = {order.order_no for order in orders if order.order_no}
        return [each.order_no or self._next(last, each.effective, taken) for each in orders]

    def _next(self, last: dict[int, int], day: date, taken: set[str]) -> str:
        year = fiscal_year(day)
        while True:
            last[year] += 1
            number = self.pattern.number(year, last[year])
            if number not in taken:
                return number


def numbers(orders: Sequence[Line]) -> list[str]:
    """Numbers where the town says nothing else: two digits of the fiscal year and five more."""
    return Numbering()(orders)
