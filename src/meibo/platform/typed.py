"""Numbers that a form of ours sends back, ids and versions, and codes that people type."""

from __future__ import annotations

import unicodedata

#: Longer than any id or version, and short enough for every database.
_LONGEST = 15


def whole(text: str, otherwise: int = -1) -> int:
    """The number that the text is, or `otherwise`, which no row has, for whatever else it is."""
    plain = text.isascii() and text.isdigit() and len(text) <= _LONGEST
    return int(text) if plain else otherwise


def wholes(texts: list[str]) -> frozenset[int]:
    """All that are numbers."""
    return frozenset(whole(text) for text in texts) - {-1}


def code(text: str) -> str:
    """A code as it is kept, of what somebody typed: full-width digits are the same digits."""
    return unicodedata.normalize("NFKC", text).strip()
