"""A master delivered again: lines that are byte for byte what they were need not be read.

Nearly every row of a delivery is the row of the last one. Whoever keeps, beside the book, what came
of each line hands it in as a `Recall`; reading then looks at the other lines only and says in
`Seen` what may be kept this time. What is told of a package is the same with and without.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from meibo.domain.findings import Finding

Digest = Callable[[Iterable[bytes]], list[bytes]]


@dataclass(slots=True)
class Ground:
    """The files that every row stands on and that only say what they said: units and duties.

    `standings`: the units as (code, name, parent, starts, ends). `counts` and `findings`: by what
    `recalling.name_of` calls a file; how many rows of it were taken and refused.
    """

    standings: list[tuple[str, str, str | None, date, date]] = field(default_factory=list)
    counts: dict[str, tuple[int, int]] = field(default_factory=dict)
    findings: dict[str, list[Finding]] = field(default_factory=dict)


@dataclass(slots=True)
class Recall:
    """A delivery of before. `context`: of all that its rows were checked against; `digest`: how
    lines are known again; `lines`: digest → place in `numbers` and `until`."""

    context: bytes
    base: date
    header: bytes
    digest: Digest
    places: dict[bytes, int]
    numbers: list[str]
    until: list[int]
    told: Mapping[str, tuple[Finding, ...]]  # by staff number
    ground: Ground

    def out_of_date(self, day: int) -> set[int]:
        """The places of lines that may mean something else on a day."""
        if day == self.base.toordinal():
            return set()
        return {place for place, until in enumerate(self.until) if until <= day}


@dataclass(slots=True)
class Seen:
    """What a reading leaves for the next one; None in the package where there is nothing to keep.

    `lines`: record → the bytes of its line, of records read anew. `spared`: staff number → record,
    of lines that were not read.
    """

    context: bytes
    file: str
    base: date
    header: bytes
    lines: dict[int, bytes]
    spared: dict[str, int]
    ground: Ground
    restored: bool  # whether the ground was taken from the recall
