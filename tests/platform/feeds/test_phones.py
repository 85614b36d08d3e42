"""Telephone numbers: what is right, what a spreadsheet did to them, what is none."""

import pytest

from tests.platform.feeds.ward import MASTER, Ward

MOBILE, HOME, EMERGENCY = "携帯TEL", "自宅TEL", "緊急TEL"


def taken(ward: Ward, field: str) -> object:
    return ward.read().records["master"][1].values[field]


@pytest.mark.parametrize(
    ("column", "field", "written", "mended", "code"),
    [
        (MOBILE, "mobile", "9000007097", "090-0000-7097", "lost-zeros"),
        (MOBILE, "mobile", "90-0000-9399", "090-0000-9399", "lost-zeros"),
        (MOBILE, "mobile", "09000001234", "090-0000-1234", "form-mended"),
        (HOME, "home_phone", "3-0000-0738", "03-0000-0738", "lost-zeros"),
        (HOME, "home_phone", "300000738", "03-0000-0738", "lost-zeros"),
        (EMERGENCY, "emergency_phone", "9000005026", "090-0000-5026", "lost-zeros"),
    ],
)
def test_a_number_that_can_be_but_one_is_mended(
    ward: Ward, column: str, field: str, written: str, mended: str, code: str
) -> None:
    ward.set(MASTER, 2, **{column: written})
    assert ward.told() == [(MASTER, 2, column, code, "normalised")]
    assert taken(ward, field) == mended


@pytest.mark.parametrize(
    ("column", "written"),
    [
        (MOBILE, "090-0000"),
        (MOBILE, "090-0000-12345"),
        (MOBILE, "03-0000-0738"),
        (HOME, "0000-0738"),
        (HOME, "00-0000-0738"),
        (EMERGENCY, "090"),
        ("内線", "33161"),
    ],
)
def test_a_number_that_is_none_is_to_be_confirmed(ward: Ward, column: str, written: str) -> None:
    ward.set(MASTER, 2, **{column: written})
    assert ward.told() == [(MASTER, 2, column, "form", "confirm")]


@pytest.mark.parametrize("written", ["03-0000-0001", "045-000-0001", "0422-00-0001"])
def test_numbers_of_every_area_are_right(ward: Ward, written: str) -> None:
    ward.set(MASTER, 2, 自宅TEL=written)
    assert ward.told() == []
