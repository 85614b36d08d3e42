"""Search for a viewer: what they may search by, whom it finds, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from meibo.domain.disclosure import Table, Viewer
from meibo.domain.finding import Grant, Scope, Why
from meibo.domain.finding import Hit as Found
from meibo.domain.finding.terms import Tier
from meibo.ledger import house, policy, search
from meibo.ledger.card import Card
from meibo.ledger.reader.people import deal, states_on
from meibo.ledger.reader.units import UnitCard, unit_cards
from meibo.ledger.sight import Sight
from meibo.ledger.witness import witness

_TIERS = {Tier.EXACT: "一致", Tier.PREFIX: "前方一致", Tier.INSIDE: "部分一致"}
_UNIT = "unit:"


@dataclass(frozen=True, slots=True)
class Hit:
    """Someone found. `why` says in words by what, as far as the viewer may see that."""

    card: Card
    why: str
    tier: str


@dataclass(frozen=True, slots=True)
class UnitHit:
    """A unit found, and why."""

    unit: UnitCard
    why: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page of people, best first, and the units found besides. Where `capped`, `total` is
    what there are at least. `instead`: what was looked for, where the query as it was typed finds
    nothing; else empty."""

    hits: list[Hit]
    total: int
    capped: bool
    units: list[UnitHit]
    instead: str = ""


def find(
    viewer: Viewer, query: str, *, on: date, limit: int = 20, offset: int = 0, units: int = 8
) -> Page:
    """Whom a query finds for this viewer on a day. Nobody is found by what may not be seen."""
    sight = Sight(viewer)
    scope = protecting(scope_of(viewer, sight.table, on), sight, on)
    found = search.search(
        scope, query, on=on, limit=limit, offset=offset, units=units, fold=policy.fold()
    )
    states = states_on(on, ids=[hit.subject for hit in found.people.hits])
    cards = {card.id: card for card in deal(viewer, states, on)}
    hits = [
        Hit(cards[hit.subject], _why(hit.why), _TIERS[hit.tier])
        for hit in found.people.hits
        if hit.subject in cards
    ]
    _notice(found.people.hits, sight.table.sensitive_keys)
    return Page(
        hits,
        found.people.total,
        found.people.capped,
        _units(viewer, found.units.hits, on),
        found.instead,
    )


def _notice(hits: Iterable[Found], sensitive: frozenset[str]) -> None:
    """Tell the witness who was found by what few may search by."""
    watcher = witness()
    for hit in hits if watcher else ():
        keys = sensitive.intersection(reason.field for reason in hit.why)
        if watcher and keys:
            watcher.found(hit.subject, keys)


def _units(viewer: Viewer, hits: Iterable[Found], on: date) -> list[UnitHit]:
    found = {hit.subject.removeprefix(_UNIT): hit for hit in hits}
    cards = unit_cards(viewer, found, on=on)
    return [UnitHit(card, _why(found[card.code].why)) for card in cards]


def _why(reasons: Iterable[Why]) -> str:
    """「読み: タカハシ、内線: 2345」; of what may not be shown only the kind."""
    texts = [f"{r.label}: {r.shown}" if r.shown else r.label for r in reasons]
    return "、".join(dict.fromkeys(texts))


def protecting(scope: Scope, sight: Sight, on: date) -> Scope:
    """The scope, in which protected people are found as far as their protection leaves them."""
    if not sight.protections:
        return scope
    every = scope.open.union(*(grant.fields for grant in scope.grants))

    def permits(subjects: Sequence[str]) -> dict[str, frozenset[str]]:
        return {person: _left(sight, person, every, on) for person in subjects}

    return replace(scope, permits=permits)


def _left(sight: Sight, person: str, fields: frozenset[str], on: date) -> frozenset[str]:
    if person not in sight.protections:
        return fields
    ties = sight.ties(person, on)
    return sight.kept(person, ties, fields)


def scope_of(viewer: Viewer, table: Table, on: date) -> Scope:
    """What a viewer may search by on a day, of everybody and of those who are near."""
    plain = table.reaching(viewer.ties, on, viewer.today)
    grants = []
    for tie, people in viewer.over.items():
        both = table.reaching(plain | {tie}, on, viewer.today)
        grants.append(Grant(_searched(table, both), _seen(table, both), subjects=people))
    if viewer.person is not None:
        own = table.reaching(plain | {"self"}, on, viewer.today)
        me = frozenset({viewer.person})
        grants.append(Grant(_searched(table, own), _seen(table, own), subjects=me))
    home = _sections(viewer, on)
    return Scope(_searched(table, plain), _seen(table, plain), tuple(grants), home)


def _searched(table: Table, ties: frozenset[str]) -> frozenset[str]:
    """Fields of people only where these may be known to be there at all; none that a town added,
    which have no keys and are asked about by conditions."""
    searched = table.searched(ties)
    if table.free:
        searched -= table.free.keys()
    return _spelled(searched, table.seen(ties))


def _seen(table: Table, ties: frozenset[str]) -> frozenset[str]:
    return _spelled(table.seen(ties), table.seen(ties))


def _spelled(fields: frozenset[str], seen: frozenset[str]) -> frozenset[str]:
    if "exists" not in seen:
        fields = frozenset(name for name in fields if name.startswith("unit."))
    return fields | {"unit.mail"} if "unit.phone" in fields else fields


def _sections(viewer: Viewer, on: date) -> frozenset[str]:
    """The viewer's own 課, whose people come first among equals."""
    tree = house.organisation(on)
    return frozenset(section for unit in viewer.home if (section := tree.section(unit)))
