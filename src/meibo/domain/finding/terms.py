"""Terms of the index, and the expressions over them that propose candidates.

A key is indexed under the term of its whole and of each part (exact), of its beginnings
(prefix), and of its grams (inside). Grams are of one and two characters, and of three where
an alphabet is small: kana and ASCII; a pair of kanji is rare enough. Every term begins with
its field's code, so a field that a viewer may not search is not even read.

What the index proposes is checked against the keys: grams say nothing of adjacency or days.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from meibo.domain.finding.fields import UNIT, Field, Script, field_named
from meibo.domain.finding.query import Form, Query, Word

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


class Stage(NamedTuple):
    """A step in the order of hits: the best word matches as `tier` says, in a field that comes
    first or in another. `first` None: every one of several words matches so, in any field."""

    tier: Tier
    first: bool | None


STAGES = (
    Stage(Tier.EXACT, None),
    *(Stage(tier, first) for tier in Tier for first in (True, False)),
)
"""Best first; hits are ordered by the number of their stage."""


@dataclass(frozen=True, slots=True)
class All:
    """Every one of these must hold."""

    items: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Some:
    """At least one of these must hold."""

    items: tuple["Expression", ...]


Expression = str | All | Some


@lru_cache(maxsize=65536)
def terms_of(field_name: str, key: str) -> frozenset[str]:
    """All terms under which a key is indexed."""
    field = field_named(field_name)
    if field.script is Script.FACT:
        return frozenset({unit_term(key)}) if field_name == UNIT else frozenset()
    whole = key.replace(" ", "")
    found = {_term(field, "=", text) for text in (whole, *key.split(" "))}
    found |= {_term(field, "^", whole[:n]) for n in range(1, min(len(whole), BEGINNING) + 1)}
    begun = {part[:1] for part in key.split(" ")}
    return frozenset(
        found | {_term(field, ".", gram) for gram in {*begun, *_grams(whole, field.script)}}
    )


def unit_term(code: str) -> str:
    """The term of everyone with a post in a unit or below it."""
    return _term(field_named(UNIT), "=", code)


def _term(field: Field, mark: str, text: str) -> str:
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


def _cover(text: str) -> list[str]:
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


def _in_field(form: Form, field: Field, tier: Tier) -> Expression:
    text = form.text
    if tier is Tier.EXACT:
        return _term(field, "=", text)
    grams = text
    terms: list[Expression] = []
    address = field.script is Script.MAIL and "@" in text  # what follows it has no grams
    if tier is Tier.PREFIX or address:
        terms = [_term(field, "^", text[:BEGINNING])]
        rest = text.partition("@")[0] if address else text
        grams = rest[BEGINNING - 1 :] if len(rest) > BEGINNING else ""
    terms += [_term(field, ".", gram) for gram in _cover(grams)]
    return terms[0] if len(terms) == 1 else All(tuple(terms))


def _word(word: Word, fields: Iterable[Field], tier: Tier) -> Expression | None:
    found = [
        _in_field(form, field, tier)
        for field in fields
        for form in word.forms
        if field.script in form.scripts
    ]
    return _some(found)


def _some(items: list[Expression]) -> Expression | None:
    if not items:
        return None
    return items[0] if len(items) == 1 else Some(tuple(items))


def _all(items: Iterable[Expression | None]) -> Expression | None:
    """None, that is nothing, as soon as one of them is nothing."""
    found: list[Expression] = []
    for item in items:
        if item is None:
            return None
        found.append(item)
    return found[0] if len(found) == 1 else All(tuple(found))


def anywhere(query: Query, fields: Iterable[Field]) -> Expression | None:
    """Whoever may match at all; None when no word can stand in any of these fields."""
    fields = list(fields)
    return _all(_word(word, fields, Tier.INSIDE) for word in query.words)


def at_stage(query: Query, fields: Iterable[Field], stage: Stage) -> Expression | None:
    """Whoever may match at this stage; None when nobody can."""
    fields = list(fields)
    if stage.first is None:
        if len(query.words) == 1:
            return None
        return _all(_word(word, fields, stage.tier) for word in query.words)
    best = [f for f in fields if f.first is stage.first]
    any_word = _some([e for w in query.words if (e := _word(w, best, stage.tier)) is not None])
    if len(query.words) == 1 or any_word is None:
        return any_word
    return _all([any_word, anywhere(query, fields)])
