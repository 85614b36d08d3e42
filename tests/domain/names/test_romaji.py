"""Romaji: written once, found however they are spelled."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meibo.domain.names import romaji, romaji_key

SYLLABLES = (
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン"
    "ガギグゲゴザジズゼゾダヂヅデドバビブベボパピプペポ"
)
READINGS = st.lists(
    st.one_of(
        st.sampled_from(SYLLABLES),
        st.sampled_from(["シャ", "シュ", "ショ", "チャ", "チュ", "チョ", "ジャ", "ジュ", "ジョ"]),
        st.sampled_from(["キョ", "リュ", "ョウ", "ッカ", "ッチ", "ッシ", "ッパ", "ー", " "]),
    ),
    min_size=1,
    max_size=8,
).map("".join)


@pytest.mark.parametrize(
    ("reading", "spelled", "plain"),
    [
        ("オノ ショウタ", "Ono Shōta", "Ono Shota"),
        ("ｵｵﾉ ﾖｳｺ", "Ōno Yōko", "Ono Yoko"),
        ("イノウエ ユウコ", "Inoue Yūko", "Inoue Yuko"),
        ("マツウラ ケンイチ", "Matsuura Ken'ichi", "Matsuura Kenichi"),
        ("ミヤノウチ ジュン", "Miyanouchi Jun", "Miyanouchi Jun"),
        ("ヒロオカ トオル", "Hirooka Tōru", "Hirooka Toru"),
        ("ヨコオ チヅ", "Yokoo Chizu", "Yokoo Chizu"),
        ("オオウチ シンペイ", "Ōuchi Shinpei", "Ouchi Shinpei"),
        ("ハットリ イッチョウ", "Hattori Itchō", "Hattori Itcho"),
        ("ニイミ サアヤ", "Niimi Saaya", "Niimi Saaya"),
        ("スミス・サーヤ", "Sumisu Sāya", "Sumisu Saya"),
        ("フジイ カヲリ", "Fujii Kaori", "Fujii Kaori"),
    ],
)
def test_readings_are_spelled_in_hepburn(reading: str, spelled: str, plain: str) -> None:
    assert romaji(reading) == spelled
    assert romaji(reading, plain=True) == plain


@pytest.mark.parametrize(
    ("reading", "spellings"),
    [
        ("オオノ", "ono ohno oono ōno Ohno ôno"),
        ("シンジョウ", "shinjo shinjyo sinjo sinzyo shinjou shinjoh"),
        ("イトウ", "ito itoh itou itō"),
        ("クンペイ", "kumpei kunpei"),
        ("ホンマ", "honma homma"),
        ("ジュ", "ju jyu zyu"),
        ("ツチヤ", "tsuchiya tutiya tsutiya"),
        ("フジイ", "fujii huzii fuji"),
        ("ショウジ", "Shouji Shoji Syouji syozi"),
        ("ハッチョウ", "hatcho hacchou hattyou haccho"),
        ("ジュンイチ", "junichi jun'ichi jun-ichi zyunichi junnichi"),
        ("コウヤマ", "koyama kohyama kouyama"),
        ("オオシマ", "ohshima oshima oosima"),
        ("マツウラ", "matsuura matsura matuura"),
        ("リュウジ", "ryuji ryuuji ryūji lyuji"),
        ("カヲル", "kaoru kaworu"),
        ("ミヅキ", "mizuki miduki midzuki"),
        ("サトウ ショウタ", "satoshota SATO-SHOTA ｓａｔｏｓｙｏｔａ"),
    ],
)
def test_every_usual_spelling_finds_the_reading(reading: str, spellings: str) -> None:
    expected = romaji_key(romaji(reading))
    assert {romaji_key(spelling) for spelling in spellings.split()} == {expected}


def test_ono_finds_both_the_small_and_the_great_field() -> None:
    assert romaji_key("ono") == romaji_key(romaji("オノ")) == romaji_key(romaji("オオノ"))


@pytest.mark.parametrize(
    ("one", "other"),
    [("ono", "uno"), ("kato", "kado"), ("sato", "saito"), ("ishi", "ichi"), ("kei", "ke")],
)
def test_other_names_keep_other_keys(one: str, other: str) -> None:
    assert romaji_key(one) != romaji_key(other)


@given(READINGS)
def test_romaji_and_kana_of_one_reading_share_a_key(reading: str) -> None:
    key = romaji_key(romaji(reading))
    assert romaji_key(romaji(reading, plain=True)) == key
    assert romaji_key(reading) == key
    assert romaji_key(romaji(reading).upper()) == key


@given(READINGS)
def test_what_is_typed_so_far_begins_the_key(reading: str) -> None:
    whole = romaji(reading, plain=True)
    for end in range(len(whole)):
        assert romaji_key(whole).startswith(romaji_key(whole[:end]))


@given(READINGS)
def test_plain_romaji_are_plain(reading: str) -> None:
    assert romaji(reading, plain=True).isascii()
