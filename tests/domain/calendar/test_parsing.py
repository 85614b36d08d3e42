"""Dates as files write them."""

from datetime import date, datetime

import pytest

from meibo.domain.calendar import Blank, DateProblem, DateStyle, Kind, parse_date

APRIL = date(2027, 4, 1)


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("2027-04-01", "iso"),
        ("2027-04-01T00:00:00", "iso"),
        ("20270401", "ymd8"),
        ("２０２７０４０１", "ymd8"),
        (" 20270401 ", "ymd8"),
        (20270401, "ymd8"),
        (20270401.0, "ymd8"),
        ("5090401", "era7"),
        (5090401, "era7"),
        ("令和9年4月1日", "wareki"),
        ("令和９年４月１日（木）", "wareki"),
        ("令和 9年 4月 1日", "wareki"),
        ("令和九年四月一日", "wareki"),
        ("㋿9年4月1日", "wareki"),
        ("R9.4.1", "wareki"),
        ("r9.4.1", "wareki"),
        ("R09/04/01", "wareki"),
        ("Ｒ９－４－１", "wareki"),
        ("R090401", "wareki"),
        ("令9.4.1", "wareki"),
        ("46478", "excel"),
        (46478, "excel"),
        (46478.75, "excel"),
        ("2027/4/1", "slash"),
        ("2027/04/01 0:00", "slash"),
        ("2027/04/01 00:00:00", "slash"),
        ("2027年4月1日", "slash"),
    ],
)
def test_each_style_reads_its_own_dates(text: object, style: str) -> None:
    assert parse_date(text, style) == APRIL
    assert parse_date(text, DateStyle.AUTO) == APRIL


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("3581203", date(1983, 12, 3)),
        ("1060101", date(1873, 1, 1)),
        ("2010730", date(1912, 7, 30)),
        ("1450730", date(1912, 7, 30)),
        ("2151225", date(1926, 12, 25)),
        ("3011225", date(1926, 12, 25)),
        ("3640107", date(1989, 1, 7)),
        ("4010108", date(1989, 1, 8)),
        ("4310430", date(2019, 4, 30)),
        ("5010501", date(2019, 5, 1)),
    ],
)
def test_era_codes_reach_from_the_first_day_of_an_era_to_its_last(text: str, day: date) -> None:
    assert parse_date(text, "era7") == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("令和元年5月1日", date(2019, 5, 1)),
        ("平成３１年4月30日", date(2019, 4, 30)),
        ("S58.12.3", date(1983, 12, 3)),
        ("昭58.12.3", date(1983, 12, 3)),
        ("H1-1-8", date(1989, 1, 8)),
        ("昭和二十一年十月三十一日", date(1946, 10, 31)),
    ],
)
def test_eras_are_read_in_words(text: str, day: date) -> None:
    assert parse_date(text, "wareki") == day


def test_spreadsheets_give_dates_as_they_are() -> None:
    assert parse_date(APRIL, "ymd8") == APRIL
    assert parse_date(datetime(2027, 4, 1, 9, 30), "excel") == APRIL  # noqa: DTZ001 -- a cell has no zone


def test_excel_serials_step_over_the_day_that_never_was() -> None:
    assert parse_date("1", "excel") == date(1900, 1, 1)
    assert parse_date("59", "excel") == date(1900, 2, 28)
    assert parse_date("61", "excel") == date(1900, 3, 1)
    assert problem("60", "excel").kind is Kind.IMPOSSIBLE


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("99999999", "ymd8"),
        ("9999999", "era7"),
        ("9999-12-31", "iso"),
        ("9999/12/31", "slash"),
        (date(9999, 12, 31), "iso"),
        ("期限なし", "wareki"),
    ],
)
def test_nines_mean_no_end(text: object, style: str) -> None:
    assert parse_date(text, style) is Blank.OPEN


@pytest.mark.parametrize(
    ("text", "style"),
    [("00000000", "ymd8"), ("0000000", "era7"), ("", "ymd8"), ("　", "iso"), (None, "auto")],
)
def test_zeros_and_nothing_mean_not_set(text: object, style: str) -> None:
    assert parse_date(text, style) is Blank.UNSET


def problem(text: object, style: str) -> DateProblem:
    found = parse_date(text, style)
    assert isinstance(found, DateProblem)
    assert found.value == str(text)
    assert found.message.endswith(("。", ")。"))
    assert found.action.endswith("。")
    return found


