"""Drawing: the books folded into the tables that are read, within the writer's transaction."""

from __future__ import annotations

import json
import secrets
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from meibo.domain import names
from meibo.domain.book import (
    Career,
    Filing,
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
from meibo.domain.units import UnitPiece, unit_pieces
from meibo.ledger import bulk, keys, rows, search
from meibo.ledger.beside import NOTHING, UNIT, Beside
from meibo.ledger.codec import filing_of
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
from meibo.ledger.vault import Vault

SEALED = frozenset(
    {"birth_date", "sex", "postcode", "address", "contacts", "emergency", "note"}
    | {"protected_why"}
)
"""Fields that the drawn tables hold only by the number of their filing."""
PROTECTED = "protected"
"""The field of a person's 非公開の申出; its value is the level."""
KEPT = "kept:"
"""Fields of rows kept for apps to come: in the book, in no drawn table."""
RULES = Rules()
_CHUNK = 500
_BATCH = 1000


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
    progress: Callable[[str, int, int], None] | None = None,
) -> None:
    """Draw these people (None: everyone) and units anew, and tell caches that they are stale."""
    if units:
        _redraw_units(units)
    if people is None or units:
        # A unit's name is what its people are found by.
        people = everyone() if people is None else (set(people) | _people_of(units))
    line = keys.timeline(standing_house())
    found: list[Key] = keys.of_units([u.removeprefix(UNIT) for u in units], line)
    done, total = 0, len(people)
    for chunk in _chunks(sorted(people)):
        drawn = list(drawings(chunk))
        _store(drawn)
        found += [key for d in drawn for key in keys.of_person(d.person, d.pieces, line)]
        done += len(chunk)
        if progress:
            progress("名簿を作成", done, total)
    _write_keys(found, {*people, *units}, progress)
    stale()


def stale() -> None:
    """Tell caches that what they hold is old."""
    # Not a count: a count comes again after a restore, and caches would believe it.
    House.objects.filter(pk=1).update(version=secrets.randbits(62))


def redraw_all(*, progress: Callable[[str, int, int], None] | None = None) -> None:
    """Draw everything anew from the books, in one transaction."""
    with transaction.atomic():
        subjects = FilingLine.objects.filter(subject__startswith=UNIT)
        units = sorted(set(subjects.values_list("subject", flat=True)))
        redraw(None, units=units, progress=progress)


def _write_keys(
    found: list[Key], subjects: Collection[str], progress: Callable[[str, int, int], None] | None
) -> None:
    """Make these the search keys of the subjects; who has none is found by nothing."""
    if progress:
        progress("検索の索引を作成", 0, 1)
    search.forget(set(subjects) - {key.subject for key in found})
    search.write(found)
    if progress:
        progress("検索の索引を作成", 1, 1)


def drawings(
    people: list[str], known: datetime | None = None, beside: Beside = NOTHING
) -> Iterator[Drawing]:
    """Fold these people afresh, as far as was known at a moment, nobody who was shredded."""
    hidden = shredded()
    people = [person for person in people if person not in hidden]
    vault = Vault()
    vault.prepare(people)
    house = [*house_lines(known), *beside.of("")]
    lines: dict[str, list[Line]] = defaultdict(list)
    for line, _ in rows.lines(people):
        lines[line.person].append(line)
    filings: dict[str, list[Filing]] = defaultdict(list)
    for filing in rows.filings(people, vault, keep_sealed=SEALED, leave_out=KEPT):
        if known is None or filing.recorded <= known:
            filings[filing.subject].append(filing)
    for person in people:
        career = fold([*house, *knowable(lines[person], known), *beside.of(person)], RULES)
        periods = fold_filings([*filings[person], *beside.filed(person)])
        shields = [period for period in periods if period.field == PROTECTED]
        yield Drawing(person, career, pieces_of(career, periods), shields)


def house_lines(known: datetime | None = None) -> list[Line]:
    """The lines that speak to everyone (組織改編) and what cancels them."""
    return knowable([line for line, _ in rows.lines([""])], known)


def pieces_of(career: Career, periods: list[Period]) -> list[Piece]:
    """Stretches with the names a person goes by at work worked out."""
    pieces = stretches(career, periods, SEALED)
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


def everyone() -> set[str]:
    """The ids of all people the book knows and can still be read of."""
    lines = BookLine.objects.exclude(person="").values_list("person", flat=True).distinct()
    return set(lines) - shredded()


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
    Stretch.objects.filter(person__in=people).delete()
    Seat.objects.filter(person__in=people).delete()
    Shield.objects.filter(person__in=people).delete()
    stretch_fields = ("person", "starts", "ends", "unit", "post", "kana", "state")
    bulk.insert(Stretch, stretch_fields, (row for d in drawn for row in stretch_rows(d)))
    seat_fields = ("person", "unit", "post", "kind", "starts", "ends")
    bulk.insert(Seat, seat_fields, (row for d in drawn for row in seat_rows(d)))
    shield_fields = ("person", "level", "starts", "ends")
    bulk.insert(Shield, shield_fields, (row for d in drawn for row in shield_rows(d)))


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


def dump(state: dict[str, Any]) -> str:
    """One spelling of a state, so that equal states are equal rows."""
    return json.dumps(state, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def unit_drawings(
    subjects: Iterable[str] | None = None,
    known: datetime | None = None,
    beside: Beside = NOTHING,
) -> dict[str, list[UnitPiece]]:
    """Fold the filings of units (all of them without `subjects`) into pieces by code."""
    rows = FilingLine.objects.filter(subject__startswith=UNIT).order_by("no")
    if subjects is not None:
        rows = rows.filter(subject__in=list(subjects))
    vault = Vault()
    filings: dict[str, list[Filing]] = defaultdict(list)
    for row in rows:
        if known is None or row.recorded <= known:
            filings[row.subject].append(filing_of(row, vault, keep_sealed=frozenset()))
    for subject in beside.units():
        filings[subject] += beside.filed(subject)
    return {s.removeprefix(UNIT): unit_pieces(fold_filings(f)) for s, f in filings.items()}


def unit_rows(code: str, pieces: list[UnitPiece]) -> list[UnitStretch]:
    """The drawn rows of one unit."""
    return [
        UnitStretch(code=code, starts=p.starts, ends=p.ends, parent=p.parent, state=dump(p.state))
        for p in pieces
    ]


def unit_name(code: str, around: date) -> str:
    """A unit's name near a day, even where it had been abolished or was not there yet."""
    rows = list(UnitStretch.objects.filter(code=code).order_by("starts"))
    if not rows:
        return code
    near = [r for r in rows if r.starts <= around] or rows[:1]
    return str(json.loads(near[-1].state)["name"])


def _redraw_units(subjects: Collection[str]) -> None:
    wanted = sorted(subjects)
    for chunk in _chunks(wanted):
        drawn = unit_drawings(chunk)
        codes = [s.removeprefix(UNIT) for s in chunk]
        UnitStretch.objects.filter(code__in=codes).delete()
        UnitStretch.objects.bulk_create(
            [row for code, pieces in drawn.items() for row in unit_rows(code, pieces)],
            batch_size=_BATCH,
        )
