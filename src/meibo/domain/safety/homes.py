"""How far from the office somebody lives, no nearer than by quarter: from the table of the town.

What is kept of a home is the name of its quarter and the way from there. A street or a number is
never asked for.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

OFFICE = "本庁"
"""What the town's tables call the office itself where they ask for a quarter."""


@dataclass(frozen=True, slots=True)
class Area:
    """A quarter: the way from it to the office, and where it stands in the drawn grid."""

    name: str
    km: float
    column: int = 0
    row: int = 0


def way(home: Area | None, place: Area | None, near_km: float) -> float | None:
    """From a home to a place, None where nobody knows the home. The table knows ways to the office
    alone, so from one quarter to another it is the one by way of the office: nobody is promised
    sooner than they can be there. `place` None: nobody knows where it is, so the office it is."""
    if home is None or place is None or not place.km:
        return None if home is None else home.km
    return near_km if home.name == place.name else home.km + place.km


class Areas:
    """The town's table. A row matches an address or a postcode by how it begins; of several that
    match, the longest counts."""

    def __init__(self, rows: Iterable[Mapping[str, str]]) -> None:
        self._known: dict[str, Area] = {}
        for row in rows:
            begins, area = _plain(row.get("match", "")), _area(row)
            if begins and area is not None:
                self._known[begins] = area
        self._lengths = sorted({len(begins) for begins in self._known}, reverse=True)

    def all(self) -> list[Area]:
        """Every quarter once, in the order of the table."""
        return list({area.name: area for area in self._known.values()}.values())

    def named(self, name: str) -> Area | None:
        """The quarter of this name; the office, which is no way from itself."""
        if name == OFFICE:
            return Area(OFFICE, 0.0)
        return next((each for each in self._known.values() if each.name == name), None)

    def of(self, address: str | None, postcode: str | None) -> Area | None:
        """The quarter of a home; the postcode says it where the address does not."""
        for written in (_plain(address or ""), _plain(postcode or "")):
            for length in self._lengths:
                found = self._known.get(written[:length]) if len(written) >= length else None
                if found is not None:
                    return found
        return None


def _area(row: Mapping[str, str]) -> Area | None:
    try:
        return Area(
            row["area"],
            float(row["km"]),
            int(row.get("column") or 0),
            int(row.get("row") or 0),
        )
    except (KeyError, ValueError):
        return None


def _plain(written: str) -> str:
    """Without blanks and hyphens, digits in one width."""
    return re.sub(r"[\s\-‐‑–—−ー]", "", unicodedata.normalize("NFKC", written))
