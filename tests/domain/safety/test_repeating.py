"""Days that come again, said by their first."""

from datetime import date, timedelta

import pytest

from meibo.domain.safety.repeating import By, Every, RepeatError, Repetition


def days(repetition: Repetition, count: int) -> list[date]:
    found, day = [], repetition.first - timedelta(days=1)
    for _ in range(count):
        day = repetition.after(day)
        found.append(day)
    return found


def test_a_day_that_a_month_lacks_is_its_last() -> None:
    found = days(Repetition(date(2026, 12, 31), Every.MONTH, By.DAY), 4)
    assert found == [
        date(2026, 12, 31),
        date(2027, 1, 31),
        date(2027, 2, 28),
        date(2027, 3, 31),
    ]


def test_the_second_wednesday_of_each_quarter() -> None:
    found = days(Repetition(date(2026, 12, 9), Every.QUARTER, By.WEEKDAY), 3)
    assert found == [date(2026, 12, 9), date(2027, 3, 10), date(2027, 6, 9)]


def test_a_fifth_weekday_that_a_month_lacks_is_its_last() -> None:
    found = days(Repetition(date(2026, 12, 29), Every.MONTH, By.WEEKDAY), 3)
    assert found == [date(2026, 12, 29), date(2027, 1, 26), date(2027, 2, 23)]


def test_the_last_friday_and_each_year() -> None:
    last = Repetition(date(2026, 11, 27), Every.MONTH, By.LAST)
    assert days(last, 3) == [date(2026, 11, 27), date(2026, 12, 25), date(2027, 1, 29)]
    leap = Repetition(date(2028, 2, 29), Every.YEAR, By.DAY)
    assert days(leap, 2) == [date(2028, 2, 29), date(2029, 2, 28)]


def test_the_first_has_to_be_one_of_them() -> None:
    with pytest.raises(RepeatError, match="最後の水曜日ではありません"):
        Repetition(date(2026, 12, 9), Every.MONTH, By.LAST)


@pytest.mark.parametrize("every", Every)
@pytest.mark.parametrize("by", By)
@pytest.mark.parametrize("first", [date(2026, 1, 31), date(2027, 2, 28), date(2026, 12, 30)])
def test_the_next_is_later_and_none_is_left_out(every: Every, by: By, first: date) -> None:
    repetition = Repetition(first, every, by)
    known = days(repetition, 30)
    months = [each.year * 12 + each.month for each in known]
    assert months == [months[0] + number * every.months for number in range(30)]
    for number in range(0, 840, 7):
        day = first + timedelta(days=number)
        assert repetition.after(day) == next(each for each in known if each > day)


@pytest.mark.parametrize(
    ("every", "by", "words"),
    [
        (Every.MONTH, By.DAY, "毎月30日"),
        (Every.QUARTER, By.WEEKDAY, "3か月ごとの第5水曜日"),
        (Every.YEAR, By.LAST, "毎年12月最後の水曜日"),
    ],
)
def test_it_is_said_as_people_say_it(every: Every, by: By, words: str) -> None:
    assert Repetition(date(2026, 12, 30), every, by).words == words
