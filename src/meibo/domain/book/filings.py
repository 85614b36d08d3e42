"""The book of filings (届出): values that change by notice, not by order.

Names, addresses and contacts of people, and the names, phones, places and duties of
units. A filing says that from `effective` on (until the day `until`, exclusive) a field of
a subject has a value. A later one takes over from its day; of two for one day the one
filed later counts; a filing can be cancelled by one that names it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from meibo.domain.book.lines import OPEN


class Filing(NamedTuple):
    """One notice. `subject` is a person's id or `unit:CODE`; `field` names what changes.

    A tuple, for they are read by the hundred thousand. `value` is text, JSON where the field has
    parts; None says that there is none any more.
    """

    no: int
    subject: str
    field: str
    value: str | None
    effective: date
    recorded: datetime
    until: date = OPEN
    voids: int | None = None


class Period(NamedTuple):
    """A value in force over `[starts, ends)`; `no` is the filing that brought it."""

    field: str
    value: str
    starts: date
    ends: date
    no: int


def fold_filings(filings: Iterable[Filing]) -> list[Period]:
    """Fold the filings of one subject into periods, field by field, in order of time."""
    by_field: dict[str, list[Filing]] = {}
    for filing in standing_filings(filings):
        by_field.setdefault(filing.field, []).append(filing)
    found: list[Period] = []
    for name in sorted(by_field):
        found += _periods(by_field[name])
    return found


def standing_filings(filings: Iterable[Filing]) -> list[Filing]:
    """The filings that count: those that no other one cancels."""
    all_ = list(filings)
    if all(f.voids is None for f in all_):  # as nearly always
        return all_
    subject = {f.no: f.subject for f in all_}
    dead: set[int] = set()
    for filing in sorted((f for f in all_ if f.voids is not None), key=lambda f: -f.no):
        target = filing.voids
        if filing.no in dead or target is None or target >= filing.no:
            continue
        if subject.get(target) == filing.subject:
            dead.add(target)
    return [f for f in all_ if f.no not in dead and f.voids is None]


def _periods(filings: list[Filing]) -> list[Period]:
    """A filing holds until the next of a later day; what ended early leaves a gap."""
    if len(filings) == 1:  # as most are
        return _held(filings[0], filings[0].until)
    latest: dict[date, Filing] = {}
    for filing in sorted(filings, key=lambda f: f.no):
        latest[filing.effective] = filing
    days = sorted(latest)
    following = [*days[1:], OPEN]
    return [
        period
        for day, after in zip(days, following, strict=True)
        for period in _held(latest[day], min(latest[day].until, after))
    ]


def _held(filing: Filing, ends: date) -> list[Period]:
    """The period of one filing; none where it takes a value away."""
    if filing.value is None or filing.effective >= ends:
        return []
    return [Period(filing.field, filing.value, filing.effective, ends, filing.no)]
