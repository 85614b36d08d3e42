"""The last word on a candidate: its own keys, of this day, in the fields that this viewer may
search by towards this very person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from meibo.domain.finding.asking import STAGES
from meibo.domain.finding.fields import UNIT, Field, Script, field_coded, field_named
from meibo.domain.finding.packing import BORDER, CODE, day_code, shown_of
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
    begins. `address`: before the @, or from the beginning. `careful`: either of the two.
    """

    later: int
    single: bool
    address: bool
    careful: bool


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
        find, rfind = packed.find, packed.rfind
        for text, fields in forms:
            at = find(text)
            while at >= 0:
                start, end = rfind("\n", 0, at) + 1, find("\n", at)
                tab = find("\t", start)
                how = fields.get(packed[start + CODE : tab])
                if (
                    how is not None
                    and packed[start : start + 5] <= day < packed[start + 5 : start + 10]
                ):
                    stage = _stage(text, packed, at, tab + 1, how)
                    if stage < best:
                        best, best_line = stage, packed[start:end]
                        if stage <= enough:
                            return best, best_line
                        if stage == _BY_ITSELF + how.later:
                            break  # fields that come first stand first: nothing better follows
                at = find(text, end)
        return (best, best_line) if best_line else None


def _fields_of(form: Form, fields: Iterable[Field]) -> dict[str, _How]:
    letter = len(form.text) == 1 and form.text.isascii()
    found = {}
    for f in fields:
        if f.script in form.scripts:
            single, address = letter and f.script in NO_SINGLES, f.script is Script.MAIL
            found[f.code] = _How(int(not f.first), single, address, single or address)
    return found


def _stage(text: str, packed: str, at: int, borders_at: int, how: _How) -> int:
    """The number of the stage at which `text`, first met at `at`, stands in the key of its line,
    whose borders begin at `borders_at`; beyond the last when it stands only in what is shown."""
    key_at = packed.find("\t", borders_at) + 1
    key_end = packed.find("\t", key_at)
    if at >= key_end:
        return _NOWHERE
    if at == key_at and at + len(text) == key_end:
        return _BY_ITSELF + how.later
    if not (how.careful or key_at > borders_at + 1):
        return (_PREFIX if at == key_at else _INSIDE) + how.later
    return _stage_of_parts(text, packed[key_at:key_end], packed[borders_at : key_at - 1], how)


def _stage_of_parts(text: str, key: str, borders: str, how: _How) -> int:
    """The same for a key that has parts, or a word that may not stand anywhere."""
    at = key.find(text)
    if borders and _is_part(text, key, borders, at):
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
