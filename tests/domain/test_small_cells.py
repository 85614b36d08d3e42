"""From what is shown together no suppressed small count can be worked out."""

from collections.abc import Iterable, Mapping
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meibo.domain.small_cells import held_back, shown

counts = st.integers(0, 12)
thresholds = st.integers(2, 6)
House = tuple[list[str], dict[str, list[str]], dict[str, int]]


@st.composite
def houses(draw: st.DrawFn) -> House:
    """Roots, children and how many are just in each unit, of up to a dozen units."""
    size = draw(st.integers(1, 12))
    roots, children = [], {}
    for number in range(size):
        above = draw(st.integers(-1, number - 1))
        if above < 0:
            roots.append(f"u{number}")
        else:
            children.setdefault(f"u{above}", []).append(f"u{number}")
    return roots, children, {f"u{n}": draw(counts) for n in range(size)}


def under(unit: str, children: Mapping[str, list[str]]) -> list[str]:
    return [unit, *(each for child in children.get(unit, []) for each in under(child, children))]


def reduced(rows: Iterable[list[Fraction]]) -> list[list[Fraction]]:
    """Rows in echelon form (Gauss), exactly."""
    done: list[list[Fraction]] = []
    for row in rows:
        left = rest(row, done)
        if any(left):
            done.append(left)
    return done


def rest(row: list[Fraction], done: list[list[Fraction]]) -> list[Fraction]:
    """What of a row does not follow from those that are done."""
    left = list(row)
    for known in done:
        lead = next(place for place, value in enumerate(known) if value)
        if left[lead]:
            factor = left[lead] / known[lead]
            left = [a - factor * b for a, b in zip(left, known, strict=True)]
    return left


@settings(max_examples=300)
@given(houses(), thresholds)
def test_no_small_count_follows_from_the_sums_that_are_shown(house: House, least: int) -> None:
    roots, children, here = house
    told = shown(roots, children, here, least)
    names = sorted(here)

    def row(units: Iterable[str]) -> list[Fraction]:
        inside = set(units)
        return [Fraction(name in inside) for name in names]

    # The whole house counts as known.
    known = [row(names)]
    known += [row([unit]) for unit in told.here]
    known += [row(under(unit, children)) for unit in told.below]
    follows = reduced(known)
    whole = sum(here.values())
    for unit in names:
        for units, count in (([unit], here[unit]), (under(unit, children), None)):
            size = count if count is not None else sum(here[each] for each in units)
            if 0 < size < least and whole >= least:
                assert any(rest(row(units), follows)), (unit, size)


@given(houses(), thresholds)
def test_no_small_count_is_shown_and_what_is_shown_is_true(house: House, least: int) -> None:
    roots, children, here = house
    told = shown(roots, children, here, least)
    for unit, count in told.here.items():
        assert count == here[unit]
        assert count == 0 or count >= least
    for unit, count in told.below.items():
        assert count == sum(here[each] for each in under(unit, children))
        assert count == 0 or count >= least


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=3), counts, max_size=6), thresholds)
def test_what_is_held_back_together_is_itself_no_small_count(
    parts: dict[str, int], least: int
) -> None:
    hidden = held_back(parts, least)
    if hidden and sum(parts.values()) >= least:
        assert len(hidden) > 1
        assert sum(parts[name] for name in hidden) >= least


@pytest.mark.parametrize(
    ("parts", "hidden"),
    [
        ({"a": 10, "b": 20}, set()),
        ({"a": 3, "b": 20, "c": 8}, {"a", "c"}),
        ({"a": 1, "b": 1, "c": 10, "d": 7}, {"a", "b", "d"}),
        ({"a": 4, "b": 4, "c": 30}, {"a", "b"}),
        ({"a": 0, "b": 30}, set()),
        ({"a": 2, "b": 0, "c": 30}, {"a", "c"}),
    ],
)
def test_who_is_held_back(parts: dict[str, int], hidden: set[str]) -> None:
    assert held_back(parts, 5) == hidden


def test_a_house_with_nothing_small_is_shown_whole() -> None:
    told = shown(["a"], {"a": ["b", "c"]}, {"a": 6, "b": 7, "c": 8}, 5)
    assert told.below == {"a": 21, "b": 7, "c": 8}
    assert told.here == {"a": 6, "b": 7, "c": 8}
