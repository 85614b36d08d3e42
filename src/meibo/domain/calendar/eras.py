"""元号: when each began and ended.

The days are those of the law: 明治 and 大正 ended on the very day on which the next began
(詔書による即日改元), so that day may be written in either; 昭和 and 平成 ended the day before
(元号法, 昭和64年政令1号, 平成31年政令143号). The calendar is Gregorian since 明治6年1月1日.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

FIRST_GREGORIAN_DAY: Final = date(1873, 1, 1)


@dataclass(frozen=True, slots=True)
class Era:
    """One era. `code` is the digit that hosts use, `letter` the initial, `year_one` the Western
    year of its 元年; `first` and `last` are the days that can be written in it."""

    code: str
    name: str
    letter: str
    year_one: int
    first: date
    last: date

    def western(self, year: int) -> int:
        """The Western year of a year of this era, whether or not the era lasted so long."""
        return self.year_one + year - 1

    def year(self, western: int) -> int:
        """The year of this era that a Western year is."""
        return western - self.year_one + 1

    def holds(self, day: date) -> bool:
        """Whether the day can be written in this era."""
        return self.first <= day <= self.last


ERAS: Final = (
    Era("1", "明治", "M", 1868, FIRST_GREGORIAN_DAY, date(1912, 7, 30)),
    Era("2", "大正", "T", 1912, date(1912, 7, 30), date(1926, 12, 25)),
    Era("3", "昭和", "S", 1926, date(1926, 12, 25), date(1989, 1, 7)),
    Era("4", "平成", "H", 1989, date(1989, 1, 8), date(2019, 4, 30)),
    Era("5", "令和", "R", 2019, date(2019, 5, 1), date.max),
)
BY_CODE: Final = {era.code: era for era in ERAS}
#: 令和, 令, R: every way in which texts name an era.
BY_NAME: Final = {name: era for era in ERAS for name in (era.name, era.name[0], era.letter)}


def era_of(day: date) -> Era | None:
    """The era of a day, the later one where two meet; None before 明治6年 (lunar calendar)."""
    return next((era for era in reversed(ERAS) if era.first <= day), None)
