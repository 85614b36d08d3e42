"""How days, numbers and names are put before people."""

from datetime import UTC, date, datetime

import pytest

from meibo.platform.layout import wording
from meibo.platform.layout.highlight import highlight


def test_a_day_is_written_with_its_weekday() -> None:
    assert wording.long_date(date(2027, 4, 1)) == "2027年4月1日（木）"
    assert wording.long_date("2026-11-23") == "2026年11月23日（月）"


@pytest.mark.parametrize(
    ("day", "written"),
    [
        ("2027-04-01", "令和9年4月1日"),
        ("2019-05-01", "令和元年5月1日"),
        ("2019-04-30", "平成31年4月30日"),
        ("1989-01-07", "昭和64年1月7日"),
        ("1926-12-24", "大正15年12月24日"),
        ("1912-07-29", "明治45年7月29日"),
    ],
)
def test_an_era_begins_on_its_first_day(day: str, written: str) -> None:
    assert wording.era_date(day) == written


@pytest.mark.parametrize("nothing", [None, "", "99999999", "きょう", "2027-02-30"])
def test_what_is_no_date_is_shown_as_nothing(nothing: object) -> None:
    assert wording.long_date(nothing) == ""
    assert wording.era_date(nothing) == ""


def test_only_what_can_be_dialled_goes_into_a_telephone_address() -> None:
    assert wording.telephone("03-0000-1234") == "0300001234"
    assert wording.telephone("０３（００００）１２３４") == "0300001234"
    assert wording.telephone("2345 javascript:") == "2345"


def test_the_initial_keeps_its_variation_selector() -> None:
    assert wording.initial("葛\U000e0100西\u3000麻美") == "葛\U000e0100"
    assert wording.initial("") == "？"


def test_a_disc_has_the_same_colour_every_time() -> None:
    assert wording.disc_colour("p001") == wording.disc_colour("p001")
    assert all(0 <= wording.disc_colour(f"p{n}") < wording.DISC_COLOURS for n in range(50))


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("髙橋 花子", "高橋", "<mark>髙橋</mark> 花子"),
        ("渡邉\U000e0101 明美", "渡辺", "<mark>渡邉\U000e0101</mark> 明美"),
        ("タカハシ", "たかは", "<mark>タカハ</mark>シ"),
        ("福祉部 高橋", "福祉 高橋", "<mark>福祉</mark>部 <mark>高橋</mark>"),
        ("税務課", "道路", "税務課"),
        ("税務課", "", "税務課"),
    ],
)
def test_what_was_searched_for_is_marked_whatever_its_writing(
    text: str, query: str, marked: str
) -> None:
    assert highlight(text, query) == marked


def test_marking_never_lets_markup_through() -> None:
    marked = highlight("<b>高橋</b>&", "高橋 <b>")
    assert marked == "<mark>&lt;b&gt;高橋</mark>&lt;/b&gt;&amp;"


def test_a_moment_is_shown_with_its_day_in_japan() -> None:
    assert wording.short_date(datetime(2026, 11, 25, 23, 30, tzinfo=UTC)) == "2026年11月26日"
