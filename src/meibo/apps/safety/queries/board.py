"""The board: how many answered what, by unit with all below it. Counted by the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from meibo.apps.safety.models import Called, Check
from meibo.domain.safety.words import DAMAGED, HURT, NO, STATUS, UNABLE
from meibo.domain.units import Organisation

NONE, COMING, HERE, HARM, DAMAGE = "none", "coming", "here", "harm", "damage"
#: What a list of people may be narrowed to, besides a status.
SORTS: Mapping[str, str] = {NONE: "答えていない人", COMING: "来られる人", HERE: "着いた人"} | {
    HARM: "けがをした人・救助を待つ人",
    DAMAGE: "家に被害のある人",
    **{key: f"{label}人" for key, label in DAMAGED.items()},
}


HARMED = frozenset(list(STATUS)[list(STATUS).index(HURT) :])
NOT_COMING = Q(comes__in=("", NO)) | Q(status__in=UNABLE)
"""Of whom it is not known that they come: nobody counts on who is badly hurt or waits for help."""

COUNTED_ON = ~Q(status__in=UNABLE) & (~Q(comes__in=("", NO)) | Q(arrived_at__isnull=False))
"""Who comes, or is here already."""
SILENT = Q(status="", arrived_at=None)
"""Who has to be asked again: nobody heard of them, and nobody saw them at the gate."""


@dataclass(slots=True)
class Tally:
    """How many were asked, answered, and with which words; `coming`: who says that they come, and
    is able to; `silent`: who did not answer, and is not here either."""

    asked: int = 0
    answered: int = 0
    coming: int = 0
    arrived: int = 0
    silent: int = 0
    status: Counter[str] = field(default_factory=Counter)
    home: Counter[str] = field(default_factory=Counter)

    @property
    def percent(self) -> float:
        """Of those asked, how many answered."""
        return 100 * self.answered / self.asked if self.asked else 0.0

    @property
    def harmed(self) -> int:
        """How many are hurt, or wait for help."""
        return sum(self.status[key] for key in STATUS if key in HARMED)

    @property
    def grave(self) -> int:
        """How many are badly hurt, or wait for help."""
        return sum(self.status[key] for key in UNABLE)

    @property
    def damaged(self) -> int:
        """How many have a home that was damaged, or that they can't live in."""
        return sum(self.home[key] for key in DAMAGED)

    @property
    def homes(self) -> list[tuple[str, str, int]]:
        """How many homes were damaged how, with the words for it."""
        return [(key, label, self.home[key]) for key, label in DAMAGED.items()]

    def add(self, status: str, comes: str, arrived: int, home: str, count: int) -> None:
        """Count so many people with this answer."""
        self.asked += count
        if home:
            self.home[home] += count
        self.arrived += arrived * count
        self.silent += 0 if status or arrived else count
        if status:
            self.answered += count
            self.status[status] += count
            self.coming += count if comes and comes != NO and status not in UNABLE else 0


@dataclass(frozen=True, slots=True)
class Board:
    """All of a check, and unit by unit (code → tally, with those below; "" where none is known)."""

    whole: Tally
    units: Mapping[str, Tally]


def totals(check: Check) -> Tally:
    """All of a check."""
    whole = Tally()
    for _, *row in _counted(check, "status"):
        whole.add(*row)
    return whole


def board(check: Check, organisation: Organisation) -> Board:
    """Counted as it stands."""
    whole, units = Tally(), dict[str, Tally]()
    for unit, *row in _counted(check, "unit"):
        whole.add(*row)
        for code in organisation.codes.get(unit, ("",)):
            units.setdefault(code, Tally()).add(*row)
    return Board(whole, units)


def quarters(check: Check) -> dict[str, Tally]:
    """By the quarter of their homes."""
    found: dict[str, Tally] = {}
    for area, *row in _counted(check, "prospect__area"):
        found.setdefault(area or "", Tally()).add(*row)
    return found


def _counted(check: Check, by: str) -> Iterable[tuple[Any, ...]]:
    here = Case(When(arrived_at=None, then=Value(0)), default=Value(1), output_field=IntegerField())
    rows = Called.objects.filter(check_asked=check).annotate(here=here)
    return rows.values_list(by, "status", "comes", "here", "home").annotate(Count("pk"))


def sorted_out(check: Check, sort: str, units: Iterable[str] | None) -> QuerySet[Called]:
    """Those of a check who are of one sort (a status, or a key of SORTS), in these units."""
    rows = Called.objects.filter(check_asked=check)
    if units is not None:
        rows = rows.filter(unit__in=list(units))
    if sort == NONE:
        return rows.filter(SILENT)
    if sort == COMING:
        return rows.exclude(NOT_COMING)
    if sort == HERE:
        return rows.exclude(arrived_at=None)
    if sort == HARM:
        return rows.filter(status__in=HARMED)
    if sort == DAMAGE:
        return rows.filter(home__in=list(DAMAGED))
    if sort in DAMAGED:
        return rows.filter(home=sort)
    return rows.filter(status=sort) if sort else rows
