"""What the rows of a package are checked against: units, code tables, numbers, names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from japanese_personal_name_dataset import load_dataset

from meibo.domain.names import ReadingTables, reading_tables
from meibo.platform.feeds.definition.model import Definition
from meibo.platform.feeds.records import CodeRow
from meibo.platform.feeds.values.gaiji import Gaiji
from meibo.platform.feeds.values.staff import Numbering

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Standing:
    """One unit over the days `[starts, ends)` in which it has one name."""

    code: str
    name: str
    parent: str | None
    starts: date
    ends: date

    def on(self, day: date) -> bool:
        """Whether it stands that day."""
        return self.starts <= day < self.ends


class Units:
    """The units of the package over time, and which follows which."""

    def __init__(self, standings: Iterable[Standing]) -> None:
        self._by_code: dict[str, list[Standing]] = defaultdict(list)
        for standing in standings:
            self._by_code[standing.code].append(standing)
        self._heirs: dict[str, list[tuple[date, str]]] = defaultdict(list)

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def __len__(self) -> int:
        return len(self._by_code)

    def __iter__(self) -> Iterator[Standing]:
        return (standing for standings in self._by_code.values() for standing in standings)

    def succeed(self, day: date, old: str, new: str | None) -> None:
        """Note that on `day` the unit `new` takes over from `old` (None: nobody does)."""
        self._heirs[old].append((day, new or ""))

    def stands(self, code: str, day: date) -> bool:
        """Whether the unit stands that day."""
        return any(standing.on(day) for standing in self._by_code.get(code, ()))

    def heir(self, code: str, day: date) -> str | None:
        """The unit standing on `day` to which succession leads from `code`, if to one alone."""
        seen = {code}
        while not self.stands(code, day):
            heirs = {new for since, new in self._heirs.get(code, ()) if since <= day}
            if len(heirs) != 1:
                return None
            code = heirs.pop()
            if not code or code in seen:
                return None
            seen.add(code)
        return code

    def follow(self, code: str, day: date) -> str:
        """The code under which the unit goes on `day`: its only heir's, else its own."""
        return self.heir(code, day) or code

    def span(self, code: str) -> str:
        """The days on which it stands, for a message."""
        return "、".join(
            f"{s.starts.isoformat()}〜{'' if s.ends == date.max else (s.ends - DAY).isoformat()}"
            for s in self._by_code.get(code, ())
        )

    def path(self, code: str, day: date) -> tuple[str, ...]:
        """The names from the top down to the unit, as they are that day."""
        names: list[str] = []
        at: str | None = code
        while at and len(names) < 20:  # a table may lead round in a circle
            standing = next((s for s in self._by_code.get(at, ()) if s.on(day)), None)
            if standing is None:
                break
            names.insert(0, standing.name)
            at = standing.parent
        return tuple(names)

    def named(self, names: tuple[str, ...], day: date) -> list[str]:
        """The units standing that day whose path ends in these names; a whole path alone wins."""
        found = []
        for code in self._by_code:
            path = self.path(code, day)
            if path == names:
                return [code]
            if path[-len(names) :] == names:
                found.append(code)
        return found


@dataclass(slots=True)
class House:
    """What has been read so far, for checking what comes after it."""

    definition: Definition
    gaiji: Gaiji
    tables: dict[str, dict[str, CodeRow]] = field(default_factory=dict)
    units: Units = field(default_factory=lambda: Units(()))
    numbers: set[str] = field(default_factory=set)  # of every person known
    has_master: bool = False
    lost: set[str] = field(default_factory=set)  # of people whose master rows were all refused
    newest: date | None = None  # the day of the newest master
    hired: dict[str, date] = field(default_factory=dict)
    born: dict[str, date] = field(default_factory=dict)
    latest: date = date(2099, 12, 31)  # by which two-digit years of undated files are settled

    @property
    def numbering(self) -> Numbering:
        """How staff are numbered here."""
        return Numbering(self.definition.staff_number)

    def grade_of(self, post: str | None) -> int | None:
        """The grade that a post belongs to, if the table of posts says so."""
        row = self.tables.get("post", {}).get(post or "")
        return row.grade if row else None

    def name_of(self, table: str, code: str | None) -> str:
        """What a code is called; the code itself where the table does not have it."""
        row = self.tables.get(table, {}).get(code or "")
        return row.name if row else code or ""


@cache
def readings() -> ReadingTables:
    """Known readings of names (japanese-personal-name-dataset, MIT). Made once, in about 2 s."""
    men, women, surnames = load_dataset(include_last_names=True)
    given = [
        (writing, reading)
        for names in (men, women)
        for reading, row in names.items()
        for writing in row["kanji"]
    ]
    return reading_tables([(w, row["reading"]) for w, row in surnames.items()], given)
