"""Cells of the grid → a line, and back: what is typed, pasted or read from a file.

What can't be read is kept as it was typed, at its cell; nothing is dropped and nothing is guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from meibo.domain.book import OPEN, Effect, Line
from meibo.domain.calendar import Blank, parse_date
from meibo.domain.checking.wording import Term
from meibo.domain.names import fold
from meibo.domain.renewal import read_clock

COLUMNS = ("person", "name", "wording", "effective", "unit", "post", "grade", "until", "note")
"""The columns of the grid, in its order."""
STATED = ("employment", "job", "appointment")
"""What an order of somebody who enters states besides."""
FILED = ("name", "kana", "birth_date", "sex", "hours")
"""What is filed of somebody who enters, with the order; of others the weekly hours alone."""
SEX = {"男": "M", "男性": "M", "M": "M", "女": "F", "女性": "F", "F": "F"}
_READ = (*COLUMNS, *STATED)
#: What a cell means may hang on those before it.
_ORDER = ("wording", "effective", "person", "grade", "unit", "post", "until", "note", *STATED)
UNKNOWN = "?"
_SHORT = 8
_TERMED = frozenset({Effect.ENTER, Effect.MOVE})
_LEAVING = frozenset({Effect.RELIEVE, Effect.LEAVE})
"""What is ended by these is of the day before: the unit may be there no more."""
_SPACES = re.compile(r"[\s\u3000›>/・]+")
_GRADE = re.compile(r"([0-9])級?")


def key(text: str) -> str:
    """What of a name is compared: without spaces, in one width."""
    return _SPACES.sub("", unicodedata.normalize("NFKC", text)).upper()


@dataclass(frozen=True)
class Lookup:
    """What cells are read by. `people`: staff number → id; `names`: key of a name or a reading →
    ids; `units`: key of a name or path → codes; `posts`: key of a name → (code, grade);
    `employments`, `jobs`: key of a name or code → code; `units_before`: like `units`, as they are
    called on the day before the plan's."""

    people: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, Sequence[str]] = field(default_factory=dict)
    units: Mapping[str, Sequence[str]] = field(default_factory=dict)
    posts: Mapping[str, Sequence[tuple[str, int | None]]] = field(default_factory=dict)
    terms: Mapping[str, Term] = field(default_factory=dict)
    employments: Mapping[str, str] = field(default_factory=dict)
    jobs: Mapping[str, str] = field(default_factory=dict)
    units_before: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def is_called(self, person: str, said: str) -> bool:
        """Whether somebody has this name or reading, or one that begins with it; old and new forms
        of a character are the same."""
        wanted = key(said)
        if person in self.names.get(wanted, ()):
            return True
        own = (name for name, people in self.names.items() if person in people)
        return any(key(fold(name)).startswith(key(fold(said))) for name in own)


@dataclass(frozen=True)
class Written:
    """A row as read. `newcomer`: the staff number of somebody who enters and whom nobody knows;
    then the line's person is UNKNOWN until they have an id. `filed`: what is to be filed of them;
    until it is known who that is, it stays among `unread`."""

    line: Line
    unread: Mapping[str, str] = field(default_factory=dict)
    newcomer: str | None = None
    filed: Mapping[str, str] = field(default_factory=dict)


def empty(day: date, now: datetime) -> Line:
    """The line that a new row begins with."""
    return Line(0, day, now, Effect.MOVE, UNKNOWN)


def read(
    cells: Mapping[str, str],
    lookup: Lookup,
    base: Line,
    unread: Mapping[str, str] | None = None,
    day: date | None = None,
) -> Written:
    """Write cells into a line. `base` is the line as it was, `unread` what could not be read of it;
    `day` the day for a line that says none. Cells that are not given stay as they are."""
    given = {name: text.strip() for name, text in cells.items() if name in _READ}
    left = dict(unread or {})
    asked = {name: text for name, text in left.items() if name in _READ} | given
    reader = _Reader(lookup, base, day)
    for name in _ORDER:
        if name in asked:
            left.pop(name, None)
            if not getattr(reader, name)(asked[name], asked):
                left[name] = asked[name]
    if base.person == UNKNOWN and "person" not in asked and not reader.knows(given.get("name", "")):
        left["person"] = given.get("name", "")
    settled = reader.line.person != UNKNOWN or reader.newcomer is not None
    filed = {}
    for name in FILED:
        left.pop(name, None)
        text = cells.get(name, (unread or {}).get(name))
        if text is None:
            continue
        if text.strip() and not (settled and _fileable(name, text)):
            left[name] = text.strip()
        else:
            filed[name] = text.strip()
    return Written(reader.line, left, reader.newcomer, filed)


def _fileable(name: str, text: str) -> bool:
    match name:
        case "birth_date":
            return isinstance(parse_date(text), date)
        case "hours":
            return read_clock(text) is not None
        case "sex":
            return key(text) in SEX
    return True


