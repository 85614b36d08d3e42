"""How many findings of a plan stand in its way."""

from __future__ import annotations

from datetime import date

from meibo.apps.personnel.queries import checking


def errors(number: int, today: date) -> int:
    """How many findings of a plan are errors."""
    return len(checking.blocking(checking.findings(number, today=today)))
