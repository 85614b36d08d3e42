"""The search itself: candidates from the index, stage by stage, each judged by its own keys.

Candidates come in order of display (五十音順), so the first page of a frequent word is found
without looking at the rest; every one is checked against its keys of the day before it counts,
and more are fetched until the page is full. What is counted are hits, never candidates.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import merge
from itertools import islice
from typing import NamedTuple, Protocol

from meibo.domain.finding.asking import STAGES, Expression, Question, members
from meibo.domain.finding.fields import Field, Script, field_named
from meibo.domain.finding.matching import Judge, Match, Why, reasons, unit_mark, units_on
from meibo.domain.finding.query import Query, scripts_of
from meibo.domain.finding.scope import Grant, Scope
from meibo.domain.finding.terms import Tier

COUNTED = 60
"""Hits are counted up to here, or to the end of the next page; beyond it is "or more"."""
EXAMINED = 20_000
"""Candidates looked at before giving up, so that no query, however odd, costs without bound."""
_FEW, _LEAST, _BATCH = 128, 16, 128


class Entry(NamedTuple):
    """A subject in the index: its place in order of display, id, packed keys."""

    place: int
    subject: str
    packed: str


class Shelf(Protocol):
    """What a database must be able to do: propose by an expression, in order of display."""

    def some(self, wanted: Expression, limit: int) -> list[int]:
        """Up to `limit` places that the index holds for an expression, whichever is quickest."""
        ...

    def places(self, wanted: Expression, after: int, limit: int) -> list[int]:
        """The next places behind `after`, in order of display."""
        ...

    def read(self, places: Sequence[int]) -> list[Entry]:
        """The entries at these places, in any order; a place that is empty is left out."""
        ...

    def entries(self, subjects: Sequence[str]) -> list[Entry]:
        """The entries of these subjects, in any order."""
        ...


@dataclass(frozen=True, slots=True)
class Hit:
    """Someone found: how well, by what, and whether of the viewer's own section."""

    subject: str
    tier: Tier
    home: bool
    why: tuple[Why, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A page of hits. `total` counts all hits, or, where `capped`, is what there are at least."""

    hits: tuple[Hit, ...] = ()
    total: int = 0
    capped: bool = False


class _Judged(NamedTuple):
    place: int
    subject: str
    match: Match
    home: bool
    seen: frozenset[str]


def seek(
    shelf: Shelf,
    scope: Scope,
    query: Query,
    *,
    on: date,
    limit: int = 20,
    offset: int = 0,
    counted: int = COUNTED,
    exact: bool = False,
) -> Found:
    """Those whom the query finds on a day, best first, from `offset` on, at most `limit`.

    Order: exact before prefix before inside, in each of these names before other fields, the
    viewer's own section first, then 五十音順. Of several words the best one decides, but where all
    are exact that comes first. Hits are counted up to `counted`. `exact`: only those in whom every
    one of several words is exact.
    """
    if not query:
        return Found()
    wanted = max(offset + 2 * limit, counted)
    search = _Search(shelf, scope, query, on, wanted)
    judged: list[_Judged] = []
    for one in search.hits():
        if exact and one.match.stage > 0:
            break
        judged.append(one)
        if len(judged) > wanted:
            break
    page = judged[:wanted][offset : offset + limit]
    hits = tuple(_hit(query, one) for one in page)
    return Found(hits, min(len(judged), wanted), len(judged) > wanted or search.gave_up)


def _hit(query: Query, one: _Judged) -> Hit:
    why = reasons(query, one.match, one.seen)
    return Hit(one.subject, STAGES[one.match.stage].tier, one.home, why)


class _Search:
    """One search: what was looked at, and a judge for each set of fields that came up."""

    def __init__(self, shelf: Shelf, scope: Scope, query: Query, on: date, wanted: int) -> None:
        self.shelf, self.scope, self.query, self.on = shelf, scope, query, on
        self.wanted = wanted
        self.question = Question(query, _fields(scope.open))
        scripts = scripts_of(query.words)
        self.grants = [g for g in scope.grants if _adds(g, scope, scripts)]
        self.marks = [unit_mark(code) for code in scope.home]
        self.judges: dict[frozenset[str], Judge] = {}
        self.known: dict[int, _Judged | None] = {}
        self.met: set[int] = set()
        self.examined = self.given = 0

    @property
    def gave_up(self) -> bool:
        return self.examined >= EXAMINED

    def hits(self) -> Iterator[_Judged]:
        """Everybody found, in order, as lazily as can be."""
        wanted = self.question.anywhere
        first = self.shelf.some(wanted, _FEW) if wanted is not None else []
        few = len(first) < _FEW
        if self.grants or not few:
            self.judge(self.near(frequent=not few))
        if few:  # nothing is gained by asking in stages
            self.judge(self.shelf.read(self.unknown(first)))
            yield from sorted(filter(None, self.known.values()), key=_order)
        else:
            yield from self.in_stages()

    def in_stages(self) -> Iterator[_Judged]:
        near = sorted(filter(None, self.known.values()), key=_order)
        self.met.update(one.place for one in near)
        for stage in range(len(STAGES)):
            here = [one for one in near if one.match.stage == stage]
            # Those of the own section sort before everybody else of this stage.
            for one in merge(here, self.stream(stage), key=_order):
                self.given += 1
                yield one

    def stream(self, stage: int) -> Iterator[_Judged]:
        """Who matches best at this stage, in order of display; without those who are near."""
        places = self.candidates(stage)
        while chunk := list(islice(places, max(self.wanted + 1 - self.given, _LEAST))):
            self.judge(self.shelf.read(self.unknown(chunk)), stage)
            for place in chunk:
                one = self.known.get(place)
                if one is not None and one.match.stage == stage:
                    self.met.add(place)
                    yield one

    def candidates(self, stage: int) -> Iterator[int]:
        """Places that the index proposes for a stage and that were not hits before."""
        wanted = self.question.at(STAGES[stage])
        after, more = 0, wanted is not None
        while more and wanted is not None and not self.gave_up:
            places = self.shelf.places(wanted, after, _BATCH)
            yield from (place for place in places if place not in self.met)
            more, after = len(places) == _BATCH, places[-1] if places else after

    def unknown(self, places: Sequence[int]) -> list[int]:
        return [place for place in places if place not in self.known]

    # -- judging --------------------------------------------------------------

    def judge(self, entries: Sequence[Entry], filling: int | None = None) -> None:
        """Note who of these matches, by what the viewer may search them by.

        `filling`: the stage for which they were proposed; who would match better was met before,
        and nobody here is near. Without it they are whoever may be.
        """
        self.examined += len(entries)
        permits = self.scope.permits
        permitted = permits([e.subject for e in entries]) if permits and entries else None
        anybody, home = filling is None, False
        fields, seen = self.scope.open, self.scope.seen
        alike = permitted is None and not (anybody and self.grants)  # one judge for all of them
        judge, marks = self.judge_of(fields), self.marks
        for entry in entries:
            if not alike:
                if anybody and self.grants:
                    fields, seen = self.granted(entry)
                allowed = fields
                if permitted is not None:
                    allowed = fields & permitted.get(entry.subject, frozenset())
                judge = self.judge_of(allowed)
            place, subject, packed = entry
            match = judge.match(packed, filling)
            if match is None:
                self.known[place] = None
            elif filling != 0 or match.stage == 0:  # else it was not looked at closely
                if anybody and marks:
                    near = any(mark in packed for mark in marks)  # on some day; which one?
                    home = near and self.belongs(entry, self.scope.home)
                self.known[place] = _Judged(place, subject, match, home, seen)

    def granted(self, entry: Entry) -> tuple[frozenset[str], frozenset[str]]:
        """What this viewer may search this person by and see of them."""
        fields, seen = self.scope.open, self.scope.seen
        for grant in self.grants:
            if entry.subject in grant.subjects or self.belongs(entry, grant.units):
                fields, seen = fields | grant.fields, seen | grant.seen
        return fields, seen

    def belongs(self, entry: Entry, units: frozenset[str]) -> bool:
        """Whether someone has a post in one of these units on the day that was asked for."""
        if not any(unit_mark(code) in entry.packed for code in units):
            return False  # on no day at all
        return not units.isdisjoint(units_on(entry.packed, self.on))

    def judge_of(self, fields: frozenset[str]) -> Judge:
        if fields not in self.judges:
            self.judges[fields] = Judge(self.query, fields, self.on)
        return self.judges[fields]

    # -- those who are near -----------------------------------------------------

    def near(self, *, frequent: bool) -> list[Entry]:
        """Everyone of the viewer's section and of those towards whom there are grants: few, and so
        looked at before all others. Of a `frequent` word it is quicker to look at all of them
        than to ask the index who of them has it."""
        units = self.scope.home.union(*(grant.units for grant in self.grants))
        subjects = frozenset[str]().union(*(grant.subjects for grant in self.grants))
        found = self.shelf.entries(sorted(subjects)) if subjects else []
        if not units:
            return found
        if frequent:
            places = self.shelf.places(members(units), 0, _BATCH)
            if len(places) < _BATCH:
                return found + self.shelf.read(places)
        fields = self.scope.open.union(*(grant.fields for grant in self.grants))
        wanted = Question(self.query, _fields(fields)).within(units)
        return found + (self.shelf.read(self.everywhere(wanted)) if wanted is not None else [])

    def everywhere(self, wanted: Expression) -> list[int]:
        places = self.shelf.places(wanted, 0, _BATCH)
        while len(places) % _BATCH == 0 and places:
            more = self.shelf.places(wanted, places[-1], _BATCH)
            if not more:
                break
            places += more
        return places


def _fields(names: Iterable[str]) -> list[Field]:
    return [field_named(name) for name in sorted(names)]


def _adds(grant: Grant, scope: Scope, scripts: frozenset[Script]) -> bool:
    """Whether a grant lets this query find more than everybody's fields do."""
    return any(field_named(name).script in scripts for name in grant.fields - scope.open)


def _order(one: _Judged) -> tuple[int, bool, int]:
    return one.match.stage, not one.home, one.place
