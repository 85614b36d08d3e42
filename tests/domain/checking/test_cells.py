"""Cells of the grid: read where they can be, kept as typed where not."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from meibo.domain.book import OPEN, Effect, SeatKind
from meibo.domain.checking.cells import (
    Lookup,
    Written,
    empty,
    key,
    read,
)
from meibo.domain.checking.tables import headed, rows_of, text_table
from meibo.domain.checking.wording import Term

APRIL = date(2027, 4, 1)
NOW = datetime(2026, 11, 23, tzinfo=UTC)
LOOKUP = Lookup(
    {"0012": "p12", "0013": "p13"},
    {key("山田 花子"): ["p12"], key("佐藤 太郎"): ["p13", "p14"], key("ヤマダ ハナコ"): ["p12"]},
    {key("税務課 納税係"): ["111"], key("納税係"): ["111"], key("庶務係"): ["10", "20"]},
    {key("係長"): [("050", 3)], key("館長"): [("022", 5), ("032", 3)]},
    {
        t.word: t
        for t in (
            Term("配置換", Effect.MOVE),
            Term("採用", Effect.ENTER, employment="常勤"),
            Term("会計年度任用", Effect.ENTER, employment="会計年度パートタイム"),
            Term("兼務", Effect.ADD, SeatKind.CONCURRENT),
            Term("休職", Effect.PAUSE, None, "leave", "1"),
        )
    },
    {key(code): code for code in ("1", "5", "6")}
    | {"常勤": "1", key("会計年度フルタイム"): "5", key("会計年度パートタイム"): "6"},
    {"保健師": "08"},
)


def typed(**cells: str) -> Written:
    return read(cells, LOOKUP, empty(APRIL, NOW), day=APRIL)


def test_a_whole_row_is_read() -> None:
    row = typed(person="0012", wording="配置換", effective="R9.4.1", unit="納税係", post="係長")
    line = row.line
    assert (line.person, line.effect, line.effective) == ("p12", Effect.MOVE, APRIL)
    assert (line.unit, line.post, row.unread) == ("111", "050", {})


@pytest.mark.parametrize("text", ["0012", "0012 山田花子", "山田　花子", "ﾔﾏﾀﾞ ﾊﾅｺ"])
def test_a_person_is_meant_by_number_name_or_reading(text: str) -> None:
    assert typed(person=text).line.person == "p12"


@pytest.mark.parametrize("name", ["山田　花子", "やまだ", "山田", "ﾔﾏﾀﾞ", ""])
def test_a_number_and_the_name_beside_it_are_one_person(name: str) -> None:
    row = typed(person="0012", name=name, wording="配置換")
    assert (row.line.person, row.unread) == ("p12", {})


@pytest.mark.parametrize("name", ["佐藤 太郎", "別人 太郎", "花子"])
def test_a_number_beside_the_name_of_somebody_else_moves_nobody_and_both_are_kept(
    name: str,
) -> None:
    row = typed(person="0012", name=name, wording="配置換", unit="納税係")
    assert row.line.person == "?"
    assert row.unread == {"person": "0012", "name": name}
    assert typed(person=f"0012 {name}").unread == {"person": f"0012 {name}"}
    settled = read({"name": ""}, LOOKUP, row.line, row.unread, APRIL)
    assert (settled.line.person, settled.unread) == ("p12", {})
    other = read({"person": "0013"}, LOOKUP, row.line, row.unread, APRIL)
    assert (other.line.person == "p13") is (name == "佐藤 太郎")


def test_a_list_with_a_title_above_and_its_rows_counted_is_read_by_its_header() -> None:
    table = [
        ["令和9年4月1日 異動予定者名簿", "", "", ""],
        ["№", "職員番号", "異動種別", "異動先"],
        ["1", "0012", "配置換", "納税係"],
        ["2", "0013", "配置換", "納税係"],
    ]
    rows, odd = rows_of(table)
    assert rows == [{"person": n, "wording": "配置換", "unit": "納税係"} for n in ("0012", "0013")]
    assert odd == []


def test_a_name_that_two_have_is_nobodys() -> None:
    row = typed(person="佐藤 太郎", wording="配置換")
    assert (row.line.person, row.unread) == ("?", {"person": "佐藤 太郎"})


def test_a_unit_that_two_are_called_is_read_with_its_section_alone() -> None:
    assert typed(person="0012", unit="庶務係").unread == {"unit": "庶務係"}
    assert typed(person="0012", unit="税務課　納税係").line.unit == "111"


def test_a_post_of_two_grades_is_told_by_its_grade() -> None:
    assert typed(person="0012", post="館長").unread == {"post": "館長"}
    assert typed(person="0012", post="館長（3級）").line.post == "032"
    assert typed(person="0012", post="館長", grade="5級").line.post == "022"


def test_a_word_gives_its_effect_and_the_last_day_its_meaning() -> None:
    add = typed(person="0012", wording="兼務", until="2028-03-31").line
    assert (add.kind, add.until, add.term_end) == (SeatKind.CONCURRENT, date(2028, 3, 31), None)
    pause = typed(person="0012", wording="休職", until="期限なし").line
    assert (pause.slot, pause.until) == ("leave", OPEN)
    enter = typed(person="0099", wording="採用", until="R10.3.31")
    assert (enter.line.term_end, enter.newcomer) == (date(2028, 3, 31), "0099")


def test_what_was_not_read_is_read_again_when_its_neighbour_is_mended() -> None:
    row = typed(person="0099", wording="配置換")
    assert row.unread == {"person": "0099"}
    again = read({"wording": "採用"}, LOOKUP, row.line, row.unread, APRIL)
    assert (again.newcomer, again.unread) == ("0099", {})


def test_the_name_of_somebody_who_enters_waits_until_it_is_known_that_they_do() -> None:
    row = typed(person="0099", name="新 人子", birth_date="H12.5.6")
    assert row.unread == {"person": "0099", "name": "新 人子", "birth_date": "H12.5.6"}
    again = read({"wording": "採用"}, LOOKUP, row.line, row.unread, APRIL)
    assert (again.newcomer, again.unread) == ("0099", {})
    assert again.filed == {"name": "新 人子", "birth_date": "H12.5.6"}


def test_a_birth_date_that_is_none_is_not_filed_but_kept() -> None:
    row = typed(person="0099", wording="採用", name="新 人子", birth_date="昭和のころ")
    assert row.unread == {"birth_date": "昭和のころ"}
    assert row.filed == {"name": "新 人子"}


def test_nothing_that_is_not_given_is_changed() -> None:
    row = typed(person="0012", wording="配置換", unit="納税係", grade="3")
    again = read({"note": "急ぎ"}, LOOKUP, row.line, row.unread, APRIL)
    assert (again.line.unit, again.line.grade, again.line.note) == ("111", 3, "急ぎ")


def test_columns_are_known_by_their_titles_in_any_order_and_others_go_into_the_note() -> None:
    table = text_table('新所属\t血液型\t職員番号\n納税係\tAB\t0012\n\t\t\n"納税\n係"\t\t0013\n')
    rows, odd = rows_of(table)
    assert odd == ["血液型"]
    assert rows[0] == {"unit": "納税係", "person": "0012", "note": "血液型：AB"}
    assert rows[1] == {"unit": "納税\n係", "person": "0013"}


def test_without_a_header_the_columns_are_the_grids() -> None:
    assert headed(["0012", "山田 花子", "配置換"]) is None
    rows, _ = rows_of([["0012", "山田 花子", "配置換", "2027-04-01"]])
    assert rows == [
        {"person": "0012", "name": "山田 花子", "wording": "配置換", "effective": "2027-04-01"}
    ]


def test_who_enters_is_appointed_as_the_wording_says_unless_it_is_said_otherwise() -> None:
    new = {"person": "0099", "name": "新 人", "wording": "会計年度任用"}
    assert typed(**new).line.employment == "6"
    row = typed(**new, employment="会計年度フルタイム", job="保健師", appointment="２")
    assert (row.line.employment, row.line.job, row.line.appointment) == ("5", "08", "2")
    assert row.unread == {}
    again = read({"wording": "採用"}, LOOKUP, typed(**new).line)
    assert again.line.employment == "1"
    kept = read({"wording": "採用"}, LOOKUP, row.line)
    assert kept.line.employment == "5", "what somebody wrote stays"
    assert typed(person="0012", wording="配置換").line.employment is None


def test_hours_and_what_else_is_filed_is_read_or_kept_as_it_was_typed() -> None:
    new = {"person": "0099", "name": "新 人", "wording": "会計年度任用"}
    good = typed(**new, hours="29時間", sex="女")
    assert (good.filed["hours"], good.filed["sex"], good.unread) == ("29時間", "女", {})
    bad = typed(**new, hours="週三日", sex="不明", job="宇宙飛行士", appointment="ほか")
    assert bad.unread == {
        "hours": "週三日",
        "sex": "不明",
        "job": "宇宙飛行士",
        "appointment": "ほか",
    }
