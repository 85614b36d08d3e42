"""Searching: the hits of one page, with units and duties as groups of their own."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator

from meibo.apps.directory.queries import audience
from meibo.apps.directory.queries.reasons import (
    ON_PERSON_ROW,
    ON_UNIT_ROW,
    besides,
    by_duty,
    by_name,
    person_row,
    unit_row,
)
from meibo.domain.calendar import fiscal_bounds, fiscal_year
from meibo.domain.disclosure import Viewer
from meibo.ledger import reader

PAGE_SIZE = 20
LONGEST = 100


def cleaned(text: str) -> str:
    """The query without what a keyboard leaves by accident: outer and doubled blanks, control
    signs. Its letters stay as they were typed."""
    kept = "".join(c for c in text if unicodedata.category(c) != "Cc" or c.isspace())
    return " ".join(kept.split())[:LONGEST]


def page_of(parameters: Mapping[str, str]) -> int:
    """The page asked for, from 1; anything else is the first."""
    text = parameters.get("page", "")
    return max(int(text), 1) if text.isdecimal() and len(text) < 6 else 1


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody found; `why` tells only what the row does not show by itself."""

    card: reader.Card
    why: str
    by_name: bool


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit found, and why."""

    unit: reader.UnitCard
    why: str


@dataclass(frozen=True, slots=True)
class Found:
    """What one page of results shows. `named`: units found by name; `dutied`: by what they do.
    Where `capped`, there are more people than `total`. `asked`: what was typed, where that finds
    nothing and `query` was looked for instead. `year_before`: where nothing is found, a day on
    which one may look for who has left."""

    query: str
    hits: list[Person]
    total: int
    capped: bool
    page: Page[int]
    named: list[Unit]
    dutied: list[Unit]
    searched: list[str]
    asked: str = ""
    year_before: date | None = None

    @property
    def nothing(self) -> bool:
        return not (self.hits or self.named or self.dutied)

    @property
    def units_first(self) -> bool:
        """A unit that is called just so was meant, and so were units, if any, where the first
        person was not found by name."""
        if any(_called(hit.unit, self.query) for hit in self.named):
            return True
        return bool(self.named) and not (self.hits and self.hits[0].by_name)

    @property
    def people(self) -> str:
        """How many people, in words."""
        return f"{self.total:,}人{'以上' if self.capped else ''}"

    @property
    def words(self) -> str:
        """The result in one sentence, for the eye and for the screen reader."""
        if self.nothing:
            return f"「{self.query}」は見つかりませんでした"
        parts = [f"職員{self.people}"] if self.total else []
        units = len(self.named) + len(self.dutied)
        parts += [f"組織{units}件"] if units else []
        counts = "、".join(parts)
        if self.asked:
            instead = f"「{self.asked}」では見つからないため、「{self.query}」でさがしました"
            return f"{instead}　{counts}"
        return f"「{self.query}」　{counts}"


def _called(unit: reader.UnitCard, query: str) -> bool:
    return query in {unit["name"], unit.get("short")} or query.split()[-1:] == [unit["name"]]


def find(viewer: Viewer, query: str, on: date, number: int = 1, size: int = PAGE_SIZE) -> Found:
    """One page of what this viewer finds on a day."""
    result = reader.search(viewer, query, on=on, limit=size, offset=(number - 1) * size)
    units = result.units if number == 1 else []
    nothing = not (result.hits or units)
    return Found(
        query=result.instead or query,
        asked=query if result.instead else "",
        hits=[
            Person(
                hit.card,
                besides(hit.why, ON_PERSON_ROW, person_row(hit.card)),
                by_name(hit.why),
            )
            for hit in result.hits
        ],
        total=result.total,
        capped=result.capped,
        page=Paginator(range(result.total), size).get_page(number),
        named=[_unit(hit) for hit in units if not by_duty(hit.why)],
        dutied=[_unit(hit) for hit in units if by_duty(hit.why)],
        searched=audience.search_words(viewer.ties, viewer.today) if nothing else [],
        year_before=_year_before(viewer, on) if nothing else None,
    )


def _year_before(viewer: Viewer, on: date) -> date | None:
    day = fiscal_bounds(fiscal_year(on) - 1)[0]
    return day if audience.looks_at(viewer, day) else None


def _unit(hit: reader.UnitHit) -> Unit:
    return Unit(hit.unit, besides(hit.why, ON_UNIT_ROW, unit_row(hit.unit)))
