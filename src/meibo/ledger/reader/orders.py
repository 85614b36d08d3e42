"""The orders of a period, as far as a viewer may see them: for the book on paper and for 辞令."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from meibo.domain.book import OPEN, Effect, Line, standing
from meibo.domain.disclosure import Viewer
from meibo.ledger import draw, draw_units, house, joins
from meibo.ledger.card import Card
from meibo.ledger.cards import SEAT_LABELS
from meibo.ledger.codec import line_of
from meibo.ledger.models import BookLine
from meibo.ledger.reader.people import deal, states_on
from meibo.ledger.sight import Sight
from meibo.ledger.witness import witness

_CHUNK = 900
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class OrderCard:
    """One order as a viewer sees it. `before`, `after`: the addressee on the eve and on the day.
    `path`, `post`: what it states, by the names of its day; `cancelled`: a later one took it back.
    """

    no: int
    person: str
    effective: date
    recorded: datetime
    order_no: str
    wording: str
    effect: Effect
    authority: str
    unit_code: str
    path: tuple[str, ...]
    post: str
    kind: str
    grade: int | None
    job: str
    employment: str
    term_end: date | None
    until: date | None
    reason: str
    body: str
    note: str
    cancelled: bool
    before: Card | None
    after: Card | None


def orders(
    viewer: Viewer,
    first: date,
    last: date,
    *,
    people: Collection[str] | None = None,
    faces: bool = True,
) -> list[OrderCard]:
    """The orders that take effect from `first` through `last`, by day and place in the book;
    cancelled ones too, said to be so. Nobody's whose orders of that day are not for the viewer.
    Without `faces` no order has the cards of its addressee."""
    gone = draw.shredded()
    lines = {p: own for p, own in _lines(first, last, people).items() if p not in gone}
    sight, watcher = Sight(viewer), witness()
    found: list[tuple[Line, bool, frozenset[str]]] = []
    for person, own in lines.items():
        counted = {line.no: line for line in standing(own)}
        for line in own:
            seen = _seen(sight, line)
            if not first <= line.effective <= last or line.completes or not seen:
                continue
            if watcher and person != viewer.person and "orders" in sight.table.sensitive:
                watcher.saw(person, "orders")
            told = line.effect is not Effect.VOID and line.no not in counted
            found.append((counted.get(line.no, line), told, seen))
    found.sort(key=lambda each: (each[0].effective, each[0].no))
    days = _Days(viewer, [line for line, _, _ in found] if faces else [])
    return list(_cards(days, found))


def _lines(first: date, last: date, people: Collection[str] | None) -> dict[str, list[Line]]:
    """Every line of those who have one in the period: what cancels it may come later. An order to
    any number of somebody is that person's."""
    groups = joins.groups()
    rows = BookLine.objects.filter(effective__gte=first, effective__lte=last).exclude(person="")
    if people is not None:
        rows = rows.filter(person__in=groups.whole(people))
    wanted = set(rows.values_list("person", flat=True))
    found: dict[str, list[Line]] = defaultdict(list)
    for chunk in _chunks(sorted(wanted)):
        for row in BookLine.objects.filter(person__in=chunk).order_by("no"):
            lead = groups.lead(row.person)
            found[lead].append(replace(line_of(row), person=lead))
    return found


def _seen(sight: Sight, line: Line) -> frozenset[str]:
    """What the viewer may see of the addressee that day; nothing where not the orders."""
    seen = sight.seen(line.person, sight.ties(line.person, line.effective))
    return seen if {"exists", "orders"} <= seen else frozenset()


def _cards(days: _Days, found: list[tuple[Line, bool, frozenset[str]]]) -> Iterator[OrderCard]:
    codes = house.codes()
    trees = {day: house.organisation(day) for day in {line.effective for line, _, _ in found}}
    for line, cancelled, seen in found:
        path = trees[line.effective].path(line.unit) if line.unit else []
        if line.unit and not path:
            path = [draw_units.unit_name(line.unit, line.effective)]
        known = {name: codes.name(name, getattr(line, name)) or "" for name in seen & _CODED}
        slot = line.slot or "leave"
        yield OrderCard(
            *(line.no, line.person, line.effective, line.recorded, line.order_no, line.wording),
            *(line.effect, line.authority or "", line.unit or "", tuple(path)),
            codes.name("post", line.post) or "",
            SEAT_LABELS[line.kind.value] if line.kind else "",
            line.grade if "grade" in seen else None,
            known.get("job", ""),
            known.get("employment", ""),
            _day(line.term_end) if "term_end" in seen else None,
            _day(line.until),
            codes.name(slot, line.reason) or "" if slot in seen else "",
            *(line.body or "", line.note or "", cancelled),
            days.card(line.person, line.effective - _DAY),
            days.card(line.person, line.effective),
        )


_CODED = frozenset({"job", "employment"})


def _day(day: date | None) -> date | None:
    return None if day == OPEN else day


class _Days:
    """Cards of people on many days, each day read in one go."""

    def __init__(self, viewer: Viewer, lines: Iterable[Line]) -> None:
        wanted: dict[date, set[str]] = defaultdict(set)
        for line in lines:
            wanted[line.effective].add(line.person)
            wanted[line.effective - _DAY].add(line.person)
        self._cards = {
            day: {c.id: c for c in deal(viewer, states_on(day, ids=sorted(people)), day)}
            for day, people in wanted.items()
        }

    def card(self, person: str, day: date) -> Card | None:
        return self._cards.get(day, {}).get(person)


def _chunks(people: list[str]) -> Iterator[list[str]]:
    for i in range(0, len(people), _CHUNK):
        yield people[i : i + _CHUNK]
