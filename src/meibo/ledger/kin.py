"""Who is a couple or kin, where somebody told personnel: for the checks of a plan, and for no card.

A filing of its own kind, sealed under the key of the one it is filed of, drawn into no table.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from meibo.domain.book import fold_filings
from meibo.ledger.as_one import KEPT
from meibo.ledger.codec import filing_of
from meibo.ledger.models import FilingLine
from meibo.ledger.vault import Vault
from meibo.ledger.writer import Batch, NewFiling, append

FIELD = f"{KEPT}kin:"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people and what they are to one another (夫婦・親子 …)."""

    first: str
    second: str
    relation: str


def put(pair: Pair, on: date, *, actor: str, now: datetime) -> None:
    """File that two are kin from a day on; an empty relation says that they are no longer."""
    value = pair.relation.strip() or None
    filing = NewFiling(pair.first, FIELD + pair.second, value, on, now)
    append(Batch(filings=[filing]), actor=actor, now=now)


def pairs(on: date) -> list[Pair]:
    """Every pair on a day. For personnel alone."""
    rows = list(FilingLine.objects.filter(field__startswith=FIELD).order_by("no"))
    vault = Vault()
    vault.prepare({row.subject for row in rows})
    filed: dict[str, list[FilingLine]] = {}
    for row in rows:
        filed.setdefault(row.subject, []).append(row)
    found = []
    for person, own in filed.items():
        periods = fold_filings(filing_of(r, vault) for r in own)
        found += [
            Pair(person, period.field.removeprefix(FIELD), period.value)
            for period in periods
            if period.starts <= on < period.ends
        ]
    return found
