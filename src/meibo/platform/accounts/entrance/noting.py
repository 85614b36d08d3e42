"""What happens at the entrance, written into the audit log. Nothing typed by who fails to come in
is written down: people type passwords where their name belongs."""

from __future__ import annotations

from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest
from django.utils import timezone

from meibo.platform import address
from meibo.platform.accounts.models import Account
from meibo.platform.audit.actions import Actor, Entry, actor_of, note
from meibo.platform.audit.acts import Act


def account_named(username: object) -> Account | None:
    """The account that a sign-in name belongs to."""
    return Account.objects.filter(username=str(username or "")).first()


def noted(
    request: HttpRequest, act: Act, *, account: Account | None = None, **detail: object
) -> None:
    """Note what is about to happen, as a deed of the account or of who is signed in."""
    actor = actor_of(request)
    if account is not None:
        actor = Actor(account.username, account.person or "", address.of(request))
    note(Entry(act, detail=detail), actor=actor, now=timezone.now())


def failed(request: HttpRequest, username: object, how: str) -> None:
    """Note that a password, code or passkey was not the right one."""
    account = account_named(username)
    noted(request, Act.SIGN_IN_FAILED, account=account, how=how, known=account is not None)


def means(request: HttpRequest, account: Account) -> list[str]:
    """By which means somebody came in, for the log: password, totp, webauthn, a provider's name."""
    records = get_authentication_records(request, account)
    return [str(r.get("type") or r.get("provider") or r.get("method")) for r in records]
