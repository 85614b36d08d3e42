"""Drawing: the books folded into the tables that are read, within the writer's transaction."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from meibo.domain import names
from meibo.domain.book import (
    Career,
    Line,
    Period,
    Rules,
    fold,
    fold_filings,
    knowable,
    standing,
    stretches,
)
from meibo.domain.book import Stretch as Piece
from meibo.domain.finding import Key
from meibo.ledger import bulk, joins, keys, rows, search
from meibo.ledger.as_one import Books, tell_numbers
from meibo.ledger.beside import NOTHING, UNIT, Beside
from meibo.ledger.codec import dump
from meibo.ledger.draw_units import redraw_units
from meibo.ledger.models import (
    BookLine,
    FilingLine,
    House,
    Person,
    Seat,
    Shield,
    Stretch,
    UnitStretch,
)
from meibo.ledger.sealed import is_sealed

PROTECTED = "protected"
"""The field of a person's 非公開の申出; its value is the level."""
RULES = Rules()
_CHUNK = 500
Progress = Callable[[str, int, int], None]


@dataclass(slots=True)
class Drawing:
    """What follows from the lines of one person."""

    person: str
    career: Career
    pieces: list[Piece] = field(default_factory=list)
    shields: list[Period] = field(default_factory=list)


def redraw(
    people: Collection[str] | None,
    *,
    units: Collection[str] = (),
    progress: Progress | None = None,
) -> None:
    """Draw these people (None: everyone) and units anew, and tell caches that they are stale."""
    if units:
        redraw_units(units)
    groups = joins.groups()
    if people is None or units:
        # A unit's name is what its people are found by.
        people = everyone() if people is None else (set(people) | _people_of(units))
    people = groups.whole(people)  # who is one with another is drawn with them, and not besides
    keyed: set[str] = set()
    search.write(_drawn_keys(sorted(people), units, keyed, progress or _silent))
    search.forget({*people, *units} - keyed)  # who has no key is found by nothing
    if progress:
        progress("検索の索引を作成", 1, 1)
    stale()


def _drawn_keys(
    people: list[str], units: Collection[str], keyed: set[str], progress: Progress
) -> Iterator[Key]:
    """Draw, some at a time, and tell what each is found by. `keyed`: fills with who has keys."""
    line = keys.timeline(standing_house()) if units or len(people) > _CHUNK else None
    if line is not None:
        found = keys.of_units([unit.removeprefix(UNIT) for unit in sorted(units)], line)
        keyed.update(key.subject for key in found)
        yield from found
    done = 0
    for chunk in _chunks(people):
        drawn = list(drawings(chunk))
        _store(drawn)
        if line is None:
            places = keys.units_of(piece for drawing in drawn for piece in drawing.pieces)
            line = keys.timeline(standing_house(), places)
        for drawing in drawn:
            own = keys.of_person(drawing.person, drawing.pieces, line)
            keyed.update([drawing.person] if own else [])
            yield from own
        done += len(chunk)
        progress("名簿を作成", done, len(people))
    progress("検索の索引を作成", 0, 1)


def _silent(_what: str, _done: int, _total: int) -> None:
    """Nobody is watching."""


def stale() -> None:
    """Tell caches that what they hold is old."""
    # Not a count: a count comes again after a restore, and caches would believe it.
    House.objects.filter(pk=1).update(version=secrets.randbits(62))


def redraw_all(*, progress: Progress | None = None) -> None:
    """Draw everything anew from the books, in one transaction."""
    with transaction.atomic():
        subjects = FilingLine.objects.filter(subject__startswith=UNIT)
        units = sorted(set(subjects.values_list("subject", flat=True)))
        redraw(None, units=units, progress=progress)


def drawings(
    people: list[str], known: datetime | None = None, beside: Beside = NOTHING
) -> Iterator[Drawing]:
    """Fold these people afresh from the books, as far as was known at a moment; nobody who was
    shredded. Who was joined to somebody has nothing of their own: all of it is that person's."""
    hidden = shredded()
    people = [person for person in people if person not in hidden]
    groups = joins.groups(known)
    house = [*house_lines(known), *beside.of("")]
    books = Books(groups.whole(people) - hidden, is_sealed, known, beside)
    for person in people:
        if groups.lead(person) != person:
            yield Drawing(person, Career())
            continue
        members = groups.members(person)
        career = fold([*house, *books.lines_as_one(members)], RULES)
        periods = fold_filings(books.filings_as_one(members))
        shields = [period for period in periods if period.field == PROTECTED]
        pieces = pieces_of(career, periods)
        if len(members) > 1:
            tell_numbers(pieces, books.numbers(members))
        yield Drawing(person, career, pieces, shields)


