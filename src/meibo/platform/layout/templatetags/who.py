"""{% who each.by %}: name and section of an account, as whoever looks may see them."""

from __future__ import annotations

from typing import Any

from django import template

from meibo.platform.layout.frame import frame_for
from meibo.platform.layout.who import who as found

register = template.Library()


@register.simple_tag(takes_context=True)
def who(context: dict[str, Any], name: str) -> str:
    """Each account is looked up once for a page."""
    request = context["request"]
    known: dict[str, str] | None = getattr(request, "meibo_who", None)
    if known is None:
        known = request.meibo_who = {}
    if name and name not in known:
        known |= found(frame_for(request).viewer, [name])
    return known.get(name, "")
