"""Searching: a query of one viewer on one day."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial

from meibo.domain import names
from meibo.domain.finding import (
    COUNTED,
    Entry,
    Expression,
    Found,
    Grant,
    Query,
    Scope,
    halves,
    parse,
    seek,
    spoken,
)
from meibo.domain.finding.writing import Fold
from meibo.ledger.search import eras
from meibo.ledger.search.base import Index
from meibo.ledger.search.eras import Era
from meibo.ledger.search.opening import index

_UNIT = "unit."
_UNITS_COUNTED = 20
_UNITS = Era(eras.UNITS, alone=False)


@dataclass(frozen=True, slots=True)
class Results:
    """What was found: people (subjects are their ids) and units (`unit:CODE`). `instead`: what was
    looked for where the words as they were typed find nothing (「高橋さん」); else empty."""

    query: Query
    people: Found = field(default_factory=Found)
    units: Found = field(default_factory=Found)
    instead: str = ""

    @property
    def nothing(self) -> bool:
        return not (self.people.total or self.units.total)


class _Shelf:
    """One era of the index, as the domain asks for it."""

    def __init__(self, books: Index, era: Era) -> None:
        self._books, self._era = books, era

    def some(self, wanted: Expression, limit: int) -> list[int]:
        return self._books.some(self._era, wanted, limit)

    def places(self, wanted: Expression, after: int, limit: int) -> list[int]:
        return self._books.places(self._era, wanted, after, limit)

    def read(self, places: Sequence[int]) -> list[Entry]:
        return self._books.read(places) if places else []

    def entries(self, subjects: Sequence[str]) -> list[Entry]:
        return self._books.entries(self._era, subjects)


def search(
    scope: Scope,
    text: str,
    *,
    on: date,
    limit: int = 20,
    offset: int = 0,
    units: int = 5,
    counted: int = COUNTED,
    fold: Fold = names.fold,
) -> Results:
    """People and units that this viewer finds by `text` on a day, best first.

    At most `limit` people from `offset` on, and `units` units (0: do not look for any). People are
    counted up to `counted` hits. `fold` must be the one that the keys were written with.
    """
    query = parse(text, fold)
    if not query:
        return Results(query)
    with index() as books:
        people = partial(
            seek,
            _Shelf(books, eras.era_of(on)),
            _part(scope, units=False),
            on=on,
            limit=limit,
            offset=offset,
            counted=counted,
        )
        look = partial(_look, people, _house(books, scope, on, units) if units else None, fold)
        found = look(query)
        if found.nothing:  # 税務課の高橋さん
            others = ((other, look(parse(other, fold))) for other in spoken(text))
            again = ((other, results) for other, results in others if not results.nothing)
            other, found = next(again, ("", found))
            found = replace(found, instead=other)
        return found


_Seek = Callable[..., Found]


def _house(books: Index, scope: Scope, on: date, limit: int) -> _Seek:
    shelf, open_to = _Shelf(books, _UNITS), _part(scope, units=True)
    return partial(seek, shelf, open_to, on=on, limit=limit, counted=_UNITS_COUNTED)


def _look(people: _Seek, house: _Seek | None, fold: Fold, query: Query) -> Results:
    found = people(query)
    if not found.total:  # 高橋課長 in one word
        parted = (people(half, exact=True) for half in halves(query, fold))
        found = next((half for half in parted if half.total), found)
    return Results(query, found, house(query)) if house else Results(query, found)


def _part(scope: Scope, *, units: bool) -> Scope:
    """The scope with the fields of units alone, or without them."""
    return replace(
        scope,
        open=_some(scope.open, units=units),
        home=frozenset() if units else scope.home,
        grants=tuple(
            Grant(own, grant.seen, grant.units, grant.subjects)
            for grant in scope.grants
            if (own := _some(grant.fields, units=units))
        ),
        permits=None if units else scope.permits,
    )


def _some(fields: frozenset[str], *, units: bool) -> frozenset[str]:
    return frozenset(name for name in fields if name.startswith(_UNIT) is units)
