"""What somebody asks a form for, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from meibo.domain.disclosure import Viewer
from meibo.ledger import house, reader, roll
from meibo.platform.layout.wording import spaced
from meibo.platform.papers.setting import Sheet
from meibo.platform.papers.tables import Table

Card = Mapping[str, Any]
Progress = Callable[[str, int, int], None]


class PaperError(Exception):
    """The form can't be made; the message tells why, and what to do."""


def _quiet(what: str, done: int, total: int) -> None:
    """Nobody waits to hear how far it is."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks, as of which day, and for whom. `people`: ids, empty for everybody; `unit`: a code,
    empty for the whole house; `first`, `last`: the days of a period."""

    viewer: Viewer
    on: date
    town: str
    unit: str = ""
    people: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    progress: Progress = _quiet

    def cards(self) -> list[reader.Card]:
        """The cards of those it is asked for, by organisation, rank and reading."""
        ids = self.people or None
        return reader.cards(self.viewer, on=self.on, unit=self.unit or None, ids=ids)

    def period(self) -> tuple[date, date]:
        """The days of the period in order; both the day shown where nothing was said."""
        first, last = self.first or self.on, self.last or self.first or self.on
        return min(first, last), max(first, last)

    def unit_name(self) -> str:
        """The unit in words; the whole house where none was chosen. Raises PaperError for a unit
        that is not there that day."""
        if not self.unit:
            return ""
        found = reader.unit(self.viewer, self.unit, on=self.on)
        if found is None:
            raise PaperError("この日に、選んだ組織はありません。基準日か組織を変えてください。")
        return " ".join(found["path"])


def counted(asked: Asked) -> int:
    """How many people it is asked for at most, without a look at any of their records."""
    if asked.people:
        return len(asked.people)
    if not asked.unit:
        return len(roll.serving(asked.on))
    inside = list(house.organisation(asked.on).below(asked.unit))
    return len({seat.person for seat in house.seats(asked.on, inside)})


@dataclass(frozen=True, slots=True)
class Made:
    """A form: what is set, the same as a list where it is one, and how many people are on it.
    `remarks`: what whoever asked should know before handing it on."""

    sheet: Sheet
    count: int
    table: Table | None = None
    remarks: tuple[str, ...] = ()


def listed(asked: Asked, table: Table, *, careful: bool = False, on: bool = True) -> Made:
    """A form that is a list."""
    sheet = table.sheet(asked.town, asked.on if on else None, careful=careful)
    return Made(sheet, table.count, table)


def name(card: Card) -> str:
    return spaced(card.get("name"))


def kana(card: Card) -> str:
    return spaced(card.get("kana"))


def place(path: Iterable[str]) -> str:
    """A unit path as running text writes it."""
    return " ".join(path)
