"""The ways into the house that a municipality has set up, for the sign-in page."""

from dataclasses import dataclass

from django import template

from meibo.platform.accounts.ways import way_to, ways

register = template.Library()


@dataclass(frozen=True)
class Way:
    """A provider's button."""

    label: str
    address: str


@register.simple_tag(takes_context=True)
def provider_ways(context: template.Context) -> list[Way]:
    """Their buttons; where somebody wanted to go is kept."""
    wanted = context["request"].GET.get("next", "")
    parameters = {"next": wanted} if wanted else {}
    return [Way(each.label, way_to(each.id, parameters)) for each in ways()]
