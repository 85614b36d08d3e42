"""The duties of an account, as signing in must know them.

They hang on grants, which know accounts; so accounts can't know grants, and the settings name who
tells.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

from meibo.platform.accounts.models import Account


class Telling(Protocol):
    """Tells the duties in force today."""

    def __call__(self, account: Account) -> frozenset[str]: ...


def duties_of(account: Account) -> frozenset[str]:
    """The duties that this account has today."""
    return _teller(settings.MEIBO_DUTIES_OF)(account)


@lru_cache(maxsize=1)
def _teller(name: str) -> Telling:
    return cast("Telling", import_string(name))
