"""How long ago somebody proved who they are, and asking them again.

The session holds allauth's record of each proof: a password, a code, a passkey, the municipality's
own sign-in. What takes the whole list out of the house asks for a fresh one.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any
from urllib.parse import urlencode, urlsplit

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect

View = Callable[..., HttpResponse]
SECONDS = 60


def last_proof(request: HttpRequest) -> float | None:
    """When the signed-in person last proved who they are: seconds since 1970, or None."""
    records = get_authentication_records(request, request.user)
    return max((float(record["at"]) for record in records), default=None)


def is_recent(request: HttpRequest, *, now: datetime, minutes: int | None = None) -> bool:
    """Whether the last proof is young enough; always where the house does not ask (0 minutes)."""
    limit = settings.MEIBO_REAUTH_MINUTES if minutes is None else minutes
    if limit == 0:
        return True
    proof = last_proof(request)
    return proof is not None and now.timestamp() - proof < limit * SECONDS


def needs_recent_sign_in(view: View | None = None, *, minutes: int | None = None) -> Any:
    """A view that is shown only to who proved recently who they are; others are asked again and
    come back to it. `@needs_recent_sign_in` or `@needs_recent_sign_in(minutes=5)`."""

    def decorate(inner: View) -> View:
        @wraps(inner)
        def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if is_recent(request, now=timezone.now(), minutes=minutes):
                return inner(request, *args, **kwargs)
            return ask_again(request)

        return asked

    return decorate(view) if view is not None else decorate


def ask_again(request: HttpRequest) -> HttpResponse:
    """Lead to a page that asks who is there, and from it back to where they were."""
    methods = get_adapter(request).get_reauthentication_methods(request.user)
    address = methods[0]["url"] if methods else reverse("account_by_provider")
    return lead(request, f"{address}?{urlencode({'next': _way_back(request)})}")


def lead(request: HttpRequest, address: str) -> HttpResponse:
    """A redirect of the whole page, also where only a part of it was asked for."""
    if getattr(request, "htmx", False):
        return HttpResponseClientRedirect(address)
    return HttpResponseRedirect(address)


def _way_back(request: HttpRequest) -> str:
    """The page that somebody was on: for a part of a page or something sent, the page around."""
    htmx = getattr(request, "htmx", None)
    if htmx:
        return str(htmx.current_url_abs_path or "/")
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    before = request.META.get("HTTP_REFERER", "")
    secure = request.is_secure()
    if not url_has_allowed_host_and_scheme(before, {request.get_host()}, require_https=secure):
        return "/"
    parts = urlsplit(before)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
