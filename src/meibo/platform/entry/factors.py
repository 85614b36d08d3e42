"""Second factors, where the house has them: what a recovery at the desk takes away."""

from __future__ import annotations

from django.apps import apps

from meibo.platform.accounts.models import Account

if apps.is_installed("allauth.mfa"):  # its models can't be imported otherwise
    from allauth.mfa import models
else:
    models = None


def forget_factors(account: Account) -> int:
    """Take every second factor of an account away; how many there were."""
    if models is None:
        return 0
    found = models.Authenticator.objects.filter(user=account)
    count: int = found.count()
    found.delete()
    return count
