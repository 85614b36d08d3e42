"""Places: whole numbers in order of display, with room between them.

An era owns a span of places. A newcomer gets one between its neighbours; where there is no
room left the era is spread anew.
"""

from collections.abc import Sequence
from itertools import groupby

ERA_BITS = 48
STEP = 1 << 21
"""Between neighbours when an era is spread: some twenty newcomers, one after the other, fit into
any gap. FTS5 stores differences of places, seven bits a byte: wider gaps make a larger index."""


def low(era: int) -> int:
    """The place below all places of an era."""
    return era << ERA_BITS


def high(era: int) -> int:
    """The place above all places of an era."""
    return (era + 1) << ERA_BITS


def spread(era: int, count: int) -> list[int]:
    """Places for all entries of an era, in order."""
    step = min(STEP, (1 << ERA_BITS) // (count + 1))
    return [low(era) + step * (i + 1) for i in range(count)]


def between(gaps: Sequence[tuple[int, int]]) -> list[int] | None:
    """Places for newcomers, given in order, each by the gap it belongs in: the places of its
    neighbours, or of the era's borders. None when a gap is too narrow."""
    places: list[int] = []
    for (before, after), group in groupby(gaps):
        count = len(list(group))
        step = min(STEP, (after - before) // (count + 1))
        if step < 1:
            return None
        places += [before + step * (i + 1) for i in range(count)]
    return places
