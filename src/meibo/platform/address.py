"""Where a request comes from: the desk, not the proxy in between."""

from __future__ import annotations

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def of(request: HttpRequest) -> str:
    """The visitor's address. Behind a trusted proxy it is the one that the proxy added to
    X-Forwarded-For; what stands before that anybody may have written."""
    trusted: int = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    direct = str(request.META.get("REMOTE_ADDR", ""))
    told = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    if not trusted or len(told) < trusted:
        return direct[:45]
    try:
        return str(ip_address(told[-trusted]))
    except ValueError:
        return direct[:45]
