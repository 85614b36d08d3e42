"""The last word on a candidate: its own keys, of this day, in the fields that this viewer may
search by towards this very person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from meibo.domain.finding.asking import STAGES
from meibo.domain.finding.fields import UNIT, Field, Script, field_coded, field_named
from meibo.domain.finding.packing import BORDER, CODE, ENDS, STARTS, day_code, shown_of
from meibo.domain.finding.query import Form, Query
from meibo.domain.finding.terms import NO_SINGLES, Tier

_NOWHERE = len(STAGES)
_BY_ITSELF, _LAST_EXACT, _PREFIX, _INSIDE = 1, 2, 3, 5  # numbers in STAGES
_UNIT_MARK = field_named(UNIT).code + "\t\t"


@dataclass(frozen=True, slots=True)
class Why:
    """What one word was found by. `shown` is None where the viewer may search but not see."""

    word: str
    field: str
    label: str
    tier: Tier
    shown: str | None


class Match(NamedTuple):
    """All words match. `stage` is a number in STAGES; `lines` holds for each word the stage it
    would be by itself and the packed key it is found by."""

    stage: int
    lines: tuple[tuple[int, str], ...]


class _How(NamedTuple):
    """How a word is looked for in a field.

    `later`: 1 in fields that do not come first. `single`: one letter or digit, only where a part
    begins. `address`: before the @, or from the beginning.
    """

    later: int
    single: bool
    address: bool


_Forms = list[tuple[str, dict[str, _How]]]


class Judge:
    """Judges packed keys for one query, one day and one set of fields."""

    def __init__(self, query: Query, fields: Iterable[str], on: date) -> None:
        self._day = day_code(on)
        known = [field_named(name) for name in fields]
        self._words: list[_Forms] = [
            [(form.text, how) for form in word.forms if (how := _fields_of(form, known))]
            for word in query.words
        ]

    def match(self, packed: str, filling: int | None = None) -> Match | None:
        """How the query matches these keys; None when a word does not.

        `filling`: a line as good as this stage needs is taken without looking for a better one.
        """
        enough = _BY_ITSELF if filling is None else filling or _LAST_EXACT
        if len(self._words) == 1:
            only = self._meet(packed, self._words[0], enough)
            return None if only is None else Match(only[0], (only,))
        lines = []
        for forms in self._words:
            met = self._meet(packed, forms, enough)
            if met is None:
                return None
            lines.append(met)
        every_exact = max(lines)[0] <= _LAST_EXACT
        return Match(0 if every_exact else min(lines)[0], tuple(lines))

    def _meet(self, packed: str, forms: _Forms, enough: int) -> tuple[int, str] | None:
        """The best line for one word. Called for every candidate: plain and quick on purpose."""
        best, best_line, day = _NOWHERE, "", self._day
        for text, fields in forms:
            at = packed.find(text)
            while at >= 0:
                line = packed[packed.rfind("\n", 0, at) + 1 : packed.find("\n", at)]
                at = packed.find(text, packed.find("\n", at))
                head, borders, key, _ = line.split("\t")
                how = fields.get(head[CODE:])
                if how is not None and head[STARTS] <= day < head[ENDS]:
                    stage = _stage(text, key, borders, how)
                    if stage < best:
                        best, best_line = stage, line
                        if stage <= enough:
                            return best, best_line
                        if stage == _BY_ITSELF + how.later:
                            break  # fields that come first stand first: nothing better follows
        return (best, best_line) if best_line else None


def _fields_of(form: Form, fields: Iterable[Field]) -> dict[str, _How]:
    single = len(form.text) == 1 and form.text.isascii()
    return {
        f.code: _How(int(not f.first), single and f.script in NO_SINGLES, f.script is Script.MAIL)
        for f in fields
        if f.script in form.scripts
    }


def _stage(text: str, key: str, borders: str, how: _How) -> int:
    """The number of the stage at which `text` stands in a key; beyond the last when nowhere."""
    at = key.find(text)
    if at < 0:  # it was met in what is shown
        return _NOWHERE
    if len(text) == len(key) or (borders and _is_part(text, key, borders, at)):
        return _BY_ITSELF + how.later
    if at == 0:
        return _PREFIX + how.later
    if how.single and not any(key.startswith(text, ord(b) - BORDER) for b in borders):
        return _NOWHERE
    if how.address and at + len(text) > key.find("@") >= 0:
        return _NOWHERE
    return _INSIDE + how.later


def _is_part(text: str, key: str, borders: str, at: int) -> bool:
    """Whether `text`, first met at `at`, is a surname or a given name, whole."""
    while at >= 0:
        end = at + len(text)
        begins_part = at == 0 or chr(BORDER + at) in borders
        if begins_part and (end == len(key) or chr(BORDER + end) in borders):
            return True
        at = key.find(text, at + 1)
    return False


def reasons(query: Query, match: Match, seen: frozenset[str]) -> tuple[Why, ...]:
    """Why each word matches, in as far as the viewer may see it."""
    found = []
    for word, (stage, line) in zip(query.words, match.lines, strict=True):
        field = field_coded(line.partition("\t")[0][CODE:])
        shown = shown_of(line) if field.name in seen else None
        found.append(Why(word.typed, field.name, field.label, STAGES[stage].tier, shown))
    return tuple(found)


def unit_mark(code: str) -> str:
    """What stands in the packed keys of whoever belongs to a unit on some day."""
    return f"{_UNIT_MARK}{code}\t"


def units_on(packed: str, on: date) -> frozenset[str]:
    """Codes of the units that these keys say someone belongs to on a day."""
    day = day_code(on)
    found = []
    at = packed.find(_UNIT_MARK)
    while at >= 0:
        if packed[at - 10 : at - 5] <= day < packed[at - 5 : at]:
            start = at + len(_UNIT_MARK)
            found.append(packed[start : packed.find("\t", start)])
        at = packed.find(_UNIT_MARK, at + 1)
    return frozenset(found)
