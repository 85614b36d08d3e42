"""What lines would do to the lives they are about, before anybody is asked: worked out in memory,
stored nowhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from meibo.domain.book import Line, SeatKind, standing
from meibo.domain.book import Seat as Held
from meibo.domain.correcting import Fault, Period, Retold, compared, faults, retold
from meibo.ledger import draw, house
from meibo.ledger.beside import Beside
from meibo.ledger.books import lines_of
from meibo.ledger.draw import Drawing
from meibo.ledger.drawer.reading import BASE
from meibo.ledger.models import Seat

_LEADING = frozenset({SeatKind.MAIN, SeatKind.ACTING})


@dataclass(frozen=True)
class Effects:
    """What lines would do to one person's life."""

    person: str
    periods: tuple[Period, ...]
    retold: tuple[Retold, ...]
    faults: tuple[Fault, ...]
    before: tuple[Held, ...]
    after: tuple[Held, ...]

    @property
    def changed(self) -> list[Period]:
        """The periods in which something is other than it was."""
        return [period for period in self.periods if period.changed]


@dataclass(frozen=True, slots=True)
class Heads:
    """`[starts, ends)` in which a unit has other people to lead it than before."""

    unit: str
    starts: date
    ends: date
    before: tuple[str, ...]
    after: tuple[str, ...]


def effects(lines: Sequence[Line]) -> list[Effects]:
    """What these lines would do, by person, in the order of the lines."""
    numbered = [replace(line, no=BASE + place) for place, line in enumerate(lines)]
    beside: dict[str, list[Line]] = defaultdict(list)
    for line in numbered:
        beside[line.person].append(line)
    people = [person for person in beside if person]
    was = {d.person: d for d in draw.drawings(people)}
    now = {d.person: d for d in draw.drawings(people, beside=Beside(dict(beside)))}
    return [_effects(p, was[p], now[p], beside[p]) for p in people if p in was]


def _effects(person: str, was: Drawing, now: Drawing, added: Sequence[Line]) -> Effects:
    book = lines_of(person)
    stood = {line.no: line for line in standing(book)}
    stands = {line.no for line in standing([*book, *added])}
    kept = [line for number, line in stood.items() if number in stands]
    known = {line.no: line for line in (*book, *added)}
    return Effects(
        person,
        tuple(compared(was.pieces, now.pieces)),
        tuple(retold(kept, was.pieces, now.pieces)),
        tuple(faults(known, was.career, now.career)),
        tuple(was.career.seats),
        tuple(now.career.seats),
    )


def heads_changed(found: Iterable[Effects]) -> list[Heads]:
    """Units that would have nobody, another one or several to lead them, from when to when."""
    codes = house.codes()
    people = {each.person: each for each in found}
    leading: dict[str, tuple[list[_Lead], list[_Lead]]] = defaultdict(lambda: ([], []))
    for each in people.values():
        for side, seats in enumerate((each.before, each.after)):
            for s in seats:
                if s.unit and s.kind in _LEADING and codes.leads(s.post) and s.starts < s.ends:
                    leading[s.unit][side].append((each.person, s.starts, s.ends))
    rows = Seat.objects.filter(unit__in=list(leading)).exclude(person__in=list(people))
    for row in rows:
        if codes.leads(row.post) and SeatKind(row.kind) in _LEADING:
            for leads in leading[row.unit]:
                leads.append((row.person, row.starts, row.ends))
    return [h for unit, sides in leading.items() for h in _differences(unit, *sides)]


_Lead = tuple[str, date, date]


def _differences(unit: str, before: list[_Lead], after: list[_Lead]) -> list[Heads]:
    cuts = sorted({d for _, starts, ends in (*before, *after) for d in (starts, ends)})
    result: list[Heads] = []
    for starts, ends in pairwise(cuts):
        was, now = _on(before, starts), _on(after, starts)
        last = result[-1] if result else None
        if was == now:
            continue
        if last and last.ends == starts and (last.before, last.after) == (was, now):
            result[-1] = Heads(unit, last.starts, ends, was, now)
        else:
            result.append(Heads(unit, starts, ends, was, now))
    return result


def _on(leads: list[_Lead], day: date) -> tuple[str, ...]:
    return tuple(sorted({p for p, starts, ends in leads if starts <= day < ends}))
