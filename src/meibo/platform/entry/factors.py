"""What a recovery at the desk takes away besides the password: second factors and sessions."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from meibo.platform.accounts.models import Account


def forget_factors(account: Account) -> int:
    """Take every second factor of an account away, and end where it is signed in; how many
    factors there were."""
    for session in UserSession.objects.filter(user=account):
        session.end()
    found = Authenticator.objects.filter(user=account)
    count: int = found.count()
    found.delete()
    return count
