"""Drawing units: their filings folded into the pieces that are read."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime

from meibo.domain.book import Filing, fold_filings
from meibo.domain.units import UnitPiece, unit_pieces
from meibo.ledger import joins
from meibo.ledger.beside import NOTHING, UNIT, Beside
from meibo.ledger.codec import dump, filing_of
from meibo.ledger.joins import Groups
from meibo.ledger.models import FilingLine, UnitStretch
from meibo.ledger.vault import Vault

_CHUNK = 500
_BATCH = 1000


def unit_drawings(
    subjects: Iterable[str] | None = None,
    known: datetime | None = None,
    beside: Beside = NOTHING,
) -> dict[str, list[UnitPiece]]:
    """Fold the filings of units (all of them without `subjects`) into pieces by code."""
    rows = FilingLine.objects.filter(subject__startswith=UNIT).order_by("no")
    if subjects is not None:
        rows = rows.filter(subject__in=list(subjects))
    vault = Vault()
    filings: dict[str, list[Filing]] = defaultdict(list)
    for row in rows:
        if known is None or row.recorded <= known:
            filings[row.subject].append(filing_of(row, vault))
    for subject in beside.units():
        filings[subject] += beside.filed(subject)
    groups = joins.groups(known)
    found = {s.removeprefix(UNIT): unit_pieces(fold_filings(f)) for s, f in filings.items()}
    if groups:
        for pieces in found.values():
            for piece in pieces:
                _name_as_one(piece, groups)
    return found


def _name_as_one(piece: UnitPiece, groups: Groups) -> None:
    """Who was joined to somebody is meant by either id: in the allotment and as 庶務担当."""
    for each in piece.state.get("allotments", []):
        if each.get("person"):
            each["person"] = groups.lead(each["person"])
    if piece.state.get("clerks"):
        clerks = map(groups.lead, json.loads(piece.state["clerks"]))
        piece.state["clerks"] = json.dumps(list(dict.fromkeys(clerks)))


def unit_rows(code: str, pieces: list[UnitPiece]) -> list[UnitStretch]:
    """The drawn rows of one unit."""
    return [
        UnitStretch(code=code, starts=p.starts, ends=p.ends, parent=p.parent, state=dump(p.state))
        for p in pieces
    ]


def unit_name(code: str, around: date) -> str:
    """A unit's name near a day, even where it had been abolished or was not there yet."""
    rows = list(UnitStretch.objects.filter(code=code).order_by("starts"))
    if not rows:
        return code
    near = [r for r in rows if r.starts <= around] or rows[:1]
    return str(json.loads(near[-1].state)["name"])


def naming(people: Collection[str]) -> set[str]:
    """The units (as subjects) in whose filings one of these people is named."""
    rows = FilingLine.objects.filter(subject__startswith=UNIT)
    found: set[str] = set()
    for person in people:
        named = rows.filter(value__contains=person).values_list("subject", flat=True)
        found |= set(named.distinct())
    return found


def redraw_units(subjects: Collection[str]) -> None:
    """Draw these units anew."""
    wanted = sorted(subjects)
    for at in range(0, len(wanted), _CHUNK):
        drawn = unit_drawings(wanted[at : at + _CHUNK])
        codes = [s.removeprefix(UNIT) for s in wanted[at : at + _CHUNK]]
        UnitStretch.objects.filter(code__in=codes).delete()
        UnitStretch.objects.bulk_create(
            [row for code, pieces in drawn.items() for row in unit_rows(code, pieces)],
            batch_size=_BATCH,
        )
