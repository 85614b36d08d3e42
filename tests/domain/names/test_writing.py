"""What is stored and printed."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meibo.domain.names import Reason, alike, doubts, exact, same_writing


def test_a_canonical_name_passes_untouched() -> None:
    assert exact("葛\U000e0100西　麻美") == exact("葛\U000e0100西　麻美")
    assert exact("葛\U000e0100西　麻美").value == "葛\U000e0100西　麻美"
    assert exact("葛\U000e0100西　麻美").reasons == ()


def test_spaces_at_the_end_fall_away_and_are_named() -> None:
    mended = exact("八木　恵　　")
    assert mended.value == "八木　恵"
    assert mended.reasons == (Reason.OUTER_SPACE,)


@pytest.mark.parametrize("gap", [" ", "  ", "　　", " 　", "\t", "\u00a0"])
def test_any_gap_becomes_one_ideographic_space(gap: str) -> None:
    mended = exact(f"小林{gap}剛")
    assert mended.value == "小林　剛"
    assert mended.reasons == (Reason.INNER_SPACE,)


def test_letters_that_cannot_be_seen_are_taken_out_and_named() -> None:
    mended = exact("\ufeff小林　剛\u200b\x1a")
    assert mended.value == "小林　剛"
    assert mended.reasons == (Reason.INVISIBLE,)


def test_a_name_of_three_parts_keeps_them() -> None:
    assert exact("グエン ティ ラン").value == "グエン　ティ　ラン"


def test_compatibility_ideographs_are_not_normalised_away() -> None:
    name = "\ufa19谷　\ufa1b子"
    assert unicodedata.normalize("NFC", name) != name
    assert exact(name).value == name


@given(st.text())
def test_mending_twice_is_mending_once(text: str) -> None:
    once = exact(text).value
    assert exact(once).value == once
    assert exact(once).reasons == ()


def test_writing_is_compared_letter_by_letter() -> None:
    assert same_writing("髙橋　愛", "髙橋  愛 ")
    assert not same_writing("髙橋　愛", "高橋　愛")
    assert not same_writing("葛\U000e0100西", "葛西")
    assert not same_writing("塚", "\ufa10")
    assert same_writing("ガ", "カ\u3099")


def test_alike_only_hints() -> None:
    assert alike("髙橋　愛", "高橋　愛")
    assert not alike("高橋　愛", "高橋　恵")


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("\ue03e内　駿", Reason.UNMAPPED),
        ("渡〓　健", Reason.REPLACED),
        ("渡? 健", Reason.REPLACED),
        ("ﾔﾏﾀﾞ 太郎", Reason.HALF_WIDTH_KANA),
        ("山田太郎", Reason.NO_GAP),
        (" 　", Reason.EMPTY),
    ],
)
def test_a_doubtful_name_is_named_but_not_mended(name: str, reason: Reason) -> None:
    assert doubts(name) == (reason,)
    assert reason.message
    assert reason.action


def test_an_ordinary_name_raises_no_doubt() -> None:
    assert doubts("葛\U000e0100西　麻美") == ()
    assert doubts("グエン　ティ　ラン") == ()
