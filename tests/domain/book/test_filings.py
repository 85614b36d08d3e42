"""Filings: what holds from a day on, until something else does."""

from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from meibo.domain.book import OPEN, Filing, fold_filings
from tests.domain.book.notation import day, moment

KNOWN = moment("2026-11-01")


def filing(no: int, value: str | None, starts: str, **more: object) -> Filing:
    return Filing(no, "E1", "name", value, day(starts), KNOWN, **more)  # type: ignore[arg-type]  # keywords of a test's own


def test_a_later_filing_takes_over_from_its_day() -> None:
    first, second = fold_filings([filing(1, "森川", "2020-04-01"), filing(2, "山口", "2027-04-01")])
    assert (first.value, first.ends) == ("森川", day("2027-04-01"))
    assert (second.value, second.ends) == ("山口", OPEN)


def test_a_filing_that_arrives_late_finds_its_place() -> None:
    late = [
        filing(1, "A", "2020-04-01"),
        filing(2, "C", "2026-04-01"),
        filing(3, "B", "2023-04-01"),
    ]
    assert [p.value for p in fold_filings(late)] == ["A", "B", "C"]


def test_of_two_for_one_day_the_later_counts() -> None:
    [period] = fold_filings([filing(1, "誤", "2020-04-01"), filing(2, "正", "2020-04-01")])
    assert period.value == "正"


def test_a_filing_with_an_end_leaves_a_gap() -> None:
    ended = filing(1, "予算調整係", "2015-04-01", until=day("2027-04-01"))
    again = filing(2, "予算編成係", "2028-04-01")
    assert [p.ends for p in fold_filings([ended, again])] == [day("2027-04-01"), OPEN]


def test_nothing_filed_says_there_is_none_any_more() -> None:
    [period] = fold_filings([filing(1, "今枝", "2020-04-01"), filing(2, None, "2027-04-01")])
    assert period.ends == day("2027-04-01")


def test_a_cancelled_filing_is_as_if_it_had_never_been() -> None:
    kept = filing(1, "A", "2020-04-01")
    gone = filing(2, "B", "2024-04-01")
    assert fold_filings([kept, gone, filing(3, None, "2024-04-01", voids=2)]) == fold_filings(
        [kept]
    )
    back = [
        kept,
        gone,
        filing(3, None, "2024-04-01", voids=2),
        filing(4, None, "2024-04-01", voids=3),
    ]
    assert fold_filings(back) == fold_filings([kept, gone])


_FILINGS = st.lists(
    st.tuples(st.sampled_from([None, "A", "B", "C"]), st.dates(date(2000, 1, 1), date(2030, 1, 1))),
    max_size=12,
)


@given(_FILINGS)
def test_periods_never_overlap_and_do_not_depend_on_the_order_of_arrival(
    drawn: list[tuple[str | None, date]],
) -> None:
    filings = [Filing(i, "E1", "name", v, d, KNOWN) for i, (v, d) in enumerate(drawn, 1)]
    periods = fold_filings(filings)
    assert periods == fold_filings(reversed(filings))
    for earlier, later in pairwise(periods):
        assert earlier.starts < earlier.ends <= later.starts
