"""任命権者: who appoints. An order may say it; where it does not, the unit tells, by the town's
table (地方公務員法6条: 長, 議長, 選挙管理委員会, 代表監査委員, 教育委員会)."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

FILE = "authorities.csv"


@dataclass(frozen=True, slots=True)
class Authorities:
    """`units`: name or code of a unit → who appoints in it and below; `others`: everywhere else."""

    units: Mapping[str, str] = field(default_factory=dict)
    others: str = ""

    def of(self, names: Sequence[str], codes: Sequence[str] = ()) -> str:
        """Who appoints in a unit, by its path from the top down; the nearest row decides."""
        levels = zip(reversed(names), reversed(codes or [""] * len(names)), strict=True)
        told = (self.units.get(code) or self.units.get(name) for name, code in levels)
        return next(filter(None, told), self.others)


@lru_cache(maxsize=2)
def parse(text: str) -> Authorities:
    """Read `authorities.csv`; the row without a unit is for all others."""
    rows = [
        ((row.get("unit") or "").strip(), (row.get("authority") or "").strip())
        for row in csv.DictReader(io.StringIO(text))
    ]
    return Authorities(dict(row for row in rows if row[0]), dict(rows).get("", ""))
