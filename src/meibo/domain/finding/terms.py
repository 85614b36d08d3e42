"""Terms of the index: under what a key is kept, and so by what it is proposed.

A key is indexed under the term of its whole and of each part (exact), of its beginnings
(prefix), and of its grams (inside). Grams are of one and two characters, and of three where
an alphabet is small: kana and ASCII; a pair of kanji is rare enough. Every term begins with
its field's code, so a field that a viewer may not search is not even read.

What the index proposes is checked against the keys: grams say nothing of adjacency or days.
"""

import re
from enum import IntEnum
from functools import lru_cache

from meibo.domain.finding.fields import UNIT, Field, Script, field_named

BEGINNING = 4
"""Beginnings are indexed up to this length; of a longer word the rest is looked for by grams."""
_WHOLE = 40
_GRAMS = 6
"""As many grams of a long word are asked for: enough to be rare, few enough to be quick."""
_NARROW = re.compile("[\x21-\x7eァ-ヺー]{3,}")
#: FTS5's ascii tokenizer parts at ASCII signs; their wide forms never stand in folded text.
_SIGNS: dict[int, int | None] = {
    **dict.fromkeys([*range(0x21), 0x7F]),
    **{c: c + 0xFEE0 for c in range(0x21, 0x7F) if not chr(c).isalnum()},
}
_SIGN = re.compile(r"[\x00-\x20\x7f]|[\x21-\x7e](?<![0-9A-Za-z])")
#: One letter or digit alone is looked for where a part of these begins, not inside.
NO_SINGLES = frozenset({Script.ROMAJI, Script.NUMBER, Script.MAIL})
_OF_ONE = frozenset({Script.READING, Script.ROMAJI, Script.NAME, Script.NUMBER, Script.MAIL})


class Tier(IntEnum):
    """How well a word matches, best first."""

    EXACT = 0
    PREFIX = 1
    INSIDE = 2


def terms_of(field_name: str, key: str) -> frozenset[str]:
    """All terms under which a key is indexed."""
    field = field_named(field_name)
    # What somebody's own name or number is made of is asked for once and would only fill memory.
    of_one = field.first or field.script in _OF_ONE
    return _made(field, key) if of_one else _shared(field_name, key)


@lru_cache(maxsize=16384)
def _shared(field_name: str, key: str) -> frozenset[str]:
    """The same of what many have in common: units, posts, skills."""
    return _made(field_named(field_name), key)


def _made(field: Field, key: str) -> frozenset[str]:
    if field.script is Script.FACT:
        return frozenset({unit_term(key)}) if field.name == UNIT else frozenset()
    parts, whole = key.split(" "), key.replace(" ", "")
    exact = [text[:_WHOLE] for text in (whole, *parts)]
    prefix = [whole[:n] for n in range(1, min(len(whole), BEGINNING) + 1)]
    inside = [part[:1] for part in parts] + _grams(whole, field.script)
    if _SIGN.search(whole):
        exact, prefix, inside = (
            [text.translate(_SIGNS) for text in texts] for texts in (exact, prefix, inside)
        )
    code = field.code
    return frozenset(
        [code + "=" + text for text in exact]
        + [code + "^" + text for text in prefix]
        + [code + "." + text for text in inside]
    )


def unit_term(code: str) -> str:
    """The term of everyone with a post in a unit or below it."""
    return term(field_named(UNIT), "=", code)


def term(field: Field, mark: str, text: str) -> str:
    """A term of a field: `=` whole, `^` beginning, `.` gram."""
    return field.code + mark + text[:_WHOLE].translate(_SIGNS)


def _grams(whole: str, script: Script) -> list[str]:
    text = whole.partition("@")[0] if script is Script.MAIL else whole
    found = [text[i : i + 2] for i in range(len(text) - 1)]
    if script not in NO_SINGLES:
        found += text
    elif not text.isascii():
        found += [letter for letter in text if not letter.isascii()]
    for run in _NARROW.finditer(text):
        found += [text[i : i + 3] for i in range(run.start(), run.end() - 2)]
    return found


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
