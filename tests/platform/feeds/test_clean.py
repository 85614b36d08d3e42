"""Right data is never called wrong, and arrives as typed records."""

from datetime import date

from meibo.platform.feeds import Record
from tests.platform.feeds.ward import (
    CORRECTIONS,
    DECLARATIONS,
    DUTIES,
    LATER,
    MASTER,
    MUSTER,
    ORDERS,
    UNITS,
    Ward,
)


def person(ward: Ward, number: str, base: date = date(2026, 11, 1)) -> dict[str, object]:
    """The values of a person in the master of a day."""
    records = ward.read().records["master"]
    return next(r.values for r in records if r.base == base and r.values["staff_no"] == number)


def only(records: list[Record], **wanted: object) -> dict[str, object]:
    """The values of the one record that has these."""
    found = [r.values for r in records if wanted.items() <= r.values.items()]
    assert len(found) == 1
    return found[0]


def test_clean_files_give_no_finding(ward: Ward) -> None:
    assert ward.told() == []


def test_every_row_of_a_clean_file_becomes_a_record_in_its_place(ward: Ward) -> None:
    records = ward.read().records
    assert [r.number for r in records["units"]] == [*range(1, len(ward.rows(UNITS)) + 1)]
    assert len(records["duties"]) == len(ward.rows(DUTIES))
    assert len(records["master"]) == len(ward.rows(MASTER)) + len(ward.rows(LATER))
    assert len(records["orders"]) == len(ward.rows(ORDERS))
    assert len(records["corrections"]) == len(ward.rows(CORRECTIONS))


def test_a_master_row_arrives_typed(ward: Ward) -> None:
    values = person(ward, "0001058")
    assert values["name"] == "原田　俊子"
    assert values["kana"] == "ハラダ　トシコ"
    assert values["birth_date"] == date(1963, 2, 11)
    assert values["sex"] == "F"
    assert (values["unit"], values["post"], values["job"]) == ("08050020", "071", "08")
    assert (values["grade"], values["step"], values["employment"]) == (1, "008", "3")
    assert values["hired"] == date(1981, 4, 1)
    assert values["term_end"] == date(2027, 3, 31)
    assert values["concurrent"] == []
    assert values["uses_maiden_name"] is False
    assert values["maiden_name"] is None
    assert values["note"] is None


def test_no_end_of_term_and_no_leave_read_as_none(ward: Ward) -> None:
    values = person(ward, "0012580")
    assert values["term_end"] is None
    assert (values["leave_from"], values["leave_to"]) == (None, None)
    assert values["uses_maiden_name"] is True
    assert values["maiden_name"] == "今枝"


def test_concurrent_posts_come_as_one_list(ward: Ward) -> None:
    values = person(ward, "0045624")
    assert values["concurrent"] == [("01010010", "052"), ("01040040", "052"), ("03020010", "052")]


def test_a_user_defined_character_becomes_unicode_with_its_variation_selector(ward: Ward) -> None:
    assert person(ward, "0041300")["name"] == "葛\U000e0100西　麻美"


def test_masters_carry_the_day_in_their_file_name(ward: Ward) -> None:
    bases = {record.base for record in ward.read().records["master"]}
    assert bases == {date(2026, 11, 1), date(2027, 4, 1)}


def test_the_last_day_of_a_unit_becomes_the_first_day_after_it(ward: Ward) -> None:
    units = ward.read().records["units"]
    old = only(units, code="05000000")
    new = only(units, code="18000000")
    assert (old["starts"], old["ends"]) == (date(2015, 4, 1), date(2027, 4, 1))
    assert (new["starts"], new["ends"], new["parent"]) == (date(2027, 4, 1), None, None)
    assert new["level"] == 1
    assert new["branch"] is False


def test_a_line_break_in_quotation_marks_is_part_of_the_value(ward: Ward) -> None:
    order = only(ward.read().records["orders"], order_no="2700340")
    assert order["reason"] == "任期の更新,\n本人同意済"


def test_the_text_of_an_order_tells_the_other_body_and_both_names(ward: Ward) -> None:
    orders = ward.read().records["orders"]
    assert only(orders, staff_no="0021148")["dispatch_body"] == "総務省"
    renamed = only(orders, order_no="2700781")
    assert (renamed["old_name"], renamed["new_name"]) == ("笠原　美佳", "佐藤　美佳")


def test_an_acting_post_is_told_by_the_text_of_the_order(ward: Ward) -> None:
    number = ward.add(ORDERS, 19, 発令番号="2709998", 職員番号="0045624", 漢字氏名="山根　春香")
    ward.set(
        ORDERS, number, 発令種別CD="04", 新所属CD="01010020", 新職名CD="050", 事由="係長事務取扱"
    )
    package = ward.read()
    assert package.findings == []
    assert only(package.records["orders"], order_no="2709998")["seat"] == "acting"


def test_attached_files_arrive_typed(ward: Ward) -> None:
    records = ward.read().records
    muster = records["muster"][0].values
    assert isinstance(muster["lat"], float)
    assert isinstance(muster["walk_minutes"], int)
    declared = records["declarations"][0].values
    assert declared["day"].__class__ is date
    assert declared["ambition"] in {True, False}
    assert records["training"][0].values["hours"] == 3.0
    assert records["licences"][0].values["expires"] is None


def test_code_tables_give_the_grade_of_a_post(ward: Ward) -> None:
    posts = ward.read().tables["post"]
    assert (posts["050"].name, posts["050"].grade) == ("係長", 3)
    assert posts["080"].grade is None


def test_a_value_with_commas_quotes_and_line_breaks_is_kept_letter_by_letter(ward: Ward) -> None:
    note = '通勤届 再提出\r\n（2026/9/30 受理）通称は"かもめ", 以上'
    ward.set(MASTER, 1, 備考=note)
    assert ward.told() == []
    assert person(ward, "0001058")["note"] == note


def test_a_phone_with_a_country_code_is_no_formula(ward: Ward) -> None:
    ward.set(MASTER, 1, 携帯TEL="+81-90-0000-1111", 備考="-3")
    ward.set(DECLARATIONS, 1, 配慮事項="－")
    assert ward.told() == []


def test_old_and_new_forms_of_a_name_on_an_order_are_one_name(ward: Ward) -> None:
    for file in (MASTER, LATER):
        row = ward.record(file, 職員番号="0019330")
        ward.set(file, row, 氏名漢字="髙西　尚子", 氏名ｶﾅ="ﾀｶﾆｼ ﾅｵｺ")
    ward.set(ORDERS, ward.record(ORDERS, 発令番号="2700285"), 漢字氏名="高西　尚子")
    ward.set(ORDERS, ward.record(ORDERS, 発令番号="2700183"), 漢字氏名="髙西　尚子")
    assert ward.told() == []


def test_twelve_digits_that_are_no_my_number_pass(ward: Ward) -> None:
    ward.set(MASTER, 1, 備考="整理番号 123456789012")
    assert ward.told() == []


def test_a_person_whose_name_changes_on_the_day_may_be_called_by_either(ward: Ward) -> None:
    ward.set(ORDERS, ward.record(ORDERS, 発令番号="2700522"), 漢字氏名="佐藤　美佳")
    assert ward.told() == []


def test_an_empty_place_in_an_attached_file_is_no_departure(ward: Ward) -> None:
    ward.set(MUSTER, 1, 徒歩参集分="", 徒歩距離KM="", 緯度="", 経度="")
    assert ward.told() == []
