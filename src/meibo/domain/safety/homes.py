"""How far from the office somebody lives, no nearer than by quarter: from the table of the town.

What is kept of a home is the name of its quarter and the way from there. A street or a number is
never asked for.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class Area:
    """A quarter: the way from it to the office, and where it stands in the drawn grid."""

    name: str
    km: float
    column: int = 0
    row: int = 0


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
