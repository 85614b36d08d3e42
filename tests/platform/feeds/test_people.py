"""Rows of a master against one another: numbers, duplicates, periods, readings, units."""

from datetime import date

import pytest

from tests.platform.feeds.ward import LATER, MASTER, Ward

DISPATCHED = "0021148"


def row_of(ward: Ward, number: str, file: str = MASTER) -> int:
    return ward.record(file, 職員番号=number)


def test_a_wrong_check_digit_is_mended_where_the_photo_repeats_the_number(ward: Ward) -> None:
    row = row_of(ward, "0012580")
    ward.set(MASTER, row, 職員番号="0012583")
    package = ward.read()
    (finding,) = package.findings
    assert (finding.code, finding.severity) == ("check-digit-mended", "confirm")
    assert (finding.staff_no, finding.value) == ("0012580", "0012583")
    assert "顔写真ﾌｧｲﾙ" in finding.message


def test_a_wrong_check_digit_is_mended_where_another_master_has_the_same_person(ward: Ward) -> None:
    ward.set(MASTER, row_of(ward, "5000017"), 職員番号="5000014")
    (finding,) = ward.read().findings
    assert (finding.code, finding.staff_no) == ("check-digit-mended", "5000017")
    assert "別の基準日" in finding.message


def test_a_wrong_check_digit_that_nothing_proves_refuses_the_row(ward: Ward) -> None:
    ward.absent.add(LATER)
    ward.set(MASTER, row_of(ward, "5000017"), 職員番号="5000014")
    assert (MASTER, 20, "職員番号", "check-digit", "reject") in ward.told()
    assert "5000014" not in {r.values["staff_no"] for r in ward.read().records["master"]}


def test_a_number_is_not_mended_into_one_that_the_file_already_has(ward: Ward) -> None:
    row = ward.add(MASTER, row_of(ward, "0012580"), 職員番号="0012583")
    told = ward.told()
    assert told == [(MASTER, row, "職員番号", "check-digit", "reject")]


def test_a_number_far_from_the_proof_is_not_mended(ward: Ward) -> None:
    ward.set(MASTER, row_of(ward, "0012580"), 職員番号="0019999")
    codes = {(record, code) for file, record, _, code, _ in ward.told() if file == MASTER}
    assert codes == {(4, "check-digit")}


def test_two_rows_alike_in_everything_are_taken_once(ward: Ward) -> None:
    row = ward.add(MASTER, 1)
    assert ward.told() == [(MASTER, row, "", "duplicate-row", "normalised")]
    numbers = [r.values["staff_no"] for r in ward.read().records["master"] if r.file == MASTER]
    assert numbers.count("0001058") == 1


def test_of_two_rows_that_contradict_each_other_the_newer_is_taken(ward: Ward) -> None:
    older = ward.add(MASTER, 1, 現所属発令日="20200401")
    assert ward.told() == [(MASTER, older, "職員番号", "duplicate-key", "reject")]
    ward.set(MASTER, older, 現所属発令日="20260401")
    assert ward.told() == [(MASTER, 1, "職員番号", "duplicate-key", "reject")]


def test_a_contradiction_says_which_columns_are_apart(ward: Ward) -> None:
    ward.add(MASTER, 1, 所属CD="01010010", 現所属発令日="20200401")
    (finding,) = ward.read().findings
    assert "所属CD、現所属発令日" in finding.message


def test_a_leave_whose_ends_are_exchanged_is_turned_round_if_it_then_holds_the_day(
    ward: Ward,
) -> None:
    row = row_of(ward, "0037370")
    ward.set(MASTER, row, 休職開始日="20270112", 休職終了日="20260923")
    assert ward.told() == [
        (MASTER, row, "休職開始日", "period-mended", "confirm"),
        (MASTER, row, "休職終了日", "period-mended", "confirm"),
    ]
    values = ward.read().records["master"][row - 1].values
    assert values["leave_from"] == date(2026, 9, 23)
    assert values["leave_to"] == date(2027, 1, 12)


