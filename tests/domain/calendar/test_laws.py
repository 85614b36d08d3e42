"""What holds of every day."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meibo.domain.calendar import (
    ERAS,
    DateStyle,
    age_on,
    era_of,
    fiscal_bounds,
    fiscal_year,
    long,
    parse_date,
    reaches_age_on,
    wareki,
    wareki_short,
)

DAYS = st.dates(date(1873, 1, 1), date(2199, 12, 31))


@given(DAYS)
def test_every_way_of_writing_a_day_reads_back(day: date) -> None:
    assert parse_date(day.isoformat(), "iso") == day
    assert parse_date(f"{day:%Y%m%d}", "ymd8") == day
    assert parse_date(f"{day.year}/{day.month}/{day.day}", "slash") == day
    assert parse_date(wareki(day), "auto") == day
    era = era_of(day)
    assert era is not None
    if era.year(day.year) < 100:
        assert parse_date(wareki_short(day), "wareki") == day
        code = f"{era.code}{era.year(day.year):02}{day:%m%d}"
        assert parse_date(code, "era7") == day


@given(st.dates(date(1900, 3, 1), date(2199, 12, 31)))
def test_excel_serials_read_back(day: date) -> None:
    assert parse_date((day - date(1899, 12, 30)).days, "excel") == day


@given(st.text(), st.sampled_from(DateStyle))
def test_no_text_whatever_raises(text: str, style: DateStyle) -> None:
    parse_date(text, style)


@given(
    st.from_regex(
        r"[MTSHR明大昭平令]?[0-9元]{1,8}[./年-]?[0-9]{0,2}[./月-]?[0-9]{0,2}日?", fullmatch=True
    )
)
def test_nothing_that_looks_like_a_date_raises(text: str) -> None:
    for style in DateStyle:
        parse_date(text, style)


@given(DAYS)
def test_a_day_lies_in_its_own_fiscal_year(day: date) -> None:
    first, after = fiscal_bounds(fiscal_year(day))
    assert first <= day < after


@given(st.dates(date(1920, 1, 1), date(2010, 12, 31)), st.integers(0, 100))
def test_the_day_after_an_age_is_reached_is_the_first_of_that_age(birth: date, age: int) -> None:
    reached = reaches_age_on(birth, age) if age or birth > date.min else birth
    assert age_on(birth, reached + timedelta(days=1)) == age
    assert age_on(birth, reached) == age - 1


def test_eras_follow_each_other_without_a_gap() -> None:
    for earlier, later in pairwise(ERAS):
        assert later.first - earlier.last in {timedelta(0), timedelta(days=1)}


@pytest.mark.parametrize(
    ("day", "western", "japanese", "short"),
    [
        (date(2027, 4, 1), "2027年4月1日（木）", "令和9年4月1日", "R9.4.1"),
        (date(2019, 5, 1), "2019年5月1日（水）", "令和元年5月1日", "R1.5.1"),
        (date(2019, 4, 30), "2019年4月30日（火）", "平成31年4月30日", "H31.4.30"),
        (date(1989, 1, 7), "1989年1月7日（土）", "昭和64年1月7日", "S64.1.7"),
        (date(1872, 12, 31), "1872年12月31日（火）", "1872年12月31日", "1872/12/31"),
    ],
)
def test_days_are_written_for_people(day: date, western: str, japanese: str, short: str) -> None:
    assert long(day) == western
    assert wareki(day) == japanese
    assert wareki_short(day) == short
