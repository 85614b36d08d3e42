"""What happens to a cell that departs from the specification: the finding, and the value taken."""

from datetime import date

import pytest

from tests.platform.feeds.ward import MASTER, Ward

#: column, what is written, code and severity of the finding, field, value taken
CELLS = [
    ("職員番号", "1058", "lost-zeros", "normalised", "staff_no", "0001058"),
    ("職員番号", "０００１０５８", "full-width", "normalised", "staff_no", "0001058"),
    ("職員番号", " 0001058", "blanks", "normalised", "staff_no", "0001058"),
    ("職員番号", "0001059", "check-digit-mended", "confirm", "staff_no", "0001058"),
    ("職員番号", "0001085", "check-digit-mended", "confirm", "staff_no", "0001058"),
    ("氏名漢字", "原田　俊子　　", "blanks", "normalised", "name", "原田　俊子"),
    ("氏名漢字", "原田 俊子", "name-space", "normalised", "name", "原田　俊子"),
    ("氏名漢字", "原田　　俊子", "name-space", "normalised", "name", "原田　俊子"),
    ("氏名漢字", "原田俊子", "name-unsplit", "warn", "name", "原田俊子"),
    ("氏名漢字", "原〓　俊子", "name-lost-letter", "confirm", "name", "原〓　俊子"),
    ("氏名漢字", "\ue03e田　俊子", "gaiji-unmapped", "confirm", "name", "\ue03e田　俊子"),
    ("氏名漢字", "", "missing", "confirm", "name", None),
    ("氏名ｶﾅ", "", "missing", "confirm", "kana", None),
    ("氏名ｶﾅ", "はらだ　としこ", "kana-script", "normalised", "kana", "ハラダ　トシコ"),
    ("氏名ｶﾅ", "ハラダ　トシコ", "kana-width", "normalised", "kana", "ハラダ　トシコ"),
    ("氏名ｶﾅ", "ﾊﾗﾀﾞ  ﾄｼｺ", "kana-space", "normalised", "kana", "ハラダ　トシコ"),
    ("氏名ｶﾅ", "ﾊﾗﾀﾞﾄｼｺ", "kana-unsplit", "confirm", "kana", "ハラダトシコ"),
    ("氏名ｶﾅ", "原田 俊子", "kana-letters", "reject", "kana", None),
    ("氏名ｶﾅ", "HARADA TOSHIKO", "kana-letters", "reject", "kana", None),
    ("氏名ｶﾅ", "ｽｽﾞｷ ｲﾁﾛｳ", "kana-not-reading", "confirm", "kana", "スズキ　イチロウ"),
    ("氏名ｶﾅ", "ﾄｼｺ ﾊﾗﾀﾞ", "kana-not-reading", "confirm", "kana", "トシコ　ハラダ"),
    ("生年月日", "3380230", "bad-date", "reject", "birth_date", None),
    ("生年月日", "4991301", "bad-date", "reject", "birth_date", None),
    ("生年月日", "9380211", "bad-date", "reject", "birth_date", None),
    ("生年月日", "00000000", "bad-date", "reject", "birth_date", None),
    ("生年月日", "380211", "bad-date", "reject", "birth_date", None),
    ("生年月日", "3640211", "date-era", "confirm", "birth_date", date(1989, 2, 11)),
    ("生年月日", "19630211", "date-style", "normalised", "birth_date", date(1963, 2, 11)),
    ("生年月日", "S38.2.11", "date-style", "normalised", "birth_date", date(1963, 2, 11)),
    ("生年月日", "4300211", "age", "confirm", "birth_date", date(2018, 2, 11)),
    ("性別CD", "F", "out-of-range", "reject", "sex", None),
    ("性別CD", "", "missing", "confirm", "sex", None),
    ("所属CD", "8050020", "lost-zeros", "normalised", "unit", "08050020"),
    ("所属CD", "０８０５００２０", "full-width", "normalised", "unit", "08050020"),
    ("所属CD", " 08050020 ", "blanks", "normalised", "unit", "08050020"),
    ("所属CD", "99990010", "unit-unknown", "reject", "unit", None),
    ("所属CD", "18010010", "unit-not-standing", "reject", "unit", None),
    ("職名CD", "71", "lost-zeros", "normalised", "post", "071"),
    ("職名CD", "999", "unknown-code", "reject", "post", None),
    ("職種CD", "99", "unknown-code", "reject", "job", None),
    ("任用形態CD", "9", "unknown-code", "reject", "employment", None),
    ("休職区分", "9", "unknown-code", "reject", "leave", None),
    ("旧姓使用区分", "2", "out-of-range", "reject", "uses_maiden_name", None),
    ("級", "1  ", "blanks", "normalised", "grade", 1),
    ("級", "7", "out-of-range", "reject", "grade", None),
    ("級", "一", "not-a-number", "reject", "grade", None),
    ("級", "2", "grade-post", "confirm", "grade", 2),
    ("級", "", "rule", "confirm", "grade", None),
    ("号給", "8", "lost-zeros", "normalised", "step", "008"),
    ("号給", "0008", "form", "confirm", "step", "0008"),
    ("採用年月日", "", "missing", "confirm", "hired", None),
    ("採用年月日", "19811301", "bad-date", "reject", "hired", None),
    ("採用年月日", "99999999", "bad-date", "reject", "hired", None),
    ("採用年月日", "810401", "date-two-digit", "confirm", "hired", date(1981, 4, 1)),
    ("採用年月日", "3560401", "date-style", "normalised", "hired", date(1981, 4, 1)),
    ("採用年月日", "1981/4/1", "date-style", "normalised", "hired", date(1981, 4, 1)),
    ("採用年月日", "29677", "date-serial", "confirm", "hired", date(1981, 4, 1)),
    ("採用年月日", "20270401", "future-date", "confirm", "hired", date(2027, 4, 1)),
    ("任期満了日", "20260331", "term-over", "confirm", "term_end", date(2026, 3, 31)),
    ("任期満了日", "99999999", "rule", "confirm", "term_end", None),
    ("休職開始日", "20261001", "rule", "confirm", "leave_from", date(2026, 10, 1)),
    ("兼務所属CD1", "01010010", "seat-half", "confirm", "concurrent", [("01010010", None)]),
    ("内線", "=1+1", "formula", "warn", "extension", "=1+1"),
    ("内線", "-", "placeholder", "normalised", "extension", None),
    ("ﾒｰﾙ", "abc＠city.example", "full-width", "normalised", "mail", "abc@city.example"),
    ("ﾒｰﾙ", "abc", "form", "confirm", "mail", "abc"),
    ("郵便番号", "113", "form", "confirm", "postcode", "113"),
    ("住所", "東京\ufffd区", "bad-bytes", "reject", "address", None),
    (
        "携帯TEL",
        "０９０－００００－７０１０",
        "full-width",
        "normalised",
        "mobile",
        "090-0000-7010",
    ),
    ("顔写真ﾌｧｲﾙ", "0002534.jpg", "rule", "warn", "photo", "0002534.jpg"),
    ("備考", "@SUM(A1)", "formula", "warn", "note", "@SUM(A1)"),
    ("備考", "-2+3", "formula", "warn", "note", "-2+3"),
    ("備考", "済\x1a", "invisible", "normalised", "note", "済"),
]


