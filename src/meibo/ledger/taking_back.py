"""Undoing what was filed together: each filing is cancelled by one that names it. The book keeps
both."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from meibo.ledger import writer
from meibo.ledger.models import FilingLine
from meibo.ledger.writer import Batch, NewFiling

_UNDONE = ":undo"


def filed_as(source: str) -> list[str]:
    """The subjects of what was filed under this mark and has not been taken back."""
    return [row.subject for row in _standing(source)]


@transaction.atomic
def take_back(source: str, *, actor: str, now: datetime) -> int:
    """Cancel everything that was filed under this mark; returns how many filings. What was changed
    afterwards by others stays."""
    rows = _standing(source)
    filings = [
        NewFiling(
            *(row.subject, row.field, None, row.effective, now),
            voids=row.no,
            source=source + _UNDONE,
        )
        for row in rows
    ]
    if filings:
        writer.append(Batch(filings=filings), actor=actor, now=now)
    return len(filings)


def _standing(source: str) -> list[FilingLine]:
    rows = list(FilingLine.objects.filter(source=source, voids=None).order_by("no"))
    gone = FilingLine.objects.filter(source=source + _UNDONE).values_list("voids", flat=True)
    undone = set(gone)
    return [row for row in rows if row.no not in undone]
