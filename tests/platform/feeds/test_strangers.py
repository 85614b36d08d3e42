"""A number that a row bears by mistake and that is somebody else's: only that row is refused."""

from datetime import date

from tests.platform.feeds.ward import LATER, MASTER, Ward


def row_of(ward: Ward, number: str, file: str = MASTER) -> int:
    return ward.record(file, 職員番号=number)


def names(ward: Ward, number: str) -> set[object]:
    return {
        r.values["name"] for r in ward.read().records["master"] if r.values["staff_no"] == number
    }


def test_of_two_people_under_one_number_the_one_with_another_photo_is_refused(ward: Ward) -> None:
    row = row_of(ward, "0048623")
    ward.set(MASTER, row, 職員番号="0012580", 現所属発令日="20261001")
    assert ward.told() == [(MASTER, row, "職員番号", "number-of-another", "reject")]
    assert names(ward, "0012580") == {"渡辺　明美"}
    (finding,) = ward.read().findings
    assert finding.staff_no == "0048623"


def test_without_a_photo_the_other_master_tells_whose_number_it_is(ward: Ward) -> None:
    row = row_of(ward, "5000700", LATER)
    ward.set(LATER, row, 職員番号="5000017")
    told = [t for t in ward.told() if t[0] == LATER]
    assert told == [(LATER, row, "職員番号", "number-of-another", "reject")]


def test_the_number_of_someone_who_comes_later_is_told_too(ward: Ward) -> None:
    row = row_of(ward, "0048623")
    ward.set(MASTER, row, 職員番号="0099635")
    told = [t for t in ward.told() if t[0] == MASTER]
    assert told == [(MASTER, row, "職員番号", "number-of-another", "reject")]


def test_a_number_that_nobody_has_is_told_where_the_photo_and_a_master_know_better(
    ward: Ward,
) -> None:
    row = row_of(ward, "0048623")
    ward.set(MASTER, row, 職員番号="0009725")
    assert ward.told() == [(MASTER, row, "職員番号", "number-of-another", "reject")]


def test_a_new_name_or_a_mistyped_birth_date_makes_no_other_person(ward: Ward) -> None:
    row = row_of(ward, "0012580", LATER)
    ward.set(LATER, row, 生年月日="3460210")
    assert ward.told() == []
    later = [r for r in ward.read().records["master"] if r.base == date(2027, 4, 1)]
    assert "0012580" in {r.values["staff_no"] for r in later}
