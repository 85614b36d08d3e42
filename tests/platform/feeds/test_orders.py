"""Orders and corrections: kinds, units, grades, and whether they start where the person was."""

from datetime import date

import pytest

from tests.platform.feeds.ward import CORRECTIONS, LATER, MASTER, ORDERS, Told, Ward

MOVE = "2700285"  # 配置換 11010010 → 01010040
RELIEVE = "2700183"  # 兼務解除 11010040
PROMOTE = "2700283"  # 昇任
HIRE = "2700783"  # 採用
RETIRE = "2600002"  # 退職

#: order, column, what is written, code, severity
CELLS = [
    (MOVE, "新所属CD", "05010010", "unit-followed", "confirm"),
    (MOVE, "新所属CD", "01050030", "unit-not-standing", "reject"),
    (MOVE, "新所属CD", "99999999", "unit-unknown", "reject"),
    (MOVE, "新所属CD", "", "order-filled", "reject"),
    (MOVE, "旧所属CD", "01010010", "order-old-unit", "confirm"),
    (MOVE, "旧所属CD", "", "order-old-filled", "confirm"),
    (MOVE, "旧職名CD", "060", "order-old-post", "confirm"),
    (MOVE, "新職名CD", "999", "unknown-code", "reject"),
    (MOVE, "新職名CD", "", "order-filled", "reject"),
    (MOVE, "発令種別CD", "99", "unknown-code", "reject"),
    (MOVE, "発令種別CD", "3", "lost-zeros", "normalised"),
    (MOVE, "発令年月日", "5090401", "date-style", "normalised"),
    (MOVE, "発令年月日", "270401", "date-two-digit", "confirm"),
    (MOVE, "発令年月日", "20270431", "bad-date", "reject"),
    (MOVE, "発令年月日", "", "needed", "reject"),
    (MOVE, "漢字氏名", "西　直子", "order-name", "confirm"),
    (MOVE, "漢字氏名", "西 尚子", "name-space", "normalised"),
    (MOVE, "職員番号", "0019331", "check-digit", "reject"),
    (MOVE, "職員番号", "19330", "lost-zeros", "normalised"),
    (MOVE, "職員番号", "0100811", "staff-unknown", "reject"),
    (MOVE, "発令番号", "", "missing", "confirm"),
    (MOVE, "発令番号", "27001", "form", "confirm"),
    (MOVE, "事由", "=1+1", "formula", "warn"),
    (RELIEVE, "旧所属CD", "01010010", "order-no-seat", "reject"),
    (RELIEVE, "旧所属CD", "", "order-filled", "reject"),
    (RELIEVE, "旧職名CD", "060", "order-old-post", "confirm"),
    (RELIEVE, "新所属CD", "01010010", "order-blank", "confirm"),
    (PROMOTE, "新職名CD", "060", "order-grade", "confirm"),
    (PROMOTE, "新職名CD", "070", "order-grade", "confirm"),
    (HIRE, "旧所属CD", "01010010", "order-blank", "confirm"),
    (HIRE, "新職名CD", "", "order-filled", "reject"),
    (HIRE, "職員番号", "0100811", "order-newcomer", "confirm"),
]


@pytest.mark.parametrize(("order", "column", "written", "code", "severity"), CELLS)
def test_a_departing_order_is_told_once_and_a_refused_one_is_not_delivered(
    ward: Ward, order: str, column: str, written: str, code: str, severity: str
) -> None:
    row = ward.record(ORDERS, 発令番号=order)
    ward.set(ORDERS, row, **{column: written})
    package = ward.read()
    assert [(f.file, f.record, f.column, f.code, f.severity) for f in package.findings] == [
        (ORDERS, row, column, code, severity)
    ]
    taken = {r.number for r in package.records["orders"]}
    assert (row in taken) is (severity != "reject")


def test_a_refused_number_names_who_may_have_been_meant(ward: Ward) -> None:
    ward.set(ORDERS, ward.record(ORDERS, 発令番号=MOVE), 職員番号="0019331")
    (finding,) = ward.read().findings
    assert "「0019330」" in finding.message


def test_an_abolished_unit_is_delivered_as_its_only_heir(ward: Ward) -> None:
    row = ward.record(ORDERS, 発令番号=MOVE)
    ward.set(ORDERS, row, 新所属CD="05010010")
    orders = ward.read().records["orders"]
    assert orders[row - 1].values["new_unit"] == "18010010"


def test_an_old_unit_is_called_as_it_was_on_the_day_before(ward: Ward) -> None:
    row = ward.record(ORDERS, 職員番号="0003387")
    assert ward.rows(ORDERS)[row - 1]["旧所属CD"] == "05010010"
    assert ward.told() == []
    ward.set(ORDERS, row, 旧所属CD="18010010")
    codes = [code for _, _, _, code, _ in ward.told()]
    assert codes == ["unit-old", "order-old-unit"]


