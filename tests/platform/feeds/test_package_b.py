"""A second supplier, loaded by writing a definition alone: XLSX and TSV, no codes, 和暦."""

from datetime import date
from pathlib import Path

import pytest

from meibo.platform.feeds import Package, load_definition, read_package
from tests.platform.feeds import package_b
from tests.platform.feeds.ward import HERE

BOOK = "人事台帳.xlsx"
DEFINITION = HERE / "fixtures" / "package_b" / "package-b.toml"


def read(folder: Path, people: list[list[object]] | None = None) -> Package:
    package_b.write(folder, people)
    return read_package(load_definition(DEFINITION), folder)


@pytest.fixture
def package(tmp_path: Path) -> Package:
    return read(tmp_path)


def changed(row: int, column: int, value: object) -> list[list[object]]:
    people = [list(person) for person in package_b.PEOPLE]
    people[row][column] = value
    return people


def told(package: Package) -> list[tuple[int | None, str, str, str]]:
    """What is told besides the hidden sheet, the repeated header and the number 123."""
    usual = {"sheet-hidden", "header-repeated"}
    return [
        (f.record, f.column, f.code, f.severity.value)
        for f in package.findings
        if f.code not in usual and (f.code, f.value) != ("lost-zeros", "123")
    ]


def test_only_what_departs_is_told(package: Package) -> None:
    assert [(f.file, f.record, f.column, f.code) for f in package.findings] == [
        (BOOK, None, "", "sheet-hidden"),
        (BOOK, None, "", "header-repeated"),
        (BOOK, 2, "職員番号", "lost-zeros"),
    ]


def test_units_take_code_parent_and_level_from_their_indent(package: Package) -> None:
    units = [r.values for r in package.records["units"]]
    assert [(u["code"], u["parent"], u["level"]) for u in units[:3]] == [
        ("総務部", None, 1),
        ("総務部／人事課", "総務部", 2),
        ("総務部／人事課／給与係", "総務部／人事課", 3),
    ]
    assert [u["name"] for u in units].count("管理係") == 2
    assert units[7]["building"] == "e"


def test_the_day_of_the_master_stands_in_its_title(package: Package) -> None:
    assert {r.base for r in package.records["master"]} == {date(2026, 11, 1)}


def test_dates_come_as_eras_serials_slashes_and_as_cells_of_a_date(package: Package) -> None:
    people = [r.values for r in package.records["master"]]
    assert [p["birth_date"] for p in people][:2] == [date(1983, 12, 3), date(1985, 1, 7)]
    assert [p["hired"] for p in people] == [
        date(2006, 4, 1),
        date(2019, 4, 1),
        date(2026, 4, 1),
        date(2016, 4, 1),
    ]
    assert people[1]["unit_since"] == date(2024, 4, 1)


def test_headers_over_two_rows_and_repeated_ones_find_their_fields(package: Package) -> None:
    first = package.records["master"][0].values
    assert (first["name"], first["kana"]) == ("高橋　葵", "タカハシ　アオイ")
    assert (first["extension"], first["mail"]) == ("1001", "aoi@city.example")


def test_a_unit_is_found_by_the_path_of_its_names(package: Package) -> None:
    people = [r.values for r in package.records["master"]]
    assert [p["unit"] for p in people] == [
        "総務部",
        "総務部／人事課／給与係",
        "総務部／人事課／任用係",
        "区民部／東出張所／管理係",
    ]
    assert "unit.1" not in people[0]


def test_codes_are_found_by_their_names(package: Package) -> None:
    people = [r.values for r in package.records["master"]]
    assert [(p["post"], p["employment"]) for p in people][::2] == [("B1", "1"), ("S1", "6")]


def test_a_column_of_the_towns_own_is_kept_under_extra(package: Package) -> None:
    people = [r.values for r in package.records["master"]]
    assert [p["extra.qualification"] for p in people] == ["防災士", None, None, None]


def test_what_is_written_for_nothing_is_nothing(package: Package) -> None:
    assert [r.values["term_end"] for r in package.records["master"]] == [
        None,
        None,
        date(2027, 3, 31),
        None,
    ]


def test_orders_come_from_tab_separated_utf8_with_a_mark(package: Package) -> None:
    orders = [r.values for r in package.records["orders"]]
    assert [(o["kind"], o["effective"]) for o in orders] == [
        ("up", date(2027, 4, 1)),
        ("out", date(2027, 3, 31)),
        ("in", date(2027, 4, 1)),
    ]
    assert orders[0]["new_unit"] == "総務部／人事課／任用係"


def test_history_is_delivered_apart_from_the_orders(package: Package) -> None:
    (past,) = package.records["history"]
    assert past.values["effective"] == date(2016, 4, 1)
    assert past.values["new_unit"] == "総務部／人事課／任用係"


def test_without_a_word_about_it_future_orders_are_not_announced() -> None:
    assert load_definition(DEFINITION).announced is False


#: person, column in the workbook, what is written, column of the finding, code, severity
CELLS = [
    (0, 3, "ﾀｶﾊｼ ｱｵｲ", "氏名／フリガナ", "kana-width", "normalised"),
    (0, 5, "令和7年2月30日", "生年月日", "bad-date", "reject"),
    (0, 5, "昭和58年12月", "生年月日", "bad-date", "reject"),
    (0, 6, "総務局", "所属／部", "unit-unknown", "reject"),
    (1, 7, "職員課", "所属／係", "unit-unknown", "reject"),
    (0, 9, "次長", "職", "unknown-code", "reject"),
    (0, 4, "f", "性別", "out-of-range", "reject"),
]


@pytest.mark.parametrize(("row", "place", "written", "column", "code", "severity"), CELLS)
def test_departures_of_a_workbook_are_told_with_their_header(
    tmp_path: Path, row: int, place: int, written: str, column: str, code: str, severity: str
) -> None:
    package = read(tmp_path, changed(row, place, written))
    assert told(package) == [(row + 1, column, code, severity)]


def test_a_name_that_several_units_have_needs_its_path(tmp_path: Path) -> None:
    people = changed(3, 6, "")
    people[3][7] = ""
    package = read(tmp_path, people)
    assert told(package) == [(4, "所属／係", "unit-ambiguous", "reject")]
    assert package.records["master"][3].values["unit"] is None


def test_a_workbook_that_is_none_is_told(tmp_path: Path) -> None:
    package_b.write(tmp_path)
    (tmp_path / BOOK).write_bytes(b"PK no workbook")
    package = read_package(load_definition(DEFINITION), tmp_path)
    assert {(f.file, f.code) for f in package.findings} == {(BOOK, "file-unreadable")}
