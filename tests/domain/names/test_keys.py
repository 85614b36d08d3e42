"""Finding by a reading, and 五十音順."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meibo.domain.names import collation_key, kana, reading_key

KATAKANA = st.text(st.sampled_from([chr(point) for point in range(0x30A1, 0x30F7)] + ["ー", " "]))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("コウイチ", "こーいち"),
        ("コウイチ", "コオイチ"),
        ("ケイコ", "ケーコ"),
        ("ミヅキ", "ミズキ"),
        ("チヂミ", "チジミ"),
        ("カヲル", "カオル"),
        ("ヴァイオレット", "バイオレット"),
        ("ﾔﾏﾀﾞ ﾀﾛｳ", "やまだたろう"),
        ("スミス・ジョン", "スミス ジョン"),
    ],
)
def test_the_same_sound_gives_the_same_key(one: str, other: str) -> None:
    assert reading_key(one) == reading_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("オノ", "オオノ"), ("タカタ", "タカダ"), ("キョウコ", "キヨウコ"), ("ハナ", "バナ")],
)
def test_other_sounds_keep_other_keys(one: str, other: str) -> None:
    assert reading_key(one) != reading_key(other)


@given(KATAKANA)
def test_what_is_typed_so_far_begins_the_key(text: str) -> None:
    whole = kana(text.replace(" ", "")).value
    for end in range(len(whole)):
        if whole[end : end + 1] not in "ァィゥェォ":  # ヴ alone is ブ, ヴァ is バ
            assert reading_key(whole).startswith(reading_key(whole[:end]))


def in_order(*readings: str) -> None:
    assert [*map(collation_key, readings)] == sorted(map(collation_key, readings))
    assert len({*map(collation_key, readings)}) == len(readings)


def test_the_order_is_that_of_the_fifty_sounds() -> None:
    in_order("アイ", "イノウエ", "ウエダ", "エトウ", "オノ", "カトウ", "ワタナベ", "ヲノ")


def test_all_of_one_family_name_stand_together() -> None:
    in_order("ハタ　イチロウ", "ハタ　ジロウ", "ハダ　イチロウ", "ハタケ　アイ")


def test_plain_comes_before_voiced_before_half_voiced() -> None:
    in_order("ハハ", "ハバ", "ハパ", "バハ", "パハ")


def test_voice_decides_only_after_every_letter() -> None:
    in_order("バア", "ハイ")


def test_long_mark_small_kana_and_plain_kana_follow_each_other() -> None:
    in_order("カーサ", "カアサ")
    in_order("ハットリ", "ハツトリ")


def test_a_long_mark_stands_where_its_vowel_would() -> None:
    in_order("コア", "コーダ", "コカ")


def test_the_shorter_comes_first_and_the_missing_last() -> None:
    in_order("オノ", "オノダ", "オノデラ", "")
    in_order("オノ　アイ", "オノダ　アイ")


def test_script_does_not_matter() -> None:
    assert collation_key("ｵﾉ ｱｲ") == collation_key("おの　あい") == collation_key("オノ　アイ")


@given(KATAKANA, KATAKANA)
def test_two_readings_are_equal_in_order_only_if_they_are_equal(one: str, other: str) -> None:
    same = kana(one).value.replace("・", "　") == kana(other).value.replace("・", "　")
    if collation_key(one) == collation_key(other) and not same:
        # Only letters that Unicode writes in two ways may fall together.
        assert {"ヵ", "ヶ", "ヮ", "ワ", "カ", "ケ"} & set(one + other)
