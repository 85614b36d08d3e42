"""Where a provider's sign-in begins."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode

from meibo.platform.accounts.identity import Provider


def ways() -> tuple[Provider, ...]:
    """The providers in the order of town/sign_in.toml."""
    found: tuple[Provider, ...] = settings.MEIBO_PROVIDERS
    return found


def way_to(name: str, parameters: Mapping[str, str]) -> str:
    """The address at which a provider's sign-in begins."""
    saml = {each.id for each in ways() if each.kind == "saml"}
    if name in saml:
        address = reverse("saml_login", kwargs={"organization_slug": name})
    else:
        address = reverse("openid_connect_login", kwargs={"provider_id": name})
    return f"{address}?{urlencode(parameters)}" if parameters else address
