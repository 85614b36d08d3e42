"""Whose turn somebody may take: their own, and those of whom they stand in for (代決)."""

from __future__ import annotations

from datetime import date

from meibo.apps.personnel.models import Deputy, Turn


def accounts_of(account: str, today: date) -> set[str]:
    """The accounts that somebody decides for today: their own, and those they stand in for."""
    rows = Deputy.objects.filter(deputy=account, ended_at=None, starts__lte=today, last__gte=today)
    return {account, *rows.values_list("account", flat=True)}


def stands_for(turn: Turn, account: str, today: date) -> bool:
    """Whether a turn is an account's to take today."""
    return turn.account in accounts_of(account, today)