class _Reader:
    """The line while its cells are written; each method says whether it could read its cell."""

    def __init__(self, lookup: Lookup, base: Line, day: date | None) -> None:
        self.lookup, self.line, self.day = lookup, base, day
        self.newcomer: str | None = None

    def put(self, **values: Any) -> bool:
        self.line = replace(self.line, **values)
        return True

    def wording(self, text: str, _cells: Mapping[str, str]) -> bool:
        term = self.lookup.terms.get(text) or self.lookup.terms.get(key(text))
        if term is None:
            self.put(wording=text)
            return False
        line, old = self.line, self.line.until or self.line.term_end
        before = self.lookup.terms.get(line.wording)
        if line.employment in {None, self._usual(before)}:  # nobody has said otherwise
            line = self.line = replace(line, employment=self._usual(term))
        last = (
            {"term_end": old, "until": None}
            if term.effect in _TERMED
            else {"until": old, "term_end": None}
        )
        return self.put(
            wording=term.word,
            effect=term.effect,
            kind=term.seat,
            slot=term.slot,
            reason=line.reason if term.slot == line.slot and line.reason else term.reason,
            **last,
        )

    def _usual(self, term: Term | None) -> str | None:
        """The 任用形態 that a word of somebody who enters brings with it."""
        entering = term is not None and term.effect is Effect.ENTER
        return self.lookup.employments.get(key(term.employment)) if term and entering else None

    def employment(self, text: str, _cells: Mapping[str, str]) -> bool:
        if not text:
            return self.put(employment=self._usual(self.lookup.terms.get(self.line.wording)))
        found = self.lookup.employments.get(key(text))
        return found is not None and self.put(employment=found)

    def job(self, text: str, _cells: Mapping[str, str]) -> bool:
        found = self.lookup.jobs.get(key(text)) if text else None
        self.put(job=found)
        return found is not None or not text

    def appointment(self, text: str, _cells: Mapping[str, str]) -> bool:
        plain = key(text)
        good = plain.isascii() and len(plain) <= _SHORT and (plain.isalnum() or not plain)
        return good and self.put(appointment=plain)

    def effective(self, text: str, _cells: Mapping[str, str]) -> bool:
        if not text and self.day:
            return self.put(effective=self.day)
        found = parse_date(text)
        return isinstance(found, date) and self.put(effective=found)

    def person(self, text: str, cells: Mapping[str, str]) -> bool:
        number = key(text)
        first = key(text.split(maxsplit=1)[0]) if text.split() else ""
        person = self.lookup.people.get(number)
        said = cells.get("name", "")
        if person is None and (person := self.lookup.people.get(first)):
            said = text.split(maxsplit=1)[1]
        if person is not None:
            if said and not self.lookup.is_called(person, said):  # a row has slipped, or a digit
                return self.put(person=UNKNOWN) and False
            return self.put(person=person)
        if self.knows(text if text else cells.get("name", "")):
            return True
        self.put(person=UNKNOWN)
        if self.line.effect is Effect.ENTER and number.isalnum() and number.isascii():
            self.newcomer = number
            return True
        return False

    def knows(self, name: str) -> bool:
        """Whether a name is that of one person alone."""
        found = self.lookup.names.get(key(name), ()) if name else ()
        return len(found) == 1 and self.put(person=found[0])

    def unit(self, text: str, _cells: Mapping[str, str]) -> bool:
        if not text:
            return self.put(unit=None)
        found = self.lookup.units.get(key(text), ())
        earlier = self.day is not None and self.line.effective < self.day
        if earlier or self.line.effect in _LEAVING:
            before = self.lookup.units_before.get(key(text), ())
            found = before if len(before) == 1 else found
        if len(found) != 1:
            self.put(unit=None)
            return False
        return self.put(unit=found[0])

    def post(self, text: str, _cells: Mapping[str, str]) -> bool:
        if not text:
            return self.put(post=None)
        name, _bracket, rest = unicodedata.normalize("NFKC", text).partition("(")
        found = list(self.lookup.posts.get(key(name), ()))
        said = _GRADE.match(rest)
        grade = int(said[1]) if said else self.line.grade
        if len(found) > 1 and grade is not None:
            found = [each for each in found if each[1] == grade]
        if len(found) != 1:
            self.put(post=None)
            return False
        return self.put(post=found[0][0])

    def grade(self, text: str, _cells: Mapping[str, str]) -> bool:
        if not text:
            return self.put(grade=None)
        said = _GRADE.fullmatch(key(text))
        return bool(said) and self.put(grade=int(said[1])) if said else False

    def until(self, text: str, _cells: Mapping[str, str]) -> bool:
        name = "term_end" if self.line.effect in _TERMED else "until"
        if not text:
            return self.put(term_end=None, until=None)
        found = parse_date(text)
        if found is Blank.OPEN:
            return self.put(**{name: OPEN})
        return isinstance(found, date) and self.put(**{name: found})

    def note(self, text: str, _cells: Mapping[str, str]) -> bool:
        return self.put(note=text or None)
