"""The ways into the house that a municipality has set up, for the sign-in page."""

from dataclasses import dataclass

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode

register = template.Library()


@dataclass(frozen=True)
class Way:
    """A provider's button."""

    label: str
    address: str


@register.simple_tag(takes_context=True)
def provider_ways(context: template.Context) -> list[Way]:
    """The providers in the order of town/sign_in.toml; where somebody wanted to go is kept."""
    wanted = context["request"].GET.get("next", "")
    query = f"?{urlencode({'next': wanted})}" if wanted else ""
    found = settings.MEIBO_PROVIDERS
    return [Way(each.label, _address(each.kind, each.id) + query) for each in found]


def _address(kind: str, name: str) -> str:
    if kind == "saml":
        return reverse("saml_login", kwargs={"organization_slug": name})
    return reverse("openid_connect_login", kwargs={"provider_id": name})