@pytest.mark.parametrize(("column", "written", "code", "severity", "field", "taken"), CELLS)
def test_a_departing_cell_is_told_once_and_taken_as_the_table_says(
    ward: Ward, column: str, written: str, code: str, severity: str, field: str, taken: object
) -> None:
    if "\ufffd" in written:
        ward.spoil(MASTER, lambda data: data.replace(b"@@", b"\xff"))
        written = written.replace("\ufffd", "@@")
    ward.set(MASTER, 1, **{column: written})
    package = ward.read()
    (finding,) = package.findings
    assert (finding.file, finding.record, finding.column) == (MASTER, 1, column)
    assert (finding.code, finding.severity) == (code, severity)
    assert finding.staff_no == "0001058"
    record = next(r for r in package.records["master"] if r.number == 1)
    assert record.values[field] == taken


@pytest.mark.parametrize("written", ["12345678", "123456789", "", "ABCDEFG"])
def test_a_row_without_a_staff_number_of_the_right_form_is_not_taken(
    ward: Ward, written: str
) -> None:
    ward.set(MASTER, 1, 職員番号=written)
    (finding,) = [f for f in ward.read().findings if f.file == MASTER]
    assert (finding.column, finding.severity) == ("職員番号", "reject")
    assert finding.message.endswith("行を取り込みませんでした。")


def test_a_large_kana_is_made_small_where_the_characters_prove_it(ward: Ward) -> None:
    row = ward.record(MASTER, 職員番号="0041670")
    ward.set(MASTER, row, 氏名漢字="前田　順子", 氏名ｶﾅ="ﾏｴﾀﾞ ｼﾞﾕﾝｺ")
    package = ward.read()
    told = [(f.column, f.code, f.severity) for f in package.findings if f.file == MASTER]
    assert told == [("氏名ｶﾅ", "kana-large", "confirm")]
    assert package.records["master"][row - 1].values["kana"] == "マエダ　ジュンコ"


def test_a_finding_says_what_is_wrong_what_became_of_it_and_what_to_do(ward: Ward) -> None:
    ward.set(MASTER, 1, 生年月日="4020230")
    (finding,) = ward.read().findings
    assert finding.value == "4020230"
    assert finding.message == "平成2年2月30日という日はありません。空にして取り込みました。"
    assert finding.action == "人事給与側の登録を直して、出力し直してください。"
    assert list(finding.as_dict()) == [
        *("file", "record", "column", "staff_no", "value", "severity", "message", "action"),
        "code",
    ]
