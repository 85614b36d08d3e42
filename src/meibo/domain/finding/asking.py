"""What the index is asked: expressions over its terms, stage by stage."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from meibo.domain.finding.fields import Field, Script
from meibo.domain.finding.query import Form, Query, Word
from meibo.domain.finding.terms import BEGINNING, Tier, cover, term, unit_term


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


class Question:
    """A query put to the index, over the fields that may be searched by.

    What the index answers may be too much, never too little. None means that nobody can match.
    """

    def __init__(self, query: Query, fields: Iterable[Field]) -> None:
        self._words = query.words
        self._fields = list(fields)

    @cached_property
    def anywhere(self) -> Expression | None:
        """Whoever may match at all."""
        return _all(_word(word, self._fields, Tier.INSIDE) for word in self._words)

    def at(self, stage: Stage) -> Expression | None:
        """Whoever may match at this stage."""
        several = len(self._words) > 1
        if stage.first is None:
            every = (_word(word, self._fields, stage.tier) for word in self._words)
            return _all(every) if several else None
        best = [f for f in self._fields if f.first is stage.first]
        ways = [way for w in self._words if (way := _word(w, best, stage.tier)) is not None]
        any_word = _some(ways)
        return _all([any_word, self.anywhere]) if several and any_word else any_word

    def within(self, units: Iterable[str]) -> Expression | None:
        """Whoever may match in these units. They are few: a gram a word tells enough of them."""
        words = _all(_word(word, self._fields, Tier.INSIDE, grams=1) for word in self._words)
        return _all([members(units), words])


def members(units: Iterable[str]) -> Expression:
    """Everyone with a post in one of these units; there must be one."""
    terms: list[Expression] = [unit_term(code) for code in sorted(units)]
    return terms[0] if len(terms) == 1 else Some(tuple(terms))


def _word(word: Word, fields: Iterable[Field], tier: Tier, grams: int = 0) -> Expression | None:
    found = [
        _in_field(form, field, tier, grams)
        for field in fields
        for form in word.forms
        if field.script in form.scripts
    ]
    return _some(found)


def _in_field(form: Form, field: Field, tier: Tier, grams: int) -> Expression:
    """The terms of one form in one field; at most so many grams, if not 0."""
    text = form.text
    if tier is Tier.EXACT:
        return term(field, "=", text)
    inside = text
    terms: list[Expression] = []
    address = field.script is Script.MAIL and "@" in text  # what follows it has no grams
    if tier is Tier.PREFIX or address:
        terms = [term(field, "^", text[:BEGINNING])]
        rest = text.partition("@")[0] if address else text
        inside = rest[BEGINNING - 1 :] if len(rest) > BEGINNING else ""
    terms += [term(field, ".", gram) for gram in cover(inside)]
    terms = terms[:grams] if grams else terms
    return terms[0] if len(terms) == 1 else All(tuple(terms))


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
