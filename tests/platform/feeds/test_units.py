"""Units, duties, successions, code tables and 外字."""

import pytest

from tests.platform.feeds.ward import (
    DUTIES,
    GAIJI,
    MASTER,
    POSTS,
    SUCCESSIONS,
    UNITS,
    Ward,
)

#: file, column, what is written, column of the finding, code, severity
CELLS = [
    (UNITS, "略称", "政策  ", "略称", "blanks", "normalised"),
    (UNITS, "階層", "2", "階層", "unit-level", "confirm"),
    (UNITS, "階層", "9", "階層", "out-of-range", "reject"),
    (UNITS, "上位CD", "02000000", "上位CD", "unit-parent", "confirm"),
    (UNITS, "有効終了", "20270231", "有効終了", "bad-date", "reject"),
    (UNITS, "有効開始", "270401", "有効開始", "date-two-digit", "confirm"),
    (UNITS, "庁舎CD", "099", "庁舎CD", "unknown-code", "reject"),
    (UNITS, "出先区分", "2", "出先区分", "out-of-range", "reject"),
    (UNITS, "代表電話", "０３－００００－１００７", "代表電話", "full-width", "normalised"),
    (DUTIES, "所属CD", "99999999", "所属CD", "unit-unknown", "reject"),
    (DUTIES, "有効終了", "20140101", "有効終了", "unit-period", "reject"),
    (SUCCESSIONS, "区分", "合併", "区分", "out-of-range", "reject"),
    (SUCCESSIONS, "旧所属CD", "99999999", "旧所属CD", "unit-unknown", "reject"),
    (SUCCESSIONS, "新所属CD", "01010000", "新名称", "succession-name", "confirm"),
    (SUCCESSIONS, "改編日", "20270431", "改編日", "bad-date", "reject"),
    (GAIJI, "UNICODE", "XYZ", "UNICODE", "gaiji-row", "reject"),
    (GAIJI, "外字ｺｰﾄﾞ", "8140", "外字ｺｰﾄﾞ", "gaiji-row", "reject"),
    (POSTS, "級", "x", "級", "not-a-number", "reject"),
]


@pytest.mark.parametrize(("file", "column", "written", "told_of", "code", "severity"), CELLS)
def test_a_departing_cell_of_a_table_is_told(
    ward: Ward, file: str, column: str, written: str, told_of: str, code: str, severity: str
) -> None:
    ward.set(file, 1, **{column: written})
    first = next(told for told in ward.told() if told[0] == file)
    assert first == (file, 1, told_of, code, severity)


def test_a_unit_that_ends_before_it_starts_is_refused(ward: Ward) -> None:
    row = ward.record(UNITS, 所属CD="01050030")
    ward.set(UNITS, row, 有効終了="20100331")
    assert (UNITS, row, "有効終了", "unit-period", "reject") in ward.told()


def test_periods_of_one_code_must_not_overlap(ward: Ward) -> None:
    old = ward.record(UNITS, 所属CD="01020020", 名称="予算調整係")
    ward.set(UNITS, old, 有効終了="20270430")
    told = [(record, code) for file, record, _, code, _ in ward.told() if file == UNITS]
    assert told == [(old + 1, "unit-overlap")]


def test_a_duty_that_outlives_its_unit_is_to_be_confirmed(ward: Ward) -> None:
    row = ward.record(DUTIES, 有効終了="20270331")
    ward.set(DUTIES, row, 有効終了="99999999")
    assert ward.told() == [(DUTIES, row, "有効終了", "duty-outlives", "confirm")]


def test_a_unit_directly_under_a_department_has_it_as_its_parent(ward: Ward) -> None:
    units = {r.values["code"]: r.values for r in ward.read().records["units"]}
    assert units["17000020"]["parent"] == "17000000"
    assert units["17000020"]["level"] == 3


def test_one_code_with_two_names_keeps_the_first(ward: Ward) -> None:
    row = ward.add(POSTS, 1, 名称="ほか")
    assert ward.told() == [(POSTS, row, "職名CD", "code-twice", "reject")]
    assert ward.read().tables["post"]["010"].name == "部長"


def test_a_user_defined_character_without_a_row_is_kept_and_confirmed(ward: Ward) -> None:
    row = ward.record(GAIJI, 外字ｺｰﾄﾞ="F044")
    ward.tables[GAIJI].pop(row)
    told = {(file, column, code) for file, _, column, code, _ in ward.told()}
    assert (MASTER, "氏名漢字", "gaiji-unmapped") in told
    names = {r.values["name"] for r in ward.read().records["master"]}
    assert "\ue004西　麻美" in names
