"""Whom a condition means, for a viewer: asked of cards and of posts as far as these may be seen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import lru_cache

from meibo.domain.book import SeatKind
from meibo.domain.conditions import (
    Around,
    Been,
    Compared,
    Group,
    Held,
    Known,
    Post,
    Subject,
    known_fields,
    parts_of,
    truth,
)
from meibo.domain.disclosure import Viewer
from meibo.ledger import house, policy
from meibo.ledger.card import Card
from meibo.ledger.models import Seat, UnitStretch
from meibo.ledger.reader.people import deal, states_on
from meibo.ledger.sight import Sight
from meibo.ledger.witness import witness

_CHUNK = 900
_HISTORY = "history"
_EVER = ((date.min, date.max),)
Span = tuple[date, date]


def choose(
    viewer: Viewer, condition: Group, *, on: date, ids: Iterable[str] | None = None
) -> list[str]:
    """Those in service on a day (or of these people) of whom this viewer may know that they are
    meant. Who was met by a sensitive field is told to the witness; nobody else is."""
    fields = known_fields(policy.table(viewer.today).free)
    rows = rows_of(condition, fields)
    through_time = any(not isinstance(part, Compared) for part in parts_of(condition))
    around = Around(on, fields, policy.fold(), _lying(house.version()))
    cards = deal(viewer, states_on(on, ids=ids), on, only=rows)
    found: list[Card] = []
    waiting: list[Card] = []
    for card in cards:
        held = truth(condition, Subject(card.weighed()), around)
        if held or (held is None and through_time):
            (found if held else waiting).append(card)
    if waiting:
        found += _by_posts(viewer, condition, waiting, around)
    _notice(found, rows)
    return [card.id for card in found]


def askable(viewer: Viewer, *, on: date) -> list[Known]:
    """The fields that this viewer may ask about: those they see of somebody besides themselves."""
    sight = Sight(viewer)
    ties = sight.table.reaching(viewer.ties.union(viewer.over), on, viewer.today)
    seen = sight.table.seen(ties, event=viewer.event)
    return [k for k in known_fields(sight.table.free).values() if k.rows[0] in seen]


def knows_posts(viewer: Viewer) -> bool:
    """Whether this viewer may ask about posts held before."""
    seen = Sight(viewer).table.seen(viewer.ties.union(viewer.over), event=viewer.event)
    return _HISTORY in seen


def rows_of(condition: Group, fields: Mapping[str, Known]) -> frozenset[str]:
    """The rows of the disclosure table that a condition asks about."""
    rows: set[str] = set()
    for part in parts_of(condition):
        if isinstance(part, Held | Been):
            rows.add(_HISTORY)
        elif part.field in fields:
            rows.update(fields[part.field].rows)
    return frozenset(rows)


def _notice(cards: Iterable[Card], rows: frozenset[str]) -> None:
    watcher = witness()
    for card in cards if watcher else ():
        sensitive = card.sensitive_of(rows)
        if watcher and sensitive:
            watcher.found(card.id, sensitive)


def _by_posts(viewer: Viewer, condition: Group, cards: list[Card], around: Around) -> list[Card]:
    """Those of these cards who are meant, once the posts they held are known."""
    sight = Sight(viewer)
    posts = _posts([card.id for card in cards], around.on)
    first = {ties: _first(sight, ties) for ties in {viewer.toward(card.id) for card in cards}}
    found = []
    for card in cards:
        ties = viewer.toward(card.id)
        if _HISTORY not in sight.seen(card.id, sight.ties(card.id, around.on)):
            continue
        since = first[ties]
        own = posts.get(card.id, [])
        if since is not None:
            own = [post for post in own if post.starts >= since]
        if truth(condition, Subject(card.weighed(), own, since), around):
            found.append(card)
    return found


def _first(sight: Sight, ties: frozenset[str]) -> date | None:
    """The first day whose posts these ties may see; None where they may look back for ever."""
    able = [tie for tie in ties if _HISTORY in sight.table.seen(frozenset({tie}))]
    days = [sight.table.past.get(tie, 0) for tie in able]
    limited = [day for day in days if day is not None]
    if len(limited) < len(days):
        return None
    return sight.viewer.today - timedelta(days=max(limited, default=0))


def _posts(people: list[str], on: date) -> dict[str, list[Post]]:
    rows = Seat.objects.filter(starts__lte=on)
    named = ("person", "post", "unit", "kind", "starts", "ends")
    if len(people) > _CHUNK:  # one query for all is quicker than many for most
        asked = [rows.values_list(*named)]
    else:
        asked = [rows.filter(person__in=people).values_list(*named)]
    found: dict[str, list[Post]] = defaultdict(list)
    wanted = set(people)
    main = SeatKind.MAIN.value
    for query in asked:
        for person, post, unit, kind, starts, ends in query:
            if person in wanted:
                found[person].append(Post(post, unit, kind == main, starts, ends))
    return found


class _Lying:
    """Which units lay in or below one, and when; worked out once for each that is asked for."""

    def __init__(self) -> None:
        self.below: dict[str, list[tuple[str, date, date]]] = defaultdict(list)
        rows = UnitStretch.objects.exclude(parent=None)
        for code, parent, starts, ends in rows.values_list("code", "parent", "starts", "ends"):
            self.below[str(parent)].append((code, starts, ends))
        self.known: dict[str, dict[str, list[Span]]] = {}

    def __call__(self, unit: str) -> Mapping[str, list[Span]]:
        if unit not in self.known:
            found: dict[str, list[Span]] = defaultdict(list)
            found[unit] = list(_EVER)
            self._walk(unit, date.min, date.max, (unit,), found)
            self.known[unit] = dict(found)
        return self.known[unit]

    def _walk(
        self,
        unit: str,
        starts: date,
        ends: date,
        above: tuple[str, ...],
        found: dict[str, list[Span]],
    ) -> None:
        for code, first, last in self.below.get(unit, ()):
            span = max(starts, first), min(ends, last)
            if span[0] < span[1] and code not in above:
                found[code].append(span)
                self._walk(code, *span, (*above, code), found)


@lru_cache(maxsize=2)
def _lying(_version: int) -> _Lying:
    return _Lying()
