"""What templates of every app may use."""

import secrets
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django import template
from django.core.paginator import Page
from django.forms import BoundField
from django.http import HttpRequest
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from heroicons.templatetags.heroicons import heroicon_mini, heroicon_outline

from meibo.platform.layout import photos, wording
from meibo.platform.layout.frame import Frame, frame_for
from meibo.platform.layout.highlight import highlight
from meibo.platform.layout.navigation import NAVIGATION
from meibo.platform.once.guard import FIELD

register = template.Library()

register.filter("longdate", wording.long_date)
register.filter("shortdate", wording.short_date)
register.filter("wareki", wording.era_date)
register.filter("tel", wording.telephone)
register.filter("initial", wording.initial)
register.filter("hue", wording.disc_colour)
register.filter("spaced", wording.spaced)
register.filter("highlight", highlight)


@register.filter
def isodate(value: object) -> str:
    """2027-04-01, for addresses and `datetime` attributes."""
    day = wording.as_date(value)
    return day.isoformat() if day else ""


@register.filter
def address(mail: object) -> SafeString:
    """A mail address that a line may be broken in before the @, and not in a word."""
    local, at, domain = str(mail or "").partition("@")
    return format_html("{}<wbr>{}{}", local, at, domain)


@register.filter
def counted(number: object) -> str:
    """1,300"""
    return f"{number:,}" if isinstance(number, int) else ""


@register.filter
def given(mapping: Any, key: str) -> object:
    """The value under a key that a template cannot write as a name."""
    return mapping.get(key) if mapping else None


@register.simple_tag(takes_context=True)
def frame(context: Context) -> Frame:
    """What stands around the page; `{% frame as frame %}` once, at the top."""
    return frame_for(context["request"])


@register.simple_tag(takes_context=True)
def to(context: Context, name: str, *arguments: str, **parameters: str) -> str:
    """The address of a page, with the day shown carried along unless it is today."""
    return frame_for(context["request"]).dated(reverse(name, args=arguments), **parameters)


@register.simple_tag
def once() -> SafeString:
    """What a form holds that makes something: sent twice, it is answered once."""
    token = secrets.token_urlsafe(16)
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, token)


@register.simple_tag(takes_context=True)
def carry(context: Context, address: str) -> str:
    """The address with the day shown carried along unless it is today."""
    return frame_for(context["request"]).dated(address)


@register.simple_tag(takes_context=True)
def here(context: Context, **changes: object) -> str:
    """This page's address with some parameters changed; None or empty takes one away."""
    request = context["request"]
    parameters = request.GET.copy()
    for name, value in changes.items():
        parameters.pop(name, None)
        if value not in {None, ""}:
            parameters[name] = str(value)
    return f"{request.path}?{parameters.urlencode()}" if parameters else str(request.path)


@register.filter
def page_numbers(page: Page[Any]) -> list[int]:
    """Numbers to offer around a page; 0 stands where some are left out."""
    last = page.paginator.num_pages
    near = {1, last, *range(page.number - 1, page.number + 2)}
    shown: list[int] = []
    for number in sorted(each for each in near if 1 <= each <= last):
        if shown and number - shown[-1] > 1:
            shown.append(0)
        shown.append(number)
    return shown


@register.filter
def styled(field: BoundField) -> BoundField:
    """A form's field in the look of the house, tied to its note and its errors."""
    widget = field.field.widget
    known = [f"{field.id_for_label}-note"] if field.help_text else []
    if field.errors:
        widget.attrs["aria-invalid"] = "true"
        known.append(f"{field.id_for_label}-error")
    if known:
        widget.attrs["aria-describedby"] = " ".join(known)
    if field.widget_type != "checkbox":  # which has the look of the choice that it stands in
        widget.attrs["class"] = "input"
    widget.attrs.pop("placeholder", None)
    return field


_ICONS: dict[tuple[str, int], SafeString] = {}


@register.simple_tag
def icon(name: str, size: int = 20) -> SafeString:
    """A heroicon beside words; silent for screen readers, since the words say it."""
    key = (str(name), size)
    if key not in _ICONS:
        draw = heroicon_mini if size <= 20 else heroicon_outline
        _ICONS[key] = mark_safe(  # nosec B308  # a drawing from the package, no user's text
            draw(str(name), size=size, aria_hidden="true", focusable="false")
        )
    return _ICONS[key]


@register.simple_tag(takes_context=True)
def disc(context: Context, card: Any, size: str = "") -> SafeString:
    """The photo of a card that holds one, else the initial on a coloured disc. Beside the name it
    says nothing new, so it is silent."""
    shape = f"disc disc-{wording.disc_colour(card['id'])}" + (f" disc-{size}" if size else "")
    if NAVIGATION.photo and photos.stored(card):
        address = reverse(NAVIGATION.photo, args=(card["id"],))
        return format_html(
            '<img class="{}" src="{}" alt="" width="96" height="96" loading="lazy">',
            shape,
            frame_for(context["request"]).dated(address),
        )
    return format_html(
        '<span class="{}" aria-hidden="true">{}</span>', shape, wording.initial(card.get("name"))
    )


@register.filter
def at(sequence: Any, index: int) -> object:
    """The element at a place; None beyond the end."""
    return sequence[index] if sequence and index < len(sequence) else None


def _on(request: HttpRequest, address: str, day: date) -> str:
    today = frame_for(request).today
    return address if day == today else f"{address}?{urlencode({'on': day.isoformat()})}"


@register.simple_tag(takes_context=True)
def dated(context: Context, name: str, day: date, *arguments: str) -> str:
    """The address of a page as of a certain day."""
    return _on(context["request"], reverse(name, args=arguments), day)


@register.simple_tag(takes_context=True)
def day_before(context: Context, name: str, day: date, *arguments: str) -> str:
    """The address of a page as of the day before a certain day: the last day of what ended."""
    return _on(context["request"], reverse(name, args=arguments), day - timedelta(days=1))


@register.simple_tag(takes_context=True)
def same_query(context: Context, name: str, without: str = "", *arguments: object) -> str:
    """The address of another page with just the parameters of this one, save those named."""
    parameters = context["request"].GET.copy()
    for key in ("page", "all", *without.split()):
        parameters.pop(key, None)
    address = reverse(name, args=arguments)
    return f"{address}?{parameters.urlencode()}" if parameters else address
