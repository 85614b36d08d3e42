"""From which day a person's record is another one than it was at an earlier moment.

What counts is when meibo learned it (`entered`), not what a source states: a file of today may
state that its orders were recorded months ago, and yet payroll has not been told of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from meibo.domain.book import Filing, Line, fold, fold_filings
from meibo.domain.book import Stretch as Piece
from meibo.ledger import draw, joins
from meibo.ledger.as_one import KEPT, one_life
from meibo.ledger.codec import filing_of, line_of
from meibo.ledger.models import BookLine, FilingLine
from meibo.ledger.sealed import is_sealed
from meibo.ledger.vault import Vault

_CHUNK = 500
_HAND = ("meibo ", "demo")
"""How the names of actors begin that are no people at a desk."""


def differs_from(
    people: Iterable[str], *, since: datetime, through: date, fields: Collection[str]
) -> dict[str, date]:
    """Id → the first day, not after `through`, on which one of these fields of the state is now
    another than it was by what the books held at `since`. Who did not change is not in it."""
    wanted = sorted(set(people) & _touched(since, through))
    found: dict[str, date] = {}
    for i in range(0, len(wanted), _CHUNK):
        chunk = wanted[i : i + _CHUNK]
        now, then = _pieces(chunk, None), _pieces(chunk, since)
        for person in chunk:
            day = _first(now[person], then[person], through, fields)
            if day is not None:
                found[person] = day
    return found


def by_hand(people: Iterable[str], *, since: datetime) -> dict[str, set[str]]:
    """Id → fields that were filed by a person at a desk since a moment; `*` stands for an order.
    What came by a file has a source and does not count."""
    wanted = sorted(set(people))
    found: dict[str, set[str]] = defaultdict(set)
    for i in range(0, len(wanted), _CHUNK):
        chunk = wanted[i : i + _CHUNK]
        filed = FilingLine.objects.filter(subject__in=chunk, entered__gt=since, source="")
        for subject, field, actor in filed.values_list("subject", "field", "actor"):
            if not actor.startswith(_HAND):
                found[subject].add(field)
        lines = BookLine.objects.filter(person__in=chunk, entered__gt=since, source="")
        for person, actor in lines.values_list("person", "actor"):
            if not actor.startswith(_HAND):
                found[person].add("*")
    return found


def _touched(since: datetime, through: date) -> set[str]:
    """Everyone of whom something was entered since that speaks of a day not after `through`."""
    lines = BookLine.objects.filter(entered__gt=since)
    people = set(lines.exclude(person="").values_list("person", flat=True))
    if lines.filter(person="").exists():
        people |= draw.everyone()
    filed = FilingLine.objects.filter(entered__gt=since, effective__lte=through)
    return people | set(filed.values_list("subject", flat=True))


def _pieces(people: list[str], entered: datetime | None) -> Mapping[str, list[Piece]]:
    """The stretches of these people by the lines that had been entered by a moment."""
    groups, vault = joins.groups(), Vault()
    whole = sorted(groups.whole(people))
    vault.prepare(whole)
    lines: dict[str, list[Line]] = defaultdict(list)
    rows = BookLine.objects.filter(person__in=[*whole, ""]).order_by("no")
    filed = FilingLine.objects.filter(subject__in=whole).exclude(field__startswith=KEPT)
    if entered is not None:
        rows, filed = rows.filter(entered__lte=entered), filed.filter(entered__lte=entered)
    for row in rows:
        lines[row.person].append(line_of(row))
    filings: dict[str, list[Filing]] = defaultdict(list)
    for each in filed.order_by("no"):
        filings[each.subject].append(filing_of(each, vault, keep_sealed=is_sealed))
    return {
        person: draw.pieces_of(
            fold([*lines[""], *one_life(lines, groups.members(person))], draw.RULES),
            fold_filings(_as_one(filings, groups.members(person))),
        )
        for person in people
    }


def _as_one(filings: Mapping[str, list[Filing]], members: Sequence[str]) -> list[Filing]:
    return [f._replace(subject=members[0]) for each in members for f in filings.get(each, ())]


def _first(
    now: list[Piece], then: list[Piece], through: date, fields: Collection[str]
) -> date | None:
    """The first day on which two courses of states part."""
    days = sorted({d for piece in (*now, *then) for d in (piece.starts, piece.ends)})
    for day in days:
        if day <= through and _at(now, day, fields) != _at(then, day, fields):
            return day
    return None


def _at(pieces: list[Piece], day: date, fields: Collection[str]) -> dict[str, Any] | None:
    piece = next((p for p in pieces if p.starts <= day < p.ends), None)
    return None if piece is None else {name: piece.state.get(name) for name in fields}
