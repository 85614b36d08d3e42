"""Dates that one row alone can't show to be wrong: beside the package's day, a life, other rows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from meibo.platform.feeds.definition.kinds import Role
from meibo.platform.feeds.draft import Draft
from meibo.platform.feeds.house import House

_YEAR = 366
_ROWS = 10
_ODD = 20
"""Dates are odd beside the others where there are ten or more and one in twenty at most is odd."""

_PAST = {
    Role.TRAINING: "day",
    Role.LICENCES: "acquired",
    Role.EVALUATION: "decided",
    Role.DECLARATIONS: "day",
}
"""What is reported in these files has happened."""

_TOGETHER = {Role.ORDERS: "effective", Role.DECLARATIONS: "day"}
_YOUNGEST = 10
"""Nobody holds a licence that a ward records before that age."""


def check_past(draft: Draft, house: House) -> None:
    """Days of attached files: not after the newest master, not before the person could."""
    role = draft.source.spec.role
    day = draft.day(_PAST.get(role, ""))
    if day and house.newest and day > house.newest:
        draft.note(_PAST[role], "future-date", base=house.newest.isoformat())
        return
    match role:
        case Role.TRAINING:
            _check_hired(draft, house)
        case Role.LICENCES:
            _check_age(draft, house)
        case Role.EVALUATION:
            _check_year(draft, house)


def _check_hired(draft: Draft, house: House) -> None:
    day, hired = draft.day("day"), house.hired.get(draft.text("staff_no") or "")
    if day and hired and day < hired:
        draft.note("day", "before-hired", hired=hired.isoformat())


def _check_age(draft: Draft, house: House) -> None:
    day, born = draft.day("acquired"), house.born.get(draft.text("staff_no") or "")
    if day and born and day.year - born.year < _YOUNGEST:
        draft.note("acquired", "too-young", born=born.isoformat())


def _check_year(draft: Draft, house: House) -> None:
    """年度 begins on 1 April; what is decided in it or in the year after speaks of it."""
    year, decided = draft.values.get("year"), draft.day("decided") or house.newest
    if not isinstance(year, int) or decided is None:
        return
    if not 0 <= (decided.year - (decided.month < 4)) - year <= 1:
        draft.note("year", "year-odd", decided=decided.isoformat())


def check_together(drafts: list[Draft]) -> None:
    """Dates far from those of almost all other rows of the file (a decade mistyped).

    An order of such a day would move somebody through years of the book, so it is not taken; a
    right one of long ago is in the master already.
    """
    name = _TOGETHER.get(drafts[0].source.spec.role, "") if drafts else ""
    dated = [(day, d) for d in drafts if not d.refused and (day := d.day(name))]
    if len(dated) < _ROWS:
        return
    days = sorted(day for day, _ in dated)
    middle = days[len(days) // 2]
    far = [d for day, d in dated if abs((day - middle).days) > _YEAR]
    if len(far) <= max(1, len(dated) // _ODD):
        for draft in far:
            if draft.source.spec.role is Role.ORDERS:
                draft.refuse(name, "order-far", middle=middle.isoformat())
            elif not any(n == name for n, _ in draft.flaws):
                draft.note(name, "date-far", middle=middle.isoformat())


def lives(masters: Iterable[Draft], house: House) -> None:
    """When everyone was hired (at the earliest) and born (where no master contradicts another)."""
    hired: dict[str, set[date]] = {}
    born: dict[str, set[date]] = {}
    for draft in masters:
        number = draft.text("staff_no")
        if draft.refused or not number:
            continue
        for name, found in (("hired", hired), ("birth_date", born)):
            day = draft.day(name)
            if day and not any(n == name for n, _ in draft.flaws):
                found.setdefault(number, set()).add(day)
    house.hired = {number: min(days) for number, days in hired.items()}
    house.born = {number: min(days) for number, days in born.items() if len(days) == 1}
