"""verify: do the drawn tables say what the books say?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from meibo.domain.finding import Key
from meibo.ledger import draw, draw_units, keys, search
from meibo.ledger.beside import UNIT
from meibo.ledger.keys import Timeline
from meibo.ledger.models import Person, Seat, Shield, Stretch, UnitStretch

_SHOWN = 20
_CHUNK = 500
_STRETCH = ("person", "starts", "ends", "unit", "post", "kana", "state")
_SHIELD = ("person", "level", "starts", "ends")
_SEAT = ("person", "unit", "post", "kind", "starts", "ends")
Progress = Callable[[str, int, int], None]


@dataclass(slots=True)
class Verdict:
    """How many people were folded afresh, and the first differences in words."""

    checked: int = 0
    differences: list[str] = field(default_factory=list)


def has_people() -> bool:
    """Whether the books know anybody."""
    return Person.objects.exists()


def verify(*, progress: Progress | None = None) -> Verdict:
    """Fold both books whole and compare with the drawn tables, row by row."""
    verdict = Verdict()
    line = keys.timeline(draw.standing_house())
    _units(verdict, line)
    people = sorted(draw.everyone())
    for i in range(0, len(people), _CHUNK):
        _people(people[i : i + _CHUNK], verdict, line)
        verdict.checked += len(people[i : i + _CHUNK])
        if progress:
            progress("発令簿と名簿を比べる", verdict.checked, len(people))
    faults = search.faults()
    if faults:
        _say(verdict, f"検索の索引に{faults}か所の違いがあります")
    known = set(people)
    for person in Stretch.objects.values_list("person", flat=True).distinct():
        if person not in known:
            _say(verdict, f"{person}: 発令のない職員が名簿にいます")
    return verdict


def _people(people: list[str], verdict: Verdict, line: Timeline) -> None:
    expected: dict[str, set[tuple[Any, ...]]] = {p: set() for p in people}
    found: list[Key] = []
    for drawing in draw.drawings(people):
        found += keys.of_person(drawing.person, drawing.pieces, line)
        rows = (draw.stretch_rows(drawing), draw.seat_rows(drawing), draw.shield_rows(drawing))
        expected[drawing.person] = set(chain(*rows))
    drawn: dict[str, set[tuple[Any, ...]]] = {p: set() for p in people}
    stretches = Stretch.objects.filter(person__in=people).values_list(*_STRETCH)
    seats = Seat.objects.filter(person__in=people).values_list(*_SEAT)
    shields = Shield.objects.filter(person__in=people).values_list(*_SHIELD)
    for row in (*stretches, *seats, *shields):
        drawn[row[0]].add(row)
    _compare_keys(found, people, verdict)
    for person in people:
        _compare(person, expected[person], drawn[person], verdict)


def _compare_keys(found: list[Key], subjects: list[str], verdict: Verdict) -> None:
    """The search keys that follow from the books, and those that are kept."""
    expected: dict[str, set[Key]] = {}
    for key in found:
        expected.setdefault(key.subject, set()).add(key)
    kept = search.stored(subjects)
    for subject in subjects:
        if expected.get(subject, set()) != kept.get(subject, frozenset()):
            _say(verdict, f"{subject}: 検索の鍵が発令簿と違います")


def _compare(
    subject: str, expected: set[tuple[Any, ...]], drawn: set[tuple[Any, ...]], verdict: Verdict
) -> None:
    for row in sorted(expected - drawn, key=str)[:1]:
        _say(verdict, f"{subject}: 名簿にない行 {row[1:4]}")
    for row in sorted(drawn - expected, key=str)[:1]:
        _say(verdict, f"{subject}: 発令簿から出てこない行 {row[1:4]}")


def _say(verdict: Verdict, text: str) -> None:
    if len(verdict.differences) < _SHOWN:
        verdict.differences.append(text)


def _units(verdict: Verdict, line: Timeline) -> None:
    expected = {
        (row.code, row.starts, row.ends, row.parent, row.state)
        for code, pieces in draw_units.unit_drawings().items()
        for row in draw_units.unit_rows(code, pieces)
    }
    drawn = {(r.code, r.starts, r.ends, r.parent, r.state) for r in UnitStretch.objects.all()}
    _compare("組織", expected, drawn, verdict)
    codes = sorted({row.code for row in UnitStretch.objects.only("code")})
    _compare_keys(keys.of_units(codes, line), [UNIT + code for code in codes], verdict)
