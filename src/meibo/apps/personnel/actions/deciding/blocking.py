"""What stands in the way of deciding on a plan and of announcing it: findings that are errors."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import cast

from django.utils.module_loading import import_string

from meibo.ledger.drawer import DrawerError

Counting = Callable[[int, date], int]

#: The dotted name of what counts the findings of a plan that are errors: checks are read, and what
#: is done here is what the pages of checks do without.
ERRORS = ["meibo.apps.personnel.queries.deciding.blocking.errors"]


def refuse_errors(number: int, today: date) -> None:
    """Raise DrawerError where a plan has findings that are errors."""
    counting = [cast("Counting", import_string(name)) for name in ERRORS]
    if count := sum(errors(number, today) for errors in counting):
        raise DrawerError(
            f"「直す」指摘が{count}件残っています。"
            "「指摘」の頁で片付けてから、もう一度お試しください。"
        )
