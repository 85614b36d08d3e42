"""Marking in a text what was searched for. Only for the eye: whether something was found is the
search's matter, and a hit without a mark is no error."""

from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from meibo.domain.names import fold


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    """One character as search compares it; empty for what has no width, like a selector."""
    return fold(character)


def _folded(text: str) -> tuple[str, list[int]]:
    """The text as it is compared, and for each of its characters where it came from."""
    folded: list[str] = []
    origin: list[int] = []
    for index, character in enumerate(text):
        for plain in _plain(character):
            folded.append(plain)
            origin.append(index)
    return "".join(folded), origin


def _covered(text: str, words: list[str]) -> set[int]:
    folded, origin = _folded(text)
    found: set[int] = set()
    for word in words:
        wanted = _folded(word)[0]
        start = folded.find(wanted) if wanted else -1
        while start >= 0:
            found.update(origin[start : start + len(wanted)])
            start = folded.find(wanted, start + len(wanted))
    # A variation selector belongs to the character before it.
    for index, character in enumerate(text):
        if index - 1 in found and not _plain(character) and not character.isspace():
            found.add(index)
    return found


def highlight(text: object, query: object) -> SafeString:
    """The text, escaped, with `<mark>` around every word of the query that it holds."""
    plain = str(text or "")
    covered = _covered(plain, str(query or "").split())
    parts: list[str] = []
    inside = False
    for index, character in enumerate(plain):
        if (index in covered) != inside:
            inside = not inside
            parts.append("<mark>" if inside else "</mark>")
        parts.append(escape(character))
    if inside:
        parts.append("</mark>")
    return mark_safe("".join(parts))  # nosec B308  # every character of it went through escape()