def test_an_order_after_another_starts_where_that_one_led(ward: Ward) -> None:
    row = ward.record(ORDERS, 発令番号=MOVE)
    ward.add(ORDERS, row, 発令番号="2709999", 発令年月日="20270701", 旧所属CD="01010040")
    assert ward.told() == []


def test_an_order_on_someone_who_has_left_is_refused(ward: Ward) -> None:
    row = ward.add(
        ORDERS,
        ward.record(ORDERS, 発令番号=RETIRE),
        発令番号="2709999",
        発令年月日="20270401",
        発令種別CD="03",
        新所属CD="01010010",
        新職名CD="052",
        事由="",
    )
    assert ward.told() == [(ORDERS, row, "職員番号", "order-after-leaving", "reject")]


def test_someone_who_retires_and_is_taken_on_again_next_day_is_in_order(ward: Ward) -> None:
    kinds = [row["発令種別CD"] for row in ward.rows(ORDERS) if row["職員番号"] == "0002534"]
    assert kinds == ["14", "12"]
    assert ward.told() == []


def test_a_cancelled_leaving_lets_the_next_order_stand(ward: Ward) -> None:
    retire = ward.record(ORDERS, 発令番号=RETIRE)
    after = {"発令番号": "2709999", "発令年月日": "20270401", "発令種別CD": "03"}
    ward.add(ORDERS, retire, **after, 新所属CD="01010010", 新職名CD="052", 事由="")
    ward.add(
        CORRECTIONS,
        2,
        訂正番号="T008",
        対象発令番号=RETIRE,
        職員番号="0044245",
        発令年月日="20270331",
        発令種別CD="14",
        旧所属CD="01030020",
        新所属CD="",
        旧職名CD="052",
        新職名CD="",
    )
    assert ward.told() == []


def same_day(ward: Ward, **values: str) -> tuple[int, list[Told]]:
    row = ward.add(ORDERS, ward.record(ORDERS, 発令番号=MOVE), **values)
    return row, ward.told()


def test_the_same_row_twice_is_taken_once(ward: Ward) -> None:
    row, told = same_day(ward)
    assert told == [(ORDERS, row, "", "duplicate-row", "normalised")]


def test_the_same_order_under_two_numbers_is_taken_once_and_confirmed(ward: Ward) -> None:
    row, told = same_day(ward, 発令番号="2709999")
    assert told == [(ORDERS, row, "発令番号", "order-duplicate", "confirm")]
    assert row not in {r.number for r in ward.read().records["orders"]}


def test_two_orders_that_lead_apart_on_one_day_are_to_be_confirmed(ward: Ward) -> None:
    row, told = same_day(ward, 発令番号="2709999", 新所属CD="01010010")
    assert told == [(ORDERS, row, "新所属CD", "order-conflict", "confirm")]


def test_one_number_with_two_contents_keeps_the_first(ward: Ward) -> None:
    row, told = same_day(ward, 新所属CD="01010010")
    assert told == [(ORDERS, row, "発令番号", "duplicate-key", "reject")]


#: correction, column, what is written, column of the finding, code
CORRECTED = [
    (2, "対象発令番号", "2799999", "対象発令番号", "correction-unknown"),
    (2, "対象発令番号", "", "対象発令番号", "correction-missing"),
    (2, "職員番号", "0041670", "職員番号", "correction-person"),
    (2, "職員番号", "0089011", "職員番号", "check-digit"),
    (1, "職員番号", "0100811", "職員番号", "staff-unknown"),
    (7, "正職員番号", "", "正職員番号", "correction-right"),
    (7, "正職員番号", "0028135", "正職員番号", "check-digit"),
    (7, "正職員番号", "0100811", "正職員番号", "staff-unknown"),
    (1, "訂正区分", "9", "訂正区分", "unknown-code"),
    (1, "記録年月日", "20261310", "記録年月日", "bad-date"),
    (1, "新所属CD", "18010010", "新所属CD", "unit-not-standing"),
]


@pytest.mark.parametrize(("row", "column", "written", "told_of", "code"), CORRECTED)
def test_a_correction_that_names_nothing_certain_is_refused(
    ward: Ward, row: int, column: str, written: str, told_of: str, code: str
) -> None:
    ward.set(CORRECTIONS, row, **{column: written})
    package = ward.read()
    assert [(f.file, f.record, f.column, f.code, f.severity) for f in package.findings] == [
        (CORRECTIONS, row, told_of, code, "reject")
    ]
    assert row not in {r.number for r in package.records["corrections"]}


def test_a_correction_keeps_the_day_it_was_recorded(ward: Ward) -> None:
    first = ward.read().records["corrections"][0].values
    assert (first["recorded"], first["effective"]) == (date(2026, 12, 10), date(2026, 10, 1))
    assert first["order_no"] is None


def test_without_any_master_orders_are_not_called_unknown(ward: Ward) -> None:
    ward.absent |= {MASTER, LATER}
    assert [code for _, _, _, code, _ in ward.told()] == ["file-missing"]
