"""Stopping who guesses: axes counts failures in the database, for all processes together.

A sign-in name is locked at one desk after MEIBO_LOCK_AFTER failures, and at every desk after
`EVERYWHERE` times as many: else anybody could keep anybody out of the house from afar.
"""

from __future__ import annotations

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import salted_hmac

from meibo.platform.accounts.entrance import noting
from meibo.platform.accounts.models import Account
from meibo.platform.audit.acts import Act

EVERYWHERE = 4
TOO_MANY_REQUESTS = 429


def counted_name(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """Under which name failures are counted: the account's own, and for any other word its
    fingerprint, since people type passwords where their name belongs."""
    typed = str((credentials or {}).get("username") or request.POST.get("login", ""))
    if noting.account_named(typed) is not None:
        return typed
    return f"?{salted_hmac('meibo.lockout', typed, algorithm='sha256').hexdigest()}"


class HouseHandler(AxesDatabaseHandler):  # type: ignore[misc]  # axes ships no types
    """Failures of a name at this desk, or a quarter of its failures at all desks."""

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        username = counted_name(request, credentials)
        since = get_cool_off_threshold(request)
        attempts = AccessAttempt.objects.filter(username=username, attempt_time__gte=since)
        desk = request.__dict__.get("axes_ip_address")
        here = _failures(attempts.filter(ip_address=desk))
        return max(here, _failures(attempts) // EVERYWHERE)


def _failures(attempts: Any) -> int:
    return int(attempts.aggregate(total=Sum("failures_since_start"))["total"] or 0)


def count_failure(request: HttpRequest, account: Account) -> None:
    """A wrong code counts like a wrong password."""
    AxesProxyHandler.user_login_failed(
        sender=Account, credentials={"username": account.username}, request=request
    )


def refuse_if_locked(request: HttpRequest, account: Account) -> None:
    """Answer with the page of the lock, whatever was typed."""
    credentials = {"username": account.username}
    if not AxesProxyHandler.is_allowed(request, credentials):
        raise ImmediateHttpResponse(locked(request, None, credentials))


def locked(
    request: HttpRequest,
    response: HttpResponse | None = None,
    credentials: dict[str, Any] | None = None,
) -> HttpResponse:
    """The page that says so, and the line in the audit log."""
    account = noting.account_named((credentials or {}).get("username"))
    known = account is not None
    noting.noted(request, Act.LOCKED, account=account, known=known, after=settings.MEIBO_LOCK_AFTER)
    context = {"minutes": settings.MEIBO_LOCK_MINUTES}
    return render(request, "account/locked.html", context, status=TOO_MANY_REQUESTS)
