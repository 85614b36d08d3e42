"""Searching: the hits of one page, with units and duties as groups of their own."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator

from meibo.apps.directory.queries import audience
from meibo.domain.disclosure import Viewer
from meibo.ledger import reader

PAGE_SIZE = 20
LONGEST = 100
#: More units than this are folded away.
UNITS_AT_ONCE = 4


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
class Found:
    """What one page of results shows. `named`: units found by name; `dutied`: by what they do."""

    query: str
    hits: list[reader.Hit]
    total: int
    page: Page[int]
    named: list[reader.UnitHit]
    dutied: list[reader.UnitHit]
    searched: list[str]

    @property
    def nothing(self) -> bool:
        return not (self.hits or self.named or self.dutied)

    @property
    def units_first(self) -> bool:
        """A unit that is called just so is what was meant; else people come first."""
        return any(_called(hit.unit, self.query) for hit in self.named)

    @property
    def words(self) -> str:
        """The result in one sentence, for the eye and for the screen reader."""
        if self.nothing:
            return f"「{self.query}」は見つかりませんでした"
        parts = [f"職員{self.total:,}人"] if self.total else []
        units = len(self.named) + len(self.dutied)
        parts += [f"組織{units}件"] if units else []
        return f"「{self.query}」　{'、'.join(parts)}"


def _called(unit: reader.UnitCard, query: str) -> bool:
    return query in {unit["name"], unit.get("short")} or query.split()[-1:] == [unit["name"]]


def find(viewer: Viewer, query: str, on: date, number: int = 1, size: int = PAGE_SIZE) -> Found:
    """One page of what this viewer finds on a day."""
    offset = (number - 1) * size
    result = reader.search(viewer, query, on=on, limit=size, offset=offset)
    units = list(result.units) if number == 1 else []
    named = [hit for hit in units if _by_name(hit)]
    dutied = [hit for hit in units if not _by_name(hit)]
    pages = Paginator(range(result.total), size)
    searched = [] if result.hits or units else audience.search_words(viewer.ties)
    return Found(
        query, list(result.hits), result.total, pages.get_page(number), named, dutied, searched
    )


def _by_name(hit: reader.UnitHit) -> bool:
    return not any(str(duty) in str(hit.why) for duty in hit.unit.get("duties") or ())
