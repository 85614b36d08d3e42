"""Writes the files of a second supplier, as unlike package A as one finds them."""

from datetime import date
from pathlib import Path

import xlsxwriter

UNITS = [
    ("総務部", "042-000-0001", "本庁舎"),
    ("　人事課", "042-000-0002", "本庁舎"),
    ("　　給与係", "042-000-0002", "本庁舎"),
    ("　　任用係", "042-000-0002", "本庁舎"),
    ("区民部", "042-000-0003", "本庁舎"),
    ("　戸籍課", "042-000-0004", "本庁舎"),
    ("　　管理係", "042-000-0004", "本庁舎"),
    ("　東出張所", "042-000-0005", "東出張所"),
    ("　　管理係", "042-000-0005", "東出張所"),
]
SERIAL = (date(2019, 4, 1) - date(1899, 12, 30)).days

#: 通番, 職員番号, 漢字, フリガナ, 性別, 生年月日 | 部, 課, 係, 職, 任用 | 採用日, 現所属, 任期 |
#: 内線, メール, 資格
PEOPLE: list[list[object]] = [
    [
        *(1, "00012", "高橋　葵", "タカハシ　アオイ", "女", "昭和58年12月3日"),
        *("総務部", "", "", "部長", "正規"),
        *("平成18年4月1日", "R7.4.1", "－"),
        *("1001", "aoi@city.example", "防災士"),
    ],
    [
        *(2, 123, "鈴木　健一", "スズキ　ケンイチ", "男", "S60.1.7"),
        *("総務部", "人事課", "給与係", "係長", "正規"),
        *(SERIAL, "2024/4/1", "－"),
        *("1002", "ken@city.example", "なし"),
    ],
    [
        *(3, "00256", "山田　花子", "ヤマダ　ハナコ", "女", "平成2年2月28日"),
        *("総務部", "人事課", "任用係", "主事", "会計年度任用"),
        *("令和8年4月1日", "令和8年4月1日", "令和9年3月31日"),
        *("1003", "", ""),
    ],
    [
        *(4, "00301", "佐藤　誠", "サトウ　マコト", "男", "平成5年7月20日"),
        *("区民部", "東出張所", "管理係", "主事", "正規"),
        *(date(2016, 4, 1), date(2023, 4, 1), "－"),
        *("1004", "m@city.example", ""),
    ],
]
ORDERS = [
    ["番号", "発令日", "職員", "氏名", "種別", "新所属", "新職"],
    ["1", "令和9年4月1日", "00301", "佐藤　誠", "昇任", "人事課／任用係", "係長"],
    ["2", "R9.3.31", "00012", "高橋　葵", "退職", "", ""],
    ["3", "2027/4/1", "00999", "田中　一郎", "採用", "区民部／戸籍課／管理係", "主事"],
]
HISTORY = [
    ["発令日", "職員", "種別", "所属", "職"],
    ["平成28年4月1日", "00301", "採用", "人事課／任用係", "主事"],
]


def write(folder: Path, people: list[list[object]] | None = None) -> None:
    """The workbook and the two tab-separated files."""
    with xlsxwriter.Workbook(folder / "人事台帳.xlsx") as book:
        _units(book.add_worksheet("組織"))
        day = book.add_format({"num_format": "yyyy/m/d"})
        _people(book.add_worksheet("名簿"), people or PEOPLE, day)
        hidden = book.add_worksheet("作業用")
        hidden.write(0, 0, "消し忘れた個人情報")
        hidden.hide()
    _tsv(folder / "発令_令和9年4月.tsv", ORDERS)
    _tsv(folder / "異動履歴.tsv", HISTORY)


def _units(sheet: xlsxwriter.worksheet.Worksheet) -> None:
    sheet.merge_range("A1:C1", "組織一覧")
    for column, header in enumerate(("組織名", "電話", "庁舎")):
        sheet.write(2, column, header)
    for row, unit in enumerate(UNITS, 3):
        for column, text in enumerate(unit):
            sheet.write_string(row, column, text)


def _people(sheet: xlsxwriter.worksheet.Worksheet, people: list[list[object]], day: object) -> None:
    sheet.merge_range("A1:Q1", "職員名簿（令和8年11月1日現在）")
    sheet.write("A2", "人事課長の許可なく複写しないこと")
    _header(sheet, 3)
    row = 5
    for number, person in enumerate(people):
        if number == 2:  # the header again, as printed on the next page
            _header(sheet, row)
            row += 2
        for column, value in enumerate(person):
            if isinstance(value, date):
                sheet.write_datetime(row, column, value, day)
            elif value != "":
                sheet.write(row, column, value)
        row += 1


def _header(sheet: xlsxwriter.worksheet.Worksheet, row: int) -> None:
    """Two rows: 氏名 and 所属 spread over their parts, the others two rows high."""
    whole = {0: "通番", 1: "職員番号", 4: "性別", 5: "生年月日", 9: "職", 10: "任用"}
    whole |= {11: "採用日", 12: "現所属", 13: "任期", 16: "資格"}
    for column, text in whole.items():
        sheet.merge_range(row, column, row + 1, column, text)
    sheet.merge_range(row, 2, row, 3, "氏名")
    sheet.merge_range(row, 6, row, 8, "所属")
    sheet.merge_range(row, 14, row + 1, 15, "連絡先")
    for column, text in {2: "漢字", 3: "フリガナ", 6: "部", 7: "課", 8: "係"}.items():
        sheet.write(row + 1, column, text)


def _tsv(path: Path, rows: list[list[str]]) -> None:
    text = "".join("\t".join(row) + "\n" for row in rows)
    path.write_bytes(text.encode("utf-8-sig"))
