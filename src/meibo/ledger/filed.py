"""Filings found again by where they came from, so that one can be made void."""

from __future__ import annotations

from datetime import datetime

from meibo.ledger.models import FilingLine
from meibo.ledger.writer import Batch, NewFiling, append


def void(subject: str, source: str, *, actor: str, now: datetime) -> int:
    """Make the filings of a subject that came from a source void, as if never filed; how many."""
    rows = list(FilingLine.objects.filter(subject=subject, source=source, voids=None))
    voids = [
        NewFiling(
            row.subject, row.field, None, row.effective, now, voids=row.no, source=f"{source}:void"
        )
        for row in rows
    ]
    if voids:
        append(Batch(filings=voids), actor=actor, now=now)
    return len(voids)
