"""Which state the books are in: for whoever worked something out from them and acts on it later."""

from __future__ import annotations

from django.db.models import Max

from meibo.ledger.models import BookLine, FilingLine


def edition() -> str:
    """Another one after every line and every filing: both books are only ever added to."""
    last = BookLine.objects.aggregate(no=Max("no"))["no"] or 0
    filed = FilingLine.objects.aggregate(no=Max("no"))["no"] or 0
    return f"{last}-{filed}"