def test_a_leave_that_makes_no_sense_either_way_is_emptied(ward: Ward) -> None:
    row = row_of(ward, "0037370")
    ward.set(MASTER, row, 休職開始日="20260923", 休職終了日="20260101")
    assert ward.told() == [
        (MASTER, row, "休職開始日", "period-reversed", "reject"),
        (MASTER, row, "休職終了日", "period-reversed", "reject"),
    ]


def test_a_leave_that_is_over_is_to_be_confirmed(ward: Ward) -> None:
    row = row_of(ward, "0037370")
    ward.set(MASTER, row, 休職開始日="20260101", 休職終了日="20260201")
    assert ward.told() == [(MASTER, row, "休職終了日", "period-elsewhere", "confirm")]


def test_an_appointment_to_the_unit_before_being_hired_is_to_be_confirmed(ward: Ward) -> None:
    ward.set(MASTER, 1, 採用年月日="20230401")
    assert ward.told() == [(MASTER, 1, "現所属発令日", "period-odd", "confirm")]


def test_a_unit_abolished_by_the_day_is_followed_to_its_only_heir(ward: Ward) -> None:
    ward.set(LATER, 1, 所属CD="05010010")
    assert ward.told() == [(LATER, 1, "所属CD", "unit-followed", "confirm")]
    later = [r for r in ward.read().records["master"] if r.base == date(2027, 4, 1)]
    assert later[0].values["unit"] == "18010010"


@pytest.mark.parametrize("unit", ["07050000", "01050030"])
def test_a_unit_split_or_without_heir_is_emptied(ward: Ward, unit: str) -> None:
    ward.set(LATER, 1, 所属CD=unit)
    assert ward.told() == [(LATER, 1, "所属CD", "unit-not-standing", "reject")]


def test_a_concurrent_unit_must_stand_too(ward: Ward) -> None:
    ward.set(LATER, 1, 兼務所属CD1="05010010", 兼務職名CD1="071")
    assert ward.told() == [(LATER, 1, "兼務所属CD1", "unit-followed", "confirm")]
    later = [r for r in ward.read().records["master"] if r.base == date(2027, 4, 1)]
    assert later[0].values["concurrent"] == [("18010010", "071")]


def test_the_same_concurrent_post_twice_is_taken_once(ward: Ward) -> None:
    row = row_of(ward, "0045624")
    ward.set(MASTER, row, 兼務所属CD2="01010010")
    assert ward.told() == [(MASTER, row, "兼務所属CD2", "seat-twice", "confirm")]


def test_the_rules_of_the_definition_are_kept(ward: Ward) -> None:
    part_time = row_of(ward, "5000017")
    ward.set(MASTER, part_time, 級="1", ﾒｰﾙ="a@b.example")
    dispatched = row_of(ward, DISPATCHED)
    ward.set(MASTER, dispatched, 派遣先="")
    ward.set(MASTER, 1, 旧姓使用区分="1")
    assert ward.told() == [
        (MASTER, 1, "旧姓漢字", "rule", "confirm"),
        (MASTER, dispatched, "派遣先", "rule", "confirm"),
        (MASTER, part_time, "級", "rule", "reject"),
        (MASTER, part_time, "ﾒｰﾙ", "rule", "warn"),
    ]
    assert ward.read().records["master"][part_time - 1].values["grade"] is None


def test_an_end_of_term_of_someone_without_a_term_is_not_used(ward: Ward) -> None:
    row = row_of(ward, "0044245")
    ward.set(MASTER, row, 任期満了日="20270331")
    assert ward.told() == [(MASTER, row, "任期満了日", "rule", "reject")]
    assert ward.read().records["master"][row - 1].values["term_end"] is None


def test_people_of_a_broken_master_row_are_not_called_unknown_elsewhere(ward: Ward) -> None:
    ward.absent.add(LATER)
    ward.tables[MASTER][1].append("余り")
    told = ward.told()
    assert told[0] == (MASTER, 1, "", "row-long", "reject")
    assert {code for _, _, _, code, _ in told[1:]} == {"staff-not-taken"}