@pytest.mark.parametrize(
    ("text", "style", "said"),
    [
        ("4020230", "era7", "平成2年2月30日"),
        ("5020230", "era7", "令和2年2月30日"),
        ("3640229", "era7", "昭和64年2月29日"),
        ("4991301", "era7", "平成99年13月1日"),
        ("3000101", "era7", "昭和0年1月1日"),
        ("20270230", "ymd8", "2027年2月30日"),
        ("2027/13/1", "slash", "2027年13月1日"),
        ("令和9年4月31日", "wareki", "令和9年4月31日"),
    ],
)
def test_a_day_that_no_calendar_has_is_impossible(text: str, style: str, said: str) -> None:
    assert problem(text, style).kind is Kind.IMPOSSIBLE
    assert said in problem(text, style).message


@pytest.mark.parametrize(
    ("text", "style", "rightly", "day"),
    [
        ("3640108", "era7", "平成元年1月8日", date(1989, 1, 8)),
        ("昭和64年2月10日", "wareki", "平成元年2月10日", date(1989, 2, 10)),
        ("平成31年5月1日", "wareki", "令和元年5月1日", date(2019, 5, 1)),
        ("H1.1.7", "wareki", "昭和64年1月7日", date(1989, 1, 7)),
        ("令和元年4月30日", "wareki", "平成31年4月30日", date(2019, 4, 30)),
        ("大正15年12月26日", "wareki", "昭和元年12月26日", date(1926, 12, 26)),
        ("M5.12.31", "wareki", "1872年12月31日", date(1872, 12, 31)),
    ],
)
def test_a_day_past_its_era_is_told_with_the_era_it_belongs_to(
    text: str, style: str, rightly: str, day: date
) -> None:
    found = problem(text, style)
    assert found.kind is Kind.ERA_BOUNDARY
    assert rightly in found.message
    assert found.candidates == (day,)


def test_an_unknown_era_code_is_named() -> None:
    assert problem("6010101", "era7").kind is Kind.ERA_UNKNOWN


def test_a_year_of_two_digits_is_never_guessed_but_told_what_it_may_mean() -> None:
    found = problem("930401", "ymd8")
    assert found.kind is Kind.TWO_DIGIT_YEAR
    assert found.candidates == (date(1993, 4, 1), date(2093, 4, 1))
    assert problem("27/4/1", "slash").candidates == (
        date(1894, 4, 1),
        date(1927, 4, 1),
        date(1952, 4, 1),
        date(2015, 4, 1),
        date(2027, 4, 1),
        date(2045, 4, 1),
    )


@pytest.mark.parametrize(
    ("text", "style", "day"),
    [
        ("5060401", "ymd8", date(2024, 4, 1)),
        ("2027-04-01", "ymd8", APRIL),
        ("19831203", "era7", date(1983, 12, 3)),
        ("R9.4.1", "iso", APRIL),
        ("20270401", "excel", APRIL),
    ],
)
def test_a_date_in_the_style_of_another_column_is_told_as_such(
    text: str, style: str, day: date
) -> None:
    found = problem(text, style)
    assert found.kind is Kind.OTHER_STYLE
    assert found.candidates == (day,)


@pytest.mark.parametrize("text", ["令和9年", "平成３１年4月", "R9"])
def test_a_date_without_its_day_is_incomplete(text: str) -> None:
    assert problem(text, "wareki").kind is Kind.INCOMPLETE


@pytest.mark.parametrize("text", ["1027/4/1", "2727/4/1", "1872/12/31"])
def test_a_year_far_from_any_roster_is_out_of_range(text: str) -> None:
    assert problem(text, "slash").kind is Kind.OUT_OF_RANGE


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("あ", "auto"),
        ("7", "auto"),
        ("4/1/2027", "slash"),
        ("202704011", "ymd8"),
        ("9999999999", "excel"),
        ("-5", "excel"),
        ("nan", "excel"),
        ("2027/04/01 9:30", "slash"),
        (float("inf"), "excel"),
    ],
)
def test_what_is_no_date_at_all_is_unreadable(text: object, style: str) -> None:
    assert problem(text, style).kind is Kind.FORMAT


def test_a_style_that_does_not_exist_is_the_caller_s_mistake() -> None:
    with pytest.raises(ValueError, match="klingon"):
        parse_date("2027-04-01", "klingon")
