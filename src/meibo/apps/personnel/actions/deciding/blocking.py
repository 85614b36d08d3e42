"""What stands in the way of deciding on a plan and of announcing it: findings that are errors."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from meibo.ledger.drawer import DrawerError

#: How many findings of a plan are errors. The app's `ready` fills it in: checks are read, and what
#: is done here does not reach up to what is read.
ERRORS: list[Callable[[int, date], int]] = []


def refuse_errors(number: int, today: date) -> None:
    """Raise DrawerError where a plan has findings that are errors."""
    if count := sum(errors(number, today) for errors in ERRORS):
        raise DrawerError(
            f"エラーの指摘が{count}件残っています。"
            "「指摘」の頁で片付けてから、もう一度お試しください。"
        )
