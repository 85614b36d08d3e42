"""Second factors, where the house has them: what a recovery at the desk takes away."""

from __future__ import annotations

from typing import Any

from django.apps import apps

from meibo.platform.accounts.models import Account

Authenticator: Any = None
if apps.is_installed("allauth.mfa"):  # its models can't be imported otherwise
    from allauth.mfa.models import Authenticator


def forget_factors(account: Account) -> int:
    """Take every second factor of an account away; how many there were."""
    if Authenticator is None:
        return 0
    found = Authenticator.objects.filter(user=account)
    count: int = found.count()
    found.delete()
    return count
