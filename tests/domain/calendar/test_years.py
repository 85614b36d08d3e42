"""年度, ages and periods."""

from datetime import date

import pytest

from meibo.domain.calendar import (
    Blank,
    DateProblem,
    Kind,
    age_on,
    fiscal_bounds,
    fiscal_label,
    fiscal_year,
    half_open,
    reaches_age_on,
    retires_on,
)


def test_the_fiscal_year_turns_on_the_first_of_april() -> None:
    assert fiscal_year(date(2027, 3, 31)) == 2026
    assert fiscal_year(date(2027, 4, 1)) == 2027
    assert fiscal_bounds(2027) == (date(2027, 4, 1), date(2028, 4, 1))


@pytest.mark.parametrize(
    ("year", "label"),
    [
        (1988, "昭和63年度"),
        (1989, "平成元年度"),
        (2018, "平成30年度"),
        (2019, "令和元年度"),
        (2027, "令和9年度"),
    ],
)
def test_fiscal_years_bear_the_name_they_ended_with(year: int, label: str) -> None:
    assert fiscal_label(year) == label


def test_age_rises_on_the_birthday() -> None:
    assert age_on(date(1983, 12, 3), date(2026, 12, 2)) == 42
    assert age_on(date(1983, 12, 3), date(2026, 12, 3)) == 43


def test_the_law_reaches_an_age_the_day_before() -> None:
    assert reaches_age_on(date(1983, 12, 3), 43) == date(2026, 12, 2)
    assert reaches_age_on(date(2000, 1, 1), 20) == date(2019, 12, 31)


def test_a_birthday_on_the_leap_day_is_reached_on_the_28th() -> None:
    assert reaches_age_on(date(1984, 2, 29), 60) == date(2044, 2, 28)
    assert reaches_age_on(date(1984, 2, 29), 61) == date(2045, 2, 28)
    assert age_on(date(1984, 2, 29), date(2045, 2, 28)) == 60
    assert age_on(date(1984, 2, 29), date(2045, 3, 1)) == 61


def test_whoever_is_born_on_the_first_of_april_retires_with_the_year_before() -> None:
    assert retires_on(date(1967, 4, 1), 60) == date(2027, 3, 31)
    assert retires_on(date(1967, 4, 2), 60) == date(2028, 3, 31)
    assert retires_on(date(1967, 3, 31), 60) == date(2027, 3, 31)


def test_a_last_day_is_still_inside() -> None:
    assert half_open(date(2026, 4, 1), date(2027, 3, 31)) == (date(2026, 4, 1), date(2027, 4, 1))
    assert half_open(date(2026, 4, 1), date(2026, 4, 1)) == (date(2026, 4, 1), date(2026, 4, 2))


@pytest.mark.parametrize("last", [None, Blank.OPEN, Blank.UNSET, date.max])
def test_what_has_no_last_day_goes_on(last: date | Blank | None) -> None:
    assert half_open(date(2026, 4, 1), last) == (date(2026, 4, 1), date.max)


def test_a_period_that_ends_before_it_starts_is_a_problem() -> None:
    found = half_open(date(2026, 4, 1), date(2026, 3, 31))
    assert isinstance(found, DateProblem)
    assert found.kind is Kind.REVERSED
