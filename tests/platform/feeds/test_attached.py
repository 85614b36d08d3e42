"""Files that hang on the master: training, licences, evaluation, declarations, muster."""

import pytest

from tests.platform.feeds.ward import (
    DECLARATIONS,
    EVALUATION,
    LICENCES,
    MUSTER,
    TRAINING,
    Ward,
)

#: file, column, what is written, code, severity
CELLS = [
    (TRAINING, "職員番号", "0999485", "check-digit", "reject"),
    (TRAINING, "職員番号", "0100811", "staff-unknown", "reject"),
    (TRAINING, "受講日", "25/07/06", "date-two-digit", "confirm"),
    (TRAINING, "受講日", "20261399", "bad-date", "reject"),
    (TRAINING, "時間", "x", "not-a-number", "reject"),
    (TRAINING, "時間", "-1", "out-of-range", "reject"),
    (LICENCES, "取得日", "2021/10/13", "date-style", "normalised"),
    (LICENCES, "取得日", "", "missing", "confirm"),
    (LICENCES, "有効期限", "19000101", "period-reversed", "reject"),
    (LICENCES, "登録番号", "=1+1", "formula", "warn"),
    (EVALUATION, "業績評価", "E", "out-of-range", "reject"),
    (EVALUATION, "総合評価", "ｂ", "letter-case", "normalised"),
    (EVALUATION, "総合評価", "Ａ", "full-width", "normalised"),
    (EVALUATION, "能力評価", "", "missing", "confirm"),
    (EVALUATION, "年度", "令和7", "not-a-number", "reject"),
    (DECLARATIONS, "異動希望", "4", "out-of-range", "reject"),
    (DECLARATIONS, "昇任意欲", "9", "out-of-range", "reject"),
    (DECLARATIONS, "配慮事項", '=HYPERLINK("http://example.invalid/","x")', "formula", "warn"),
    (MUSTER, "参集区分", "7", "unknown-code", "reject"),
    (MUSTER, "徒歩参集分", "0", "walk-zero", "reject"),
    (MUSTER, "緯度", "35.6a", "not-a-number", "reject"),
]


@pytest.mark.parametrize(("file", "column", "written", "code", "severity"), CELLS)
def test_a_departing_cell_of_an_attached_file_is_told(
    ward: Ward, file: str, column: str, written: str, code: str, severity: str
) -> None:
    ward.set(file, 1, **{column: written})
    assert ward.told() == [(file, 1, column, code, severity)]


def test_exchanged_coordinates_are_turned_round(ward: Ward) -> None:
    before = ward.read().records["muster"][0].values
    lat, lon = ward.rows(MUSTER)[0]["緯度"], ward.rows(MUSTER)[0]["経度"]
    ward.set(MUSTER, 1, 緯度=lon, 経度=lat)
    assert ward.told() == [
        (MUSTER, 1, "緯度", "coordinates-swapped", "normalised"),
        (MUSTER, 1, "経度", "coordinates-swapped", "normalised"),
    ]
    assert ward.read().records["muster"][0].values == before


@pytest.mark.parametrize(("lat", "lon"), [("0", "0"), ("-33.8", "151.2"), ("35.6", "35.6")])
def test_coordinates_outside_japan_are_emptied(ward: Ward, lat: str, lon: str) -> None:
    ward.set(MUSTER, 1, 緯度=lat, 経度=lon)
    assert ward.told() == [
        (MUSTER, 1, "緯度", "coordinates-abroad", "reject"),
        (MUSTER, 1, "経度", "coordinates-abroad", "reject"),
    ]


def test_lost_zeros_of_a_whole_file_are_told_for_the_file_and_for_each_row(ward: Ward) -> None:
    rows = ward.tables[LICENCES][1:]
    for row in rows:
        row[0] = row[0].lstrip("0")
    told = ward.told()
    assert told[0] == (LICENCES, None, "職員番号", "lost-zeros-everywhere", "normalised")
    short = [n for n, row in enumerate(rows, 1) if len(row[0]) < 7]
    assert [(record, code) for _, record, _, code, _ in told[1:]] == [
        (number, "lost-zeros") for number in short
    ]


def test_two_evaluations_of_one_year_that_differ_keep_the_first(ward: Ward) -> None:
    row = ward.add(EVALUATION, 1, 総合評価="S")
    assert ward.told() == [(EVALUATION, row, "職員番号", "duplicate-key", "reject")]


def test_a_refused_row_is_not_delivered_and_an_emptied_value_is_none(ward: Ward) -> None:
    ward.set(TRAINING, 1, 職員番号="0999485")
    ward.set(EVALUATION, 1, 業績評価="E")
    records = ward.read().records
    assert records["training"][0].number == 2
    assert records["evaluation"][0].values["performance"] is None
