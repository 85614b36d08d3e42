"""How cells of 公開基準 are put before people."""

from django import template

from meibo.domain.disclosure_editing import ordered
from meibo.platform.policy.grid import CHOICES

register = template.Library()


@register.filter
def cell(letters: str) -> str:
    """A cell in words; days of a horizon as they are."""
    if letters == "*":
        return "いつまでも"
    if letters.isdecimal():
        return f"{letters}日" if letters != "0" else "今日だけ"
    return CHOICES.get(letters, CHOICES.get(ordered(letters), letters))
