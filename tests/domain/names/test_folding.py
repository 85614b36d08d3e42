"""What search takes for the same name."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meibo.domain.names import Folding, VariantRow, fold, variant_rows, variants
from meibo.domain.names.variants import GROUPS


@pytest.mark.parametrize(
    ("typed", "on_record"),
    [
        ("高橋", "髙橋"),
        ("高橋", "高𣘺"),
        ("山崎", "山﨑"),
        ("山崎", "山𥔎"),
        ("渡辺", "渡邉"),
        ("渡辺", "渡邊"),
        ("渡辺", "渡邉\U000e0102"),
        ("渡邊", "渡邊\U000e0105"),
        ("斎藤", "齊藤"),
        ("斉藤", "齋藤"),
        ("浜田", "濵田"),
        ("浜田", "濱田"),
        ("徳田", "德田"),
        ("吉野", "𠮷野"),
        ("大塚", "大\ufa10"),
        ("福田", "\ufa1b田"),
        ("神谷", "\ufa19谷"),
        ("葛西", "葛\U000e0100西"),
        ("辻", "辻\U000e0100"),
        ("広沢", "廣澤"),
        ("国分", "國分"),
        ("真理", "眞理"),
        ("恵", "惠"),
        ("中条", "中條"),
        ("小島", "小嶋"),
        ("小島", "小嶌"),
        ("竜", "龍"),
        ("富田", "冨田"),
        ("桑原", "桒原"),
        ("柳川", "栁川"),
        ("館", "舘"),
        ("土屋", "𡈽屋"),
        ("土田", "圡田"),
        ("脇本", "𦚰本"),
        ("黒木", "黑木"),
        ("青山", "靑山"),
        ("横山", "橫山"),
        ("関根", "關根"),
        ("半沢", "半澤"),
        ("鴎外", "鷗外"),
        ("薮", "藪"),
        ("桧山", "檜山"),
        ("曽根", "曾根"),
    ],
)
def test_the_plain_writing_finds_the_variant(typed: str, on_record: str) -> None:
    assert fold(typed) == fold(on_record)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ワタナベ", "ﾜﾀﾅﾍﾞ"),
        ("わたなべ", "ワタナベ"),
        ("ガ", "カ\u3099"),
        ("パン屋", "ﾊﾟﾝ屋"),
        ("ONO", "ｏｎｏ"),
        ("Ōno", "ono"),
        ("小野　妹子", "小野妹子"),
        ("スミス・ジョン", "スミスジョン"),
        ("佐々木", "佐佐木"),
        ("みすゞ", "ミスズ"),
        ("コーヒー", "コ－ヒ―"),
        ("霞ヶ関", "霞が関"),
        ("霞ケ関", "霞ガ関"),
        ("三ヵ月", "三か月"),
        ("一の瀬", "一之瀬"),
        ("一ノ瀬", "一之瀬"),
        ("三ッ木", "三つ木"),
        ("第２係", "第2係"),
        ("(株)", "㈱"),
    ],
)
def test_width_case_kana_and_old_signs_make_no_difference(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("坂本", "阪本"),
        ("畑中", "畠中"),
        ("埼玉", "崎玉"),
        ("太田", "大田"),
        ("ハットリ", "ハツトリ"),
        ("キョウコ", "キヨウコ"),
        ("タカ", "タガ"),
        ("課長1", "課長2"),
    ],
)
def test_what_custom_holds_apart_stays_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_what_is_typed_so_far_is_the_beginning_of_the_whole() -> None:
    assert fold("霞ヶ関").startswith(fold("霞が"))
    assert fold("佐佐木").startswith(fold("佐々"))


def test_every_variant_stands_in_one_group_only() -> None:
    letters = [letter for group in GROUPS.split() for letter in group]
    assert len(letters) == len(set(letters))


def test_a_rare_variant_of_the_register_is_found_by_its_plain_letter() -> None:
    # U+351F stands in no table of ours: MJ縮退マップ names its plain letter.
    assert fold("㔟") == "勢"


def test_private_letters_stay_what_they_are() -> None:
    assert fold("\ue03e内") == "\ue03e内"


AWKWARD = "ヶケがガ々〻ヽヾゞーｰ-ﾞﾟ゛\u3099\u309aっッつカか月所国一佐木髙之 ・ァンウ\U000e0100"


@given(st.text(st.one_of(st.characters(), st.sampled_from(AWKWARD))))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(st.sampled_from("髙﨑邉齊斎浜田佐々木ガカヶア-ｶﾞ 之"), max_size=8))
def test_a_town_s_rows_keep_the_law(text: str) -> None:
    folding = Folding([VariantRow("田", "畑"), VariantRow("木", "キ")])
    assert folding.fold(folding.fold(text)) == folding.fold(text)


def test_a_town_joins_letters_of_its_own() -> None:
    rows, problems = variant_rows(
        [
            {"from": "阪", "to": "坂", "reason": "区では区別しない"},
            {"from": "𪜈", "to": "トモ"},
            {"from": "葛\U000e0100", "to": "クズ"},
        ]
    )
    assert not problems
    folding = Folding(rows)
    assert folding.fold("大阪") == folding.fold("大坂")
    assert folding.fold("𪜈子") == folding.fold("とも子")
    assert fold("大阪") != fold("大坂")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"from": "", "to": "坂"}, "1文字"),
        ({"from": "阪本", "to": "坂本"}, "1文字"),
        ({"from": "阪", "to": ""}, "1文字"),
        ({"from": "高", "to": "髙"}, "循環"),
    ],
)
def test_a_row_that_cannot_work_is_named_and_left_out(row: dict[str, str], said: str) -> None:
    good = {"from": "畠", "to": "畑"}
    rows, problems = variant_rows([good, row])
    assert [taken.variant for taken in rows] == ["畠"]
    assert [problem.row for problem in problems] == [2]
    assert said in problems[0].message


def test_two_rows_that_point_at_each_other_are_no_endless_loop() -> None:
    rows, problems = variant_rows([{"from": "阪", "to": "坂"}, {"from": "坂", "to": "阪"}])
    assert len(rows) == 1
    assert "循環" in problems[0].message


def test_the_rows_that_are_shipped_are_good_rows() -> None:
    town = Path(__file__).resolve().parents[3] / "town" / "names.csv"
    with town.open(encoding="utf-8", newline="") as lines:
        rows, problems = variant_rows(csv.DictReader(lines))
    assert rows
    assert not problems
    assert Folding(rows).fold("〆木") == fold("しめ木")


def test_a_table_of_variants_holds_what_folds_to_letters_that_are_there_and_no_more() -> None:
    own = Folding([VariantRow("祥", "翔")]).fold
    found = {each[0]: set(each[1:]) for each in variants(own, own("齋 翔𠮷ノ"))}
    assert set(found) == {"斎", "翔", "吉", "ノ"}
    assert found["斎"] >= set("斉齊齋亝")
    assert "祥" in found["翔"]
    assert "𠮷" in found["吉"]
    assert "之" in found["ノ"]
    assert all(own(other) == plain for plain, others in found.items() for other in others)
