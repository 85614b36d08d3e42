"""What is typed, taken apart."""

import pytest

from meibo.domain.finding import Script, parse
from meibo.domain.finding.query import MAX_WORDS


def forms(text: str) -> dict[str, frozenset[Script]]:
    [word] = parse(text).words
    return {form.text: form.scripts for form in word.forms}


def test_words_are_parted_by_white_space_of_any_width() -> None:
    assert [w.typed for w in parse("福祉　高橋 花子\t課長").words] == [
        "福祉",
        "高橋",
        "花子",
        "課長",
    ]


def test_a_comma_parts_words_as_well() -> None:
    assert [w.typed for w in parse("福祉、高橋,花子").words] == ["福祉", "高橋", "花子"]


@pytest.mark.parametrize("nothing", ["", "  ", "　", "-", "・・・", "()", "%", "\x00"])
def test_signs_alone_ask_for_nothing(nothing: str) -> None:
    assert not parse(nothing)


def test_a_word_said_twice_counts_once() -> None:
    assert len(parse("高橋 高橋").words) == 1


@pytest.mark.parametrize("typed", ["たかはし", "タカハシ", "ﾀｶﾊｼ"])
def test_a_reading_is_the_same_in_every_kana(typed: str) -> None:
    assert Script.READING in forms(typed)["タカハシ"]


def test_a_long_vowel_is_looked_for_as_written_and_as_heard() -> None:
    assert set(forms("おおの")) == {"オオノ", "オーノ"}


def test_romaji_are_looked_for_loosely_and_as_plain_text() -> None:
    found = forms("ohno")
    assert Script.ROMAJI in found["ono"]
    assert Script.TEXT in found["ohno"]


def test_a_number_is_the_same_with_and_without_hyphens_and_in_any_width() -> None:
    for typed in ("03-1234-5678", "０３－１２３４－５６７８", "03(1234)5678"):
        assert Script.NUMBER in forms(typed)["0312345678"]


def test_kanji_are_no_reading_no_romaji_and_no_number() -> None:
    assert all(
        s in {Script.TEXT, Script.NAME} for scripts in forms("高橋").values() for s in scripts
    )


def test_variants_of_a_kanji_are_folded() -> None:
    assert set(forms("髙橋")) == set(forms("高橋"))


def test_an_ordinal_is_looked_for_in_both_kinds_of_digits() -> None:
    assert set(forms("第2係")) == {"第2係", "第二係"}
    assert set(forms("第十二出張所")) == {"第十二出張所", "第12出張所"}


def test_what_an_input_method_has_not_finished_does_not_stand_in_the_way() -> None:
    assert Script.READING in forms("たかｈ")["タカ"]


def test_a_query_too_long_is_cut_and_says_so() -> None:
    long = parse(" ".join(f"語{i}" for i in range(MAX_WORDS + 1)))
    assert len(long.words) == MAX_WORDS
    assert long.cut
    assert parse("あ" * 1000).cut
    assert not parse("高橋").cut
