"""A moment in UTC belongs to a day in Japan."""

from datetime import UTC, date, datetime

import pytest

from meibo.domain.calendar import day_in_japan


@pytest.mark.parametrize(
    ("hour", "day"),
    [((26, 14, 59), date(2026, 11, 26)), ((26, 15, 0), date(2026, 11, 27))],
)
def test_the_day_begins_nine_hours_before_that_of_utc(
    hour: tuple[int, int, int], day: date
) -> None:
    assert day_in_japan(datetime(2026, 11, *hour, tzinfo=UTC)) == day
