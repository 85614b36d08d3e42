"""Which order worked a change that somebody sees; never one that only others may know of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from meibo.domain.book import Effect, Line, standing
from meibo.domain.changes import Kind
from meibo.ledger import draw, joins
from meibo.ledger.codec import line_of
from meibo.ledger.models import BookLine, Seat

_CHUNK = 900
_SEATING = {Effect.MOVE, Effect.PAUSE, Effect.RESUME, Effect.ENTER}
_EFFECTS: dict[str, set[Effect]] = {
    "enter": {Effect.ENTER},
    "leave": {Effect.LEAVE},
    "promote": _SEATING,
    "demote": _SEATING,
    "move": _SEATING,
    "remap": {Effect.REMAP},
    "add": {Effect.ADD},
    "relieve": {Effect.RELIEVE, Effect.MOVE},
    "rename": set(),  # a filing, not an order
    "pause": {Effect.PAUSE},
    "resume": {Effect.RESUME},
    "renew": {Effect.ENTER, Effect.MOVE},
}
#: Kinds that take up or give up a post: an order that did neither did not work them. A 休職 leaves
#: the post, and its day is personnel's alone.
_OF_POSTS = frozenset({"promote", "demote", "move", "add", "relieve"})
_ABSENCES = frozenset({"leave", "dispatch"})


@dataclass(frozen=True, slots=True)
class Orders:
    """The orders of a period by person, and the days on which their posts began or ended."""

    lines: dict[str, list[Line]]
    edges: dict[str, set[date]]

    def working(self, kind: Kind, person: str, shown: Collection[str]) -> Line | None:
        """The last order that can have worked a change. `shown`: the fields that tell of it."""
        able = [line for line in self.lines.get(person, []) if line.effect in _EFFECTS[kind.code]]
        if kind.code in _OF_POSTS:
            able = [line for line in able if line.effective in self.edges.get(person, ())]
        if kind.code in {"pause", "resume"}:
            slots = _ABSENCES.intersection(shown)
            able = [line for line in able if (line.slot or "leave") in slots]
        return max(able, key=lambda line: (line.effective, line.no), default=None)


def orders_of(people: list[str], start: date, end: date) -> Orders:
    """The orders of these people that count, from `start` through `end`, and the house's."""
    lines: dict[str, list[Line]] = defaultdict(list)
    edges: dict[str, set[date]] = defaultdict(set)
    groups, period = joins.groups(), (start, end)
    # What cancels or completes an order of the period may lie on another day.
    bears = Q(effective__range=period) | Q(voids__isnull=False) | Q(completes__isnull=False)
    edge = Q(starts__range=period) | Q(ends__range=period)
    for chunk in _chunks(people):
        rows = BookLine.objects.filter(bears, person__in=groups.whole(chunk))
        for row in rows.order_by("no"):
            lines[groups.lead(row.person)].append(line_of(row))
        seats = Seat.objects.filter(edge, person__in=chunk)
        for person, starts, ends in seats.values_list("person", "starts", "ends"):
            edges[person] |= {starts, ends}
    house = [x for x in draw.standing_house() if start <= x.effective <= end]
    counted = {
        person: [*house, *(x for x in standing(lines[person]) if start <= x.effective <= end)]
        for person in people
    }
    return Orders(counted, edges)


def _chunks(people: list[str]) -> Iterator[list[str]]:
    for i in range(0, len(people), _CHUNK):
        yield people[i : i + _CHUNK]
