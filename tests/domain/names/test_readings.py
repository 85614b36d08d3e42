"""Is this kana the reading of these characters? What is right is never called wrong."""

import random

import pytest

from meibo.domain.names import (
    ReadingTables,
    Reason,
    is_reading_of,
    judge_reading,
)

RIGHT = [
    "東　一郎 アズマ イチロウ",
    "東　一郎 ヒガシ イチロウ",
    "河野　美咲 コウノ ミサキ",
    "河野　美咲 カワノ ミサキ",
    "上村　健太 ウエムラ ケンタ",
    "上村　健太 カミムラ ケンタ",
    "中條　玲子 チュウジョウ レイコ",
    "中條　玲子 ナカジョウ レイコ",
    "山崎　愛 ヤマサキ マナ",
    "山﨑　愛 ヤマザキ アイ",
    "中島　萌絵 ナカシマ モエ",
    "中嶋　眞由 ナカジマ マユ",
    "髙橋　惠里香 タカハシ エリカ",
    "渡邉\U000e0102　俊之 ワタナベ トシユキ",
    "佐々木　大翔 ササキ ヒロト",
    "狩野　修 カノウ オサム",
    "狩野　修 カリノ オサム",
    "東海林　翔 ショウジ ショウ",
    "羽生　結 ハニュウ ユイ",
    "新谷　光 アラヤ ヒカル",
    "熊谷　光 クマガイ ヒカリ",
    "熊谷　光 クマガヤ コウ",
    "服部　蓮 ハットリ レン",
    "井上　さくら イノウエ サクラ",
    "一ノ瀬　拓 イチノセ タク",
    "グエン　ラン グエン ラン",
    "小野　ひろゆき オノ ヒロユキ",
]


@pytest.mark.parametrize("pair", RIGHT)
def test_genuine_readings_are_right(pair: str, tables: ReadingTables) -> None:
    name, surname, given = pair.split(" ")
    assert is_reading_of(name, f"{surname} {given}", tables)


@pytest.mark.parametrize(
    ("name", "reading"),
    [
        ("小松　亜希子", "ヤマカワ トモミ"),
        ("村上　彩花", "タニグチ ヒロコ"),
        ("佐藤　太郎", "スズキ ハナコ"),
        ("高橋　直美", "タカハシ ダイスケ"),
        ("髙橋　恵子", "ヤマモト ケイコ"),
    ],
)
def test_the_reading_of_another_person_is_wrong(
    name: str, reading: str, tables: ReadingTables
) -> None:
    verdict = judge_reading(name, reading, tables)
    assert verdict.right is False
    assert verdict.reasons == (Reason.OTHER_READING,)


def test_family_and_given_name_in_the_wrong_order_are_named_as_such(
    tables: ReadingTables,
) -> None:
    verdict = judge_reading("小松　亜希子", "アキコ コマツ", tables)
    assert verdict.right is False
    assert verdict.reasons == (Reason.SWAPPED_PARTS,)


@pytest.mark.parametrize(
    ("name", "reading"),
    [
        ("朴　成浩", "パク ソンホ"),
        ("金　美英", "キム ミヨン"),
        ("林　美英", "イム ミヨン"),
        ("グエン　ティ　ラン", "グエン ティ ラン"),
        ("鈴木　月", "スズキ ライト"),
        ("高橋　希空", "タカハシ ノア"),
        ("\ue03e内　駿", "ミヤウチ シュン"),
        ("不知火　司", "タカハシ ツカサ"),
        ("渡邉　彬之", "ワタナベ ヨシユキ"),
        ("後藤　育子", "ゴトウ クミコ"),
        ("山田太郎", "ヤマダ タロウ"),
        ("山田　太郎", ""),
        ("", "ヤマダ タロウ"),
    ],
)
def test_what_no_table_can_tell_is_not_called_wrong(
    name: str, reading: str, tables: ReadingTables
) -> None:
    assert is_reading_of(name, reading, tables) is not False


def test_a_surname_alone_can_be_asked_for(tables: ReadingTables) -> None:
    assert is_reading_of("今枝", "ｲﾏｴﾀﾞ", tables)
    assert is_reading_of("高橋", "タニグチ", tables) is False


@pytest.mark.parametrize(
    ("name", "reading", "mended"),
    [
        ("前田　純子", "ﾏｴﾀﾞ ｼﾞﾕﾝｺ", "マエダ　ジュンコ"),
        ("荒川　京子", "ｱﾗｶﾜ ｷﾖｳｺ", "アラカワ　キョウコ"),
        ("川島　俊", "ｶﾜｼﾏ ｼﾕﾝ", "カワシマ　シュン"),
        ("服部　修", "ﾊﾂﾄﾘ ｼﾕｳ", "ハットリ　シュウ"),
        ("中條　隆一", "ﾁﾕｳｼﾞﾖｳ ﾘﾕｳｲﾁ", "チュウジョウ　リュウイチ"),
    ],
)
def test_kana_written_too_large_are_mended_by_the_kanji(
    name: str, reading: str, mended: str, tables: ReadingTables
) -> None:
    verdict = judge_reading(name, reading, tables)
    assert verdict.right
    assert verdict.reasons == (Reason.LARGE_KANA,)
    assert verdict.mended == mended


@pytest.mark.parametrize(
    ("name", "reading"),
    [
        ("宮城　美幸", "ﾐﾔｷﾞ ﾐﾕｷ"),
        ("土屋　敏幸", "ﾂﾁﾔ ﾄｼﾕｷ"),
        ("八田　章子", "ﾊﾂﾀ ｱﾂｺ"),
        ("阿部　喜代", "ｱﾍﾞ ｷﾖ"),
        ("安西　達也", "ｱﾝｻﾞｲ ﾀﾂﾔ"),
        ("立花　律子", "ﾀﾁﾊﾞﾅ ﾘﾂｺ"),
        ("都築　千代", "ﾂﾂﾞｷ ﾁﾖ"),
    ],
)
def test_large_kana_that_are_right_stay_large(
    name: str, reading: str, tables: ReadingTables
) -> None:
    verdict = judge_reading(name, reading, tables)
    assert verdict.reasons == ()
    assert verdict.mended is None


def test_no_entry_of_the_tables_is_called_wrong(tables: ReadingTables) -> None:
    surnames = sorted((name, key) for name, keys in tables.surnames.items() for key in keys)
    given = sorted((name, key) for name, keys in tables.given.items() for key in keys)
    picked = random.Random(20261101).sample(given, len(surnames))
    wrong = [
        f"{surname} {name}"
        for (surname, surname_key), (name, name_key) in zip(surnames, picked, strict=True)
        if is_reading_of(f"{surname}　{name}", f"{surname_key}　{name_key}", tables) is False
    ]
    assert not wrong


def test_nine_of_ten_readings_of_others_are_noticed(tables: ReadingTables) -> None:
    chance = random.Random(20270401)
    surnames = sorted((name, key) for name, keys in tables.surnames.items() for key in keys)
    usual = sorted(
        (name, key)
        for name, keys in tables.given.items()
        for key in keys
        if tables.given_keys[key] >= 20
    )
    noticed = 0
    for _ in range(2000):
        one, other = chance.sample(surnames, 2)
        name, stranger = chance.sample(usual, 2)
        verdict = is_reading_of(f"{one[0]}　{name[0]}", f"{other[1]}　{stranger[1]}", tables)
        noticed += verdict is False
    assert noticed >= 1800
