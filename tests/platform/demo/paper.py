"""A ward on paper: what `meibo demo` would write, and what follows from it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime

from meibo.domain.book import Career, Filing, Line, Period, fold, fold_filings
from meibo.domain.units import UnitPiece, unit_pieces
from meibo.ledger.writer import UNIT
from meibo.platform.demo.composing import Composition

NOW = datetime.fromisoformat("2026-11-23T10:00:00+09:00")


@dataclass
class Folded:
    """A ward on paper, and what follows from it."""

    composition: Composition
    lines: dict[str, list[Line]] = field(default_factory=dict)
    careers: dict[str, Career] = field(default_factory=dict)
    periods: dict[str, list[Period]] = field(default_factory=dict)
    units: dict[str, list[UnitPiece]] = field(default_factory=dict)

    def value(self, subject: str, name: str, on: date) -> str | None:
        """What is filed on a day."""
        return next(
            (
                p.value
                for p in self.periods.get(subject, [])
                if p.field == name and p.starts <= on < p.ends
            ),
            None,
        )

    def present(self, on: date) -> list[str]:
        """The ids of everyone in service on a day."""
        return [
            person
            for person, career in self.careers.items()
            if any(s.starts <= on < s.ends for s in career.services)
        ]


def folded(composition: Composition) -> Folded:
    """Fold a composition the way the ledger would."""
    batch = composition.batch
    ward = Folded(composition)
    own: dict[str, list[Line]] = defaultdict(list)
    for line in batch.lines:
        own[line.person].append(line)
    ward.lines = dict(own)
    house = own.get("", [])
    ward.careers = {p: fold([*house, *own.get(p, [])]) for p in batch.people}
    filings: dict[str, list[Filing]] = defaultdict(list)
    for no, f in enumerate(batch.filings, 1):
        kept = Filing(no, f.subject, f.field, f.value, f.effective, f.recorded, f.until, f.voids)
        filings[f.subject].append(kept)
    ward.periods = {subject: fold_filings(rows) for subject, rows in filings.items()}
    ward.units = {
        s.removeprefix(UNIT): unit_pieces(periods)
        for s, periods in ward.periods.items()
        if s.startswith(UNIT)
    }
    return ward
