"""Ties follow from tenures."""

from datetime import date, timedelta

import pytest

from meibo.domain.book import Effect
from meibo.ledger import roll, ties
from tests.ledger.scenes import TODAY, append, hire, house, order

pytestmark = pytest.mark.django_db
LAST = date(2026, 12, 31)
ONE = timedelta(days=1)


@pytest.fixture
def leaver() -> str:
    batch = house()
    person = hire(batch, "1001", "佐藤 花", "サトウ ハナ", "01010010", "050")
    batch.add(order(person, LAST, Effect.LEAVE, "退職"))
    append(batch)
    return person


def test_who_is_not_in_service_is_nobody_whatever_was_granted(leaver: str) -> None:
    assert ties.viewer_of(leaver, ["hr"], LAST).ties == {"hr", "staff"}
    for day in (LAST + ONE, date(2019, 1, 1)):
        viewer = ties.viewer_of(leaver, ["hr"], day)
        assert (viewer.ties, viewer.person, viewer.over) == (frozenset(), None, {})


def test_service_runs_from_the_day_of_appointment_through_the_last_day(leaver: str) -> None:
    first = date(2020, 4, 1)
    days = (first - ONE, first, LAST, LAST + ONE)
    assert [roll.in_service(leaver, day) for day in days] == [False, True, True, False]
    assert [leaver in roll.serving(day) for day in days] == [False, True, True, False]
    assert roll.serving(TODAY, [leaver, "nobody"]) == {leaver}


def test_a_post_lies_in_its_unit_and_in_those_above(leaver: str) -> None:
    found = [
        u
        for u in ("01010010", "01010000", "01000000", "02000000")
        if roll.lies_in("01010010", u, TODAY)
    ]
    assert found == ["01010010", "01010000", "01000000"]
    assert roll.sitting_in("01000000", TODAY) == {leaver}
    assert roll.sitting_in("02000000", TODAY) == set()
