"""Days and figures that one cell alone can't show to be wrong."""

import pytest

from tests.platform.feeds.ward import (
    CORRECTIONS,
    DECLARATIONS,
    EVALUATION,
    LICENCES,
    MUSTER,
    ORDERS,
    TRAINING,
    UNITS,
    Ward,
)


@pytest.mark.parametrize(
    ("file", "column", "written", "code"),
    [
        (TRAINING, "受講日", "20290401", "future-date"),
        (TRAINING, "受講日", "19700401", "before-hired"),
        (LICENCES, "取得日", "20291201", "future-date"),
        (LICENCES, "取得日", "19390401", "too-young"),
        (EVALUATION, "年度", "2035", "year-odd"),
        (EVALUATION, "年度", "1999", "year-odd"),
        (EVALUATION, "確定日", "20360315", "future-date"),
        (DECLARATIONS, "申告日", "20361001", "future-date"),
        (DECLARATIONS, "申告日", "20161001", "date-far"),
        (MUSTER, "徒歩参集分", "5", "walk-odd"),
        (MUSTER, "徒歩参集分", "900", "walk-odd"),
        (MUSTER, "参集場所", "東京駅", "place-unknown"),
        (MUSTER, "徒歩参集分", "", "rule"),
        (MUSTER, "緯度", "", "rule"),
        (TRAINING, "研修名", "", "missing"),
    ],
)
def test_what_can_hardly_be_is_to_be_confirmed(
    ward: Ward, file: str, column: str, written: str, code: str
) -> None:
    ward.set(file, 2, **{column: written})
    assert ward.told() == [(file, 2, column, code, "confirm")]


def test_an_order_a_decade_away_from_all_others_is_refused(ward: Ward) -> None:
    row = ward.record(ORDERS, 発令番号="2700285")
    ward.set(ORDERS, row, 発令年月日="20170401")
    assert ward.told() == [(ORDERS, row, "発令年月日", "order-far", "reject")]


def test_no_distance_is_emptied(ward: Ward) -> None:
    ward.set(MUSTER, 1, 徒歩距離KM="0")
    assert ward.told() == [(MUSTER, 1, "徒歩距離KM", "walk-nowhere", "reject")]


@pytest.mark.parametrize("sign", ["99999999", "00000000"])
def test_a_sign_for_no_date_where_nothing_is_written_is_mended(ward: Ward, sign: str) -> None:
    ward.set(LICENCES, 1, 有効期限=sign)
    assert ward.told() == [(LICENCES, 1, "有効期限", "date-none", "normalised")]


def test_a_move_across_grades_is_to_be_confirmed(ward: Ward) -> None:
    row = ward.record(ORDERS, 発令番号="2700285")
    ward.set(ORDERS, row, 新職名CD="030")
    assert (ORDERS, row, "新職名CD", "order-grade-moves", "confirm") in ward.told()


def test_a_cross_appointment_to_another_post_is_to_be_confirmed(ward: Ward) -> None:
    row = ward.add(
        ORDERS, 3, 発令番号="2700999", 発令種別CD="06", 旧所属CD="", 旧職名CD="", 新職名CD="052"
    )
    ward.set(ORDERS, row, 新所属CD="01010010")
    assert ward.told() == [(ORDERS, row, "新職名CD", "order-seat", "confirm")]


def test_an_order_that_a_correction_mends_is_not_told_again(ward: Ward) -> None:
    assert ward.record(ORDERS, 発令番号="2700477", 新職名CD="060")
    assert ward.told() == []


@pytest.mark.parametrize("day", ["20370401", "19300401", "20100401"])
def test_a_correction_beyond_all_bounds_is_refused(ward: Ward, day: str) -> None:
    ward.set(CORRECTIONS, 1, 発令年月日=day)
    assert (CORRECTIONS, 1, "発令年月日", "correction-far", "reject") in ward.told()


def test_a_floor_that_is_none_is_to_be_confirmed(ward: Ward) -> None:
    ward.set(UNITS, 1, 階="x")
    assert ward.told() == [(UNITS, 1, "階", "form", "confirm")]


def test_a_number_with_a_plus_is_a_formula(ward: Ward) -> None:
    ward.set(LICENCES, 1, 登録番号="+123")
    assert ward.told() == [(LICENCES, 1, "登録番号", "formula", "warn")]
