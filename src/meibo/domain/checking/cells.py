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

COLUMNS = ("person", "name", "wording", "effective", "unit", "post", "grade", "until", "note")
"""The columns of the grid, in its order."""
FILED = ("name", "kana", "birth_date")
"""What is filed of somebody who enters, with the order."""
UNKNOWN = "?"
_TERMED = frozenset({Effect.ENTER, Effect.MOVE})
_SPACES = re.compile(r"[\s\u3000›>/・]+")
_GRADE = re.compile(r"([0-9])級?")


def key(text: str) -> str:
    """What of a name is compared: without spaces, in one width."""
    return _SPACES.sub("", unicodedata.normalize("NFKC", text)).upper()


@dataclass(frozen=True)
class Lookup:
    """What cells are read by. `people`: staff number → id; `names`: key of a name or a reading →
    ids; `units`: key of a name or path → codes; `posts`: key of a name → (code, grade)."""

    people: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, Sequence[str]] = field(default_factory=dict)
    units: Mapping[str, Sequence[str]] = field(default_factory=dict)
    posts: Mapping[str, Sequence[tuple[str, int | None]]] = field(default_factory=dict)
    terms: Mapping[str, Term] = field(default_factory=dict)


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
    given = {name: text.strip() for name, text in cells.items() if name in COLUMNS}
    left = dict(unread or {})
    asked = {name: text for name, text in left.items() if name in COLUMNS} | given
    reader = _Reader(lookup, base, day)
    for name in ("wording", "effective", "person", "grade", "unit", "post", "until", "note"):
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
    return name != "birth_date" or isinstance(parse_date(text), date)


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

    def effective(self, text: str, _cells: Mapping[str, str]) -> bool:
        if not text and self.day:
            return self.put(effective=self.day)
        found = parse_date(text)
        return isinstance(found, date) and self.put(effective=found)

    def person(self, text: str, cells: Mapping[str, str]) -> bool:
        number = key(text)
        first = key(text.split(maxsplit=1)[0]) if text.split() else ""
        person = self.lookup.people.get(number) or self.lookup.people.get(first)
        if person is not None:
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


HEADERS = {
    "職員番号": "person",
    "番号": "person",
    "職員": "person",
    "氏名": "name",
    "名前": "name",
    "用語": "wording",
    "異動用語": "wording",
    "発令": "wording",
    "発令日": "effective",
    "新所属": "unit",
    "所属": "unit",
    "新職": "post",
    "職名": "post",
    "職": "post",
    "級": "grade",
    "新級": "grade",
    "期限": "until",
    "任期": "until",
    "任期末": "until",
    "備考": "note",
    "よみ": "kana",
    "カナ": "kana",
    "生年月日": "birth_date",
}
"""What a header may say of a column. よみ and 生年月日 are those of people who enter."""


def headed(row: Sequence[str]) -> list[str] | None:
    """The columns that a header names, in its order ("" for one that it calls otherwise); None
    where the row is no header."""
    found = [HEADERS.get(key(text), "") for text in row]
    return found if sum(map(bool, found)) >= 2 and not any(map(_digits, row)) else None


def _digits(text: str) -> bool:
    return any(letter.isdigit() for letter in text)


def rows_of(table: Sequence[Sequence[str]]) -> tuple[list[dict[str, str]], list[str]]:
    """The rows of a pasted or uploaded table as cells, by its header or in the grid's order, empty
    rows left out; and the titles of columns that are not known, whose texts go into the note."""
    table = [row for row in table if any(text.strip() for text in row)]
    columns = headed(table[0]) if table else None
    titles = list(table[0]) if columns is not None else []
    body = table[1:] if columns is not None else table
    names = columns if columns is not None else list(COLUMNS)
    odd = [titles[n] for n, name in enumerate(names) if not name and n < len(titles)]
    return [_cells(names, titles, row) for row in body], odd


def _cells(names: Sequence[str], titles: Sequence[str], row: Sequence[str]) -> dict[str, str]:
    cells: dict[str, str] = {}
    more = []
    for place, text in enumerate(row):
        name = names[place] if place < len(names) else ""
        if name:
            cells[name] = text.strip()
        elif text.strip():
            title = titles[place] if place < len(titles) else f"{place + 1}列目"
            more.append(f"{title}：{text.strip()}")
    if more:
        cells["note"] = "　".join(filter(None, (cells.get("note", ""), *more)))
    return cells


def text_table(text: str) -> list[list[str]]:
    """Tab-separated text, as spreadsheets put it on the clipboard: a cell in quotation marks may
    hold line breaks."""
    table: list[list[str]] = []
    row: list[str] = []
    cell, quoted, place = "", False, 0
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    while place < len(text):
        letter = text[place]
        if quoted and letter == '"' and text[place + 1 : place + 2] == '"':
            cell, place = cell + '"', place + 1
        elif letter == '"' and (quoted or not cell):
            quoted = not quoted
        elif letter == "\t" and not quoted:
            row, cell = [*row, cell], ""
        elif letter == "\n" and not quoted:
            table, row, cell = [*table, [*row, cell]], [], ""
        else:
            cell += letter
        place += 1
    return [*table, [*row, cell]] if row or cell else table
