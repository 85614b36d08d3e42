"""Laws that hold for every book, tried on books made at random."""

import random
from dataclasses import replace
from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from meibo.domain.book import Effect, Line, SeatKind, fold, stretches
from tests.domain.book.notation import moment

KNOWN = moment("2026-11-01")
_UNITS = st.sampled_from(["A係", "B係", "C係"])
_DAYS = st.dates(date(2018, 1, 1), date(2028, 12, 31))
_EFFECTS = st.sampled_from([e for e in Effect if e not in (Effect.VOID, Effect.REMAP)])


@st.composite
def books(draw: st.DrawFn) -> list[Line]:
    """An entry, then orders of any kind on any day."""
    lines = [Line(1, draw(_DAYS), KNOWN, Effect.ENTER, "E1", unit=draw(_UNITS), post="主事")]
    for number in range(2, draw(st.integers(2, 12))):
        effect = draw(_EFFECTS)
        unit = draw(st.none() | _UNITS)
        term = draw(st.none() | _DAYS) if effect in (Effect.ENTER, Effect.MOVE) else None
        lines.append(
            Line(number, draw(_DAYS), KNOWN, effect, "E1", unit=unit, post="主任", term_end=term)
        )
    return lines


@given(books(), st.randoms())
def test_the_order_of_arrival_does_not_matter(lines: list[Line], chance: random.Random) -> None:
    shuffled = list(lines)
    chance.shuffle(shuffled)
    assert fold(shuffled) == fold(lines)


@given(books())
def test_a_line_and_its_void_are_nothing(lines: list[Line]) -> None:
    last = lines[-1]
    void = Line(len(lines) + 1, last.effective, KNOWN, Effect.VOID, "E1", voids=last.no)
    assert fold([*lines, void]) == fold(lines[:-1])


@given(books())
def test_a_void_of_a_void_is_nothing(lines: list[Line]) -> None:
    n, last = len(lines), lines[-1]
    void = Line(n + 1, last.effective, KNOWN, Effect.VOID, "E1", voids=last.no)
    assert fold([*lines, void, replace(void, no=n + 2, voids=n + 1)]) == fold(lines)


@given(books())
def test_main_posts_never_overlap_and_lie_within_service(lines: list[Line]) -> None:
    career = fold(lines)
    main = sorted((s for s in career.seats if s.kind is SeatKind.MAIN), key=lambda s: s.starts)
    assert all(a.ends <= b.starts for a, b in pairwise(main))
    for seat in main:
        assert any(s.starts <= seat.starts and seat.ends <= s.ends for s in career.services)


@given(books())
def test_stretches_cover_just_the_time_in_service(lines: list[Line]) -> None:
    career = fold(lines)
    pieces = stretches(career, [], frozenset())
    days = sum((p.ends - p.starts).days for p in pieces)
    assert days == sum((s.ends - s.starts).days for s in career.services if s.starts < s.ends)
    assert all(a.ends <= b.starts for a, b in pairwise(pieces))
