"""The masters of a package beside one another: what only a second look at the same person tells."""

import pytest

from tests.platform.feeds.ward import LATER, MASTER, Ward


def row_of(ward: Ward, number: str, file: str = MASTER) -> int:
    return ward.record(file, 職員番号=number)


def test_a_changed_reading_in_the_later_master_is_told_and_not_used(ward: Ward) -> None:
    row = row_of(ward, "0012580", LATER)
    ward.set(LATER, row, 氏名ｶﾅ="ﾄｸｶﾞﾜ ｲｴﾔｽ")
    (finding,) = ward.read().findings
    assert (finding.file, finding.record, finding.column) == (LATER, row, "氏名ｶﾅ")
    assert finding.severity == "confirm"


@pytest.mark.parametrize(
    ("number", "slip"),
    [
        ("0012580", "ﾜﾀﾅﾍ ｱｹﾐ"),  # a voiced mark lost
        ("0037370", "ﾌｼﾞｻｷ ｴ"),  # the last letter lost
        ("0088064", "ﾓﾘｸﾞﾁ ｺｳｽ"),
    ],
)
def test_a_slip_in_the_earlier_reading_is_told_where_it_stands(
    ward: Ward, number: str, slip: str
) -> None:
    row = row_of(ward, number)
    ward.set(MASTER, row, 氏名ｶﾅ=slip)
    assert ward.told() == [(MASTER, row, "氏名ｶﾅ", "kana-differs-used", "confirm")]


def test_of_two_right_readings_the_earlier_stays(ward: Ward) -> None:
    row = row_of(ward, "0041300", LATER)
    ward.set(LATER, row, 氏名ｶﾅ="ﾆｼ ｱｻﾐ")
    (finding,) = ward.read().findings
    assert (finding.file, finding.code) == (LATER, "kana-differs")


def test_a_reading_that_changes_with_the_name_by_order_is_right(ward: Ward) -> None:
    assert row_of(ward, "0058203", LATER)
    assert ward.told() == []


def test_a_changed_reading_of_the_maiden_name_is_told(ward: Ward) -> None:
    row = row_of(ward, "0012580", LATER)
    ward.set(LATER, row, 旧姓ｶﾅ="ﾄｸｶﾞﾜ")
    assert ward.told() == [(LATER, row, "旧姓ｶﾅ", "kana-differs", "confirm")]
