"""The board: how many answered what, by unit."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from meibo.apps.safety.models import Called, Check
from meibo.domain.safety.words import NO


@dataclass(slots=True)
class Tally:
    """How many were asked, answered, and with which words; `coming`: who can come at all."""

    asked: int = 0
    answered: int = 0
    coming: int = 0
    arrived: int = 0
    status: Counter[str] = field(default_factory=Counter)

    @property
    def percent(self) -> float:
        """Of those asked, how many answered."""
        return 100 * self.answered / self.asked if self.asked else 0.0


@dataclass(frozen=True, slots=True)
class Board:
    """All of a check, and unit by unit (code → tally, without those below)."""

    whole: Tally
    units: dict[str, Tally]


def board(check: Check) -> Board:
    """Counted as it stands."""
    whole, units = Tally(), dict[str, Tally]()
    rows = Called.objects.filter(check_asked=check)
    for unit, status, comes, arrived in rows.values_list("unit", "status", "comes", "arrived_at"):
        for tally in (whole, units.setdefault(unit, Tally())):
            tally.asked += 1
            if status:
                tally.answered += 1
                tally.status[status] += 1
                tally.coming += bool(comes) and comes != NO
            tally.arrived += arrived is not None
    return Board(whole, units)
