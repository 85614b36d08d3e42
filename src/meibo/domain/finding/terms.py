"""Terms of the index: under what a key is kept, and so by what it is proposed.

A key is indexed under the term of its whole and of each part (exact), of its beginnings
(prefix), and of its grams (inside). Grams are of one and two characters, and of three where
an alphabet is small: kana and ASCII; a pair of kanji is rare enough. Every term begins with
its field's code, so a field that a viewer may not search is not even read.

What the index proposes is checked against the keys: grams say nothing of adjacency or days.
"""

import re
from collections.abc import Iterator
from enum import IntEnum
from functools import lru_cache

from meibo.domain.finding.fields import UNIT, Field, Script, field_named

BEGINNING = 4
"""Beginnings are indexed up to this length; of a longer word the rest is looked for by grams."""
_WHOLE = 40
_GRAMS = 6
"""As many grams of a long word are asked for: enough to be rare, few enough to be quick."""
_NARROW = re.compile("[\x21-\x7eァ-ヺー]{3}")
#: FTS5's ascii tokenizer parts at ASCII signs; their wide forms never stand in folded text.
_SIGNS: dict[int, int | None] = {
    **dict.fromkeys([*range(0x21), 0x7F]),
    **{c: c + 0xFEE0 for c in range(0x21, 0x7F) if not chr(c).isalnum()},
}
#: One letter or digit alone is looked for where a part of these begins, not inside.
NO_SINGLES = frozenset({Script.ROMAJI, Script.NUMBER, Script.MAIL})


class Tier(IntEnum):
    """How well a word matches, best first."""

    EXACT = 0
    PREFIX = 1
    INSIDE = 2


@lru_cache(maxsize=65536)
def terms_of(field_name: str, key: str) -> frozenset[str]:
    """All terms under which a key is indexed."""
    field = field_named(field_name)
    if field.script is Script.FACT:
        return frozenset({unit_term(key)}) if field_name == UNIT else frozenset()
    whole = key.replace(" ", "")
    found = {term(field, "=", text) for text in (whole, *key.split(" "))}
    found |= {term(field, "^", whole[:n]) for n in range(1, min(len(whole), BEGINNING) + 1)}
    begun = {part[:1] for part in key.split(" ")}
    return frozenset(
        found | {term(field, ".", gram) for gram in {*begun, *_grams(whole, field.script)}}
    )


def unit_term(code: str) -> str:
    """The term of everyone with a post in a unit or below it."""
    return term(field_named(UNIT), "=", code)


def term(field: Field, mark: str, text: str) -> str:
    """A term of a field: `=` whole, `^` beginning, `.` gram."""
    return field.code + mark + text[:_WHOLE].translate(_SIGNS)


def _grams(whole: str, script: Script) -> Iterator[str]:
    text = whole.partition("@")[0] if script is Script.MAIL else whole
    for i, letter in enumerate(text):
        if script not in NO_SINGLES or not letter.isascii():
            yield letter
        if i + 2 <= len(text):
            yield text[i : i + 2]
        if _NARROW.match(text, i):
            yield text[i : i + 3]


def cover(text: str) -> list[str]:
    """A few grams that a key with this text inside must have, as far apart as can be."""
    grams: list[str] = []
    start = 0
    while start < len(text):
        size = 3 if _NARROW.match(text, start) else 2
        if start + size > len(text):  # the last one reaches back
            size = 3 if _NARROW.match(text, max(len(text) - 3, 0)) else 2
            start = max(len(text) - size, 0)
        grams.append(text[start : start + size])
        start += size
    return grams if len(grams) <= _GRAMS else grams[:: -(-len(grams) // _GRAMS)]
