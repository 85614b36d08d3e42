"""Eras: spans of days, each with entries of its own.

Keys of the past would otherwise be proposed for today, and the longer a town keeps its roster
the more of them there would be. An era holds the keys of its days only. Any day is answered
rightly whatever the eras are; they decide how quickly.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from meibo.ledger.models import SearchEra

UNITS = 0
"""The era of units: there are few, and one holds all their days."""
FIRST = 1
YEARS = 4
"""How long an era of the past is."""


@dataclass(frozen=True, slots=True)
class Era:
    """Half-open `[starts, ends)`. `alone`: there is no other era of people."""

    number: int
    starts: date = date.min
    ends: date = date.max
    alone: bool = True


def eras() -> list[Era]:
    """The eras of people, in order of time; at least one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, starts FROM ledger_searchera ORDER BY starts")
        rows = [(int(number), _day(starts)) for number, starts in cursor.fetchall()]
    if not rows:
        return [Era(FIRST)]
    ends = [*(starts for _, starts in rows[1:]), date.max]
    return [
        Era(number, date.min if i == 0 else starts, ends[i], len(rows) == 1)
        for i, (number, starts) in enumerate(rows)
    ]


def _day(value: date | str) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def era_of(on: date) -> Era:
    """The era that answers for a day."""
    return next(era for era in reversed(eras()) if era.starts <= on)


def cuts(first: date, today: date) -> list[date]:
    """Where eras should start so that today is quick: this fiscal year, and before it every
    `YEARS` years back to the first day that matters."""
    year = today.year - (today < date(today.year, 4, 1))
    return [date(y, 4, 1) for y in range(year, first.year, -YEARS)][::-1]


def store(starts: Sequence[date]) -> list[Era]:
    """Put new eras in place of all there are; entries are the caller's to write."""
    SearchEra.objects.all().delete()
    days = [date.min, *starts]
    SearchEra.objects.bulk_create(SearchEra(number=i, starts=d) for i, d in enumerate(days, FIRST))
    return eras()
