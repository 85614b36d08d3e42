"""処分・分限・表彰・公務災害: the kinds that a town records, and how long each is kept."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from meibo.domain.due.reckoning import months_after

FILE = "conduct.csv"
#: Fields of the disclosure table, and what they are called.
FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "discipline": "懲戒処分",
        "status": "分限処分",
        "award": "表彰",
        "accident": "公務災害",
    }
)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record; kept so many years from its last day (0: as long as the person's)."""

    field: str
    code: str
    label: str
    keep_years: int
    note: str


@dataclass(frozen=True, slots=True)
class Kinds:
    """Every kind that a town knows."""

    rows: tuple[Kind, ...]

    def of(self, field: str, code: str) -> Kind | None:
        """One kind; None where the town does not know it (any more)."""
        own = (kind for kind in self.rows if (kind.field, kind.code) == (field, code))
        return next(own, None)

    def ends_on(self, field: str, code: str, last: date) -> date | None:
        """From which day on a record whose last day was `last` may be removed; None: it goes with
        the person's own."""
        kind = self.of(field, code)
        if kind is None or not kind.keep_years:
            return None
        return months_after(last, kind.keep_years * 12)


@lru_cache(maxsize=2)
def parse(text: str) -> Kinds:
    """Read `conduct.csv`. Rows that can't be used are left out: nothing can be recorded of a kind
    that would never end."""
    rows = csv.DictReader(io.StringIO(text))
    return Kinds(
        tuple(
            Kind(r["field"], r["code"], r["label"], int(r["keep_years"]), r.get("note") or "")
            for r in rows
            if r.get("field") in FIELDS
            and r.get("code")
            and (r.get("keep_years") or "").isdecimal()
        )
    )
