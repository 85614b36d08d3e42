"""Opening and closing accounts, and granting duties.

`actor` is the sign-in name of who does it, or the name of the command that does. A caller's mistake
(name taken, unknown duty, weak password) is a ValidationError with a Japanese message.
"""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from meibo.platform.accounts.models import Account


@transaction.atomic
def open_account(
    username: str,
    password: str | None,
    person: str | None = None,
    duties: Iterable[str] = (),
    *,
    actor: str,
    now: datetime,
    is_demo: bool = False,
) -> Account:
    """A new account; without a password nobody can sign in to it until one is set."""
    account = Account(
        username=Account.normalize_username(username),
        person=person or None,
        duties=list(duties),
        is_demo=is_demo,
        opened_at=now,
        opened_by=actor,
    )
    if password is not None:
        validate_password(password, account)
    account.set_password(password)
    account.full_clean()
    account.save(force_insert=True)
    return account


@transaction.atomic
def set_password(account: Account, password: str, *, actor: str, now: datetime) -> None:
    """Replace the password; sessions opened with the old one end by themselves."""
    validate_password(password, account)
    account.set_password(password)
    account.save(update_fields=["password"])


@transaction.atomic
def grant_duties(account: Account, duties: Iterable[str], *, actor: str, now: datetime) -> None:
    """The account's duties are from now on exactly these."""
    account.duties = list(duties)
    account.full_clean()
    account.save(update_fields=["duties"])


@transaction.atomic
def close_account(account: Account, *, actor: str, now: datetime) -> None:
    """Nobody signs in to it any more, and who is signed in is not from the next request on."""
    account.is_active = False
    account.closed_at = now
    account.closed_by = actor
    account.save(update_fields=["is_active", "closed_at", "closed_by"])
