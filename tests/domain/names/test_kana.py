"""Readings as files give them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meibo.domain.names import Reason, Script, kana


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ﾜﾀﾅﾍﾞ ｹﾝｲﾁ", "ワタナベ　ケンイチ"),
        ("ﾊﾟｰﾊﾞﾗ", "パーバラ"),
        ("しらい　けんと", "シライ　ケント"),
        ("マツバ　イツキ", "マツバ　イツキ"),
        ("ｽﾐｽ･ｼﾞｮﾝ", "スミス・ジョン"),
        ("ﾀｶﾊｼ-", "タカハシー"),
        ("サ−ヤ", "サーヤ"),
        ("カ\u3099", "ガ"),
        ("か゛", "ガ"),
    ],
)
def test_any_kana_becomes_full_width_katakana(text: str, value: str) -> None:
    assert kana(text).value == value
    assert kana(text).reasons == ()


def test_the_script_is_told_for_columns_that_expect_another() -> None:
    assert kana("ﾜﾀﾅﾍﾞ ｹﾝ").scripts == {Script.HALF_WIDTH}
    assert kana("しらい　けんと").scripts == {Script.HIRAGANA}
    assert kana("マツバ　ｲﾂｷ").scripts == {Script.KATAKANA, Script.HALF_WIDTH}
    assert kana("山田 Taro").scripts == {Script.OTHER, Script.LATIN}


@pytest.mark.parametrize("text", ["", "  ", "　"])
def test_no_reading_is_a_missing_one(text: str) -> None:
    assert kana(text).reasons == (Reason.MISSING,)


@pytest.mark.parametrize("text", ["山田 ﾀﾛｳ", "Yamada ﾀﾛｳ", "ﾔﾏﾀﾞ ﾀﾛｳ2"])
def test_letters_that_are_no_kana_stay_and_are_named(text: str) -> None:
    assert kana(text).reasons == (Reason.NOT_KANA,)


def test_kanji_in_a_reading_are_not_normalised() -> None:
    assert kana("\ufa19 ﾀﾛｳ").value == "\ufa19　タロウ"


@pytest.mark.parametrize("text", ["ｱﾞﾍﾞ ﾀﾛｳ", "ーﾔﾏ ﾀﾛｳ", "ﾀﾛｯ"])
def test_marks_that_stand_where_they_cannot_are_named(text: str) -> None:
    assert kana(text).reasons == (Reason.STRAY_MARK,)


@pytest.mark.parametrize("text", ["ﾔﾏﾀﾞ ｼﾞﾕﾝｺ", "ｱﾗｶﾜ ｷﾖｳｺ", "ﾐﾅﾓﾄ ﾘﾕｳﾉｽｹ", "ﾅｶｼﾞﾖｳ ﾚｲ", "ﾓﾘ ｼﾖｳｲﾁ"])
def test_a_large_kana_that_was_meant_small_is_seen(text: str) -> None:
    assert kana(text).reasons == (Reason.LARGE_KANA,)


@pytest.mark.parametrize(
    "text",
    [
        "ﾐﾔｳﾁ ﾄｼﾕｷ",
        "ﾂﾁﾔ ﾐﾕｷ",
        "ｷﾖｳﾗ ｹｲｺﾞ",
        "ｱﾍﾞ ｷﾖ",
        "ﾏﾂﾓﾄ ｶﾖｺ",
        "ﾆｼﾔﾏ ﾖｳｺ",
        "ﾊﾔｼ ﾕｳｼﾞ",
        "ﾀｶﾊｼ ﾖｳｲﾁ",
    ],
)
def test_a_large_kana_that_is_right_is_left_alone(text: str) -> None:
    assert kana(text).reasons == ()


@given(st.text())
def test_no_text_is_refused_and_the_value_is_stable(text: str) -> None:
    value = kana(text).value
    assert kana(value).value == value
