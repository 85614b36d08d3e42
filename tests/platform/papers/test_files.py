"""A workbook has numbers and days where the list says so, and text everywhere else."""

import io
import re
import zipfile
from datetime import date

from python_calamine import CalamineWorkbook

from meibo.platform.papers.cells import Day, Number
from meibo.platform.papers.files import as_csv, as_xlsx

HEADS = ["職員番号", "内線", "発令番号", "定数", "過不足", "発令日", "期限", "生年月日"]
ROWS = [
    *(
        ["0001234", "0412", "12", Number.plain(12), Number.signed(-5), Day.long(day), short, born]
        for day, short, born in [
            (date(2027, 4, 1), Day.short(date(2027, 9, 30)), Day.long(date(2019, 5, 1))),
        ]
    ),
    ["9", "+81", "=1+1", "―", Number.signed(0), "", "R9.9.30", Day.long(date(1899, 12, 31))],
    ["10", "", "", Number.counted(3, "級"), "", Day.western(date(2027, 4, 1)), "", ""],
]


def read() -> list[list[object]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(as_xlsx("一覧", HEADS, ROWS)))
    return list(map(list, book.get_sheet_by_index(0).to_python()))


def test_numbers_and_days_are_such_and_codes_stay_text() -> None:
    _, first, second, third = read()
    assert first[:3] == ["0001234", "0412", "12"]
    assert first[3:5] == [12, -5]
    assert all(isinstance(cell, int | float) for cell in first[3:5])
    assert first[5:] == [date(2027, 4, 1), date(2027, 9, 30), date(2019, 5, 1)]
    assert second == ["9", "+81", "=1+1", "―", 0, "", "R9.9.30", "明治32年12月31日"]
    assert (third[3], third[5]) == (3, date(2027, 4, 1))
    assert (ROWS[2][3], ROWS[2][5]) == ("3級", "2027年4月1日")


def test_they_look_as_they_do_on_paper() -> None:
    parts = zipfile.ZipFile(io.BytesIO(as_xlsx("一覧", HEADS, ROWS)))
    styles = parts.read("xl/styles.xml").decode()
    shapes = set(re.findall(r'formatCode="([^"]*)"', styles.replace("&quot;", "'")))
    assert shapes == {
        "@",
        "+0;'−'0;0",
        "[$-411]ggge'年'm'月'd'日'",
        "[$-411]ggg'元年'm'月'd'日'",
        "[$-411]ge.m.d",
        "yyyy'年'm'月'd'日'",
        "0'級'",
    }
    assert ROWS[0][3:] == ["12", "−5", "令和9年4月1日", "R9.9.30", "令和元年5月1日"]


def test_a_text_file_has_their_text() -> None:
    assert "0001234,0412,12,12,−5,令和9年4月1日,R9.9.30" in as_csv(HEADS, ROWS).decode("utf-8-sig")