def house_lines(known: datetime | None = None) -> list[Line]:
    """The lines that speak to everyone (組織改編) and what cancels them."""
    return knowable([line for line, _ in rows.lines([""])], known)


def pieces_of(career: Career, periods: list[Period]) -> list[Piece]:
    """Stretches with the names a person goes by at work worked out."""
    sealed = frozenset(p.field for p in periods if is_sealed(p.field))
    pieces = stretches(career, periods, sealed)
    used: list[str] = []
    for piece in pieces:
        _name_at_work(piece.state)
        name = piece.state.get("name", "")
        piece.state |= {"former": [n for n in used if n != name]} if set(used) - {name} else {}
        if name and name not in used:
            used.append(name)
    return pieces


def _name_at_work(state: dict[str, Any]) -> None:
    """旧姓使用: at work the maiden name stands before the given name."""
    maiden, uses = state.get("maiden_name"), state.get("uses_maiden_name") == "1"
    if not maiden or not uses:
        return
    for name, part in (("name", maiden), ("kana", state.get("maiden_kana"))):
        legal = state.get(name)
        if legal and part:
            state[f"record_{name}"] = legal
            given = legal.split("\u3000", 1)[1:]
            state[name] = "\u3000".join([part, *given])


def standing_house() -> list[Line]:
    """The reorganisations that count, in order of time."""
    return sorted(standing(house_lines()), key=lambda line: (line.effective, line.no))


def everyone(known: datetime | None = None) -> set[str]:
    """The ids of all people the book knows and can still be read of, each once."""
    lines = BookLine.objects.exclude(person="").values_list("person", flat=True).distinct()
    groups = joins.groups(known)
    return {groups.lead(person) for person in set(lines) - shredded()}


def shredded() -> set[str]:
    """The ids of those whose key was deleted: nothing is drawn of them."""
    return set(Person.objects.filter(shredded=True).values_list("pk", flat=True))


def _people_of(units: Collection[str]) -> set[str]:
    codes = [u.removeprefix(UNIT) for u in units]
    found: set[str] = set()
    below = set(codes) | set(
        UnitStretch.objects.filter(parent__in=codes).values_list("code", flat=True)
    )
    for chunk in _chunks(sorted(below)):
        found |= set(Seat.objects.filter(unit__in=chunk).values_list("person", flat=True))
    return found


def _chunks(ids: list[str], size: int = _CHUNK) -> Iterator[list[str]]:
    for i in range(0, len(ids), size):
        yield ids[i : i + size]


def _store(drawn: list[Drawing]) -> None:
    people = [d.person for d in drawn]
    stretch_fields = ("person", "starts", "ends", "unit", "post", "kana", "state")
    bulk.replace(Stretch, people, stretch_fields, (row for d in drawn for row in stretch_rows(d)))
    seat_fields = ("person", "unit", "post", "kind", "starts", "ends")
    bulk.replace(Seat, people, seat_fields, (row for d in drawn for row in seat_rows(d)))
    shield_fields = ("person", "level", "starts", "ends")
    bulk.replace(Shield, people, shield_fields, (row for d in drawn for row in shield_rows(d)))


def stretch_rows(drawing: Drawing) -> list[tuple[Any, ...]]:
    """The drawn rows of one person's stretches, in the order of the model's columns."""
    return [
        (
            *(drawing.person, piece.starts, piece.ends, piece.unit, piece.post),
            names.collation_key(piece.state.get("kana", "")),
            dump(piece.state),
        )
        for piece in drawing.pieces
    ]


def seat_rows(drawing: Drawing) -> list[tuple[Any, ...]]:
    """The drawn rows of one person's posts; a post of an unknown place has none."""
    return [
        (drawing.person, seat.unit, seat.post, seat.kind.value, seat.starts, seat.ends)
        for seat in drawing.career.seats
        if seat.unit is not None and seat.starts < seat.ends
    ]


def shield_rows(drawing: Drawing) -> list[tuple[Any, ...]]:
    """The drawn rows of one person's protection."""
    return [(drawing.person, p.value[:60], p.starts, p.ends) for p in drawing.shields]
