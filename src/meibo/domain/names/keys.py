"""Keys of a reading: one to find by (loose), one to put in order by (五十音順)."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from meibo.domain.names.kana import kana
from meibo.domain.names.writing import GAP

SAME_SOUND: Final = str.maketrans(
    {"ヂ": "ジ", "ヅ": "ズ", "ヲ": "オ", "ヰ": "イ", "ヱ": "エ", "ヶ": "ケ", "ヵ": "カ"}
)
_V: Final = re.compile("ヴ([ァィゥェォ]?)")
_B: Final = {"": "ブ", "ァ": "バ", "ィ": "ビ", "ゥ": "ブ", "ェ": "ベ", "ォ": "ボ"}

ROWS: Final = {
    "a": "アカサタナハマヤラワガザダバパァャヮ",
    "i": "イキシチニヒミリギジビピィ",
    "u": "ウクスツヌフムユルグズブプゥュ",
    "e": "エケセテネヘメレゲゼデベペェ",
    "o": "オコソトノホモヨロゴゾドボポォョ",
}
_LONG: Final = re.compile(
    f"([{ROWS['o']}])[ウオー]|([{ROWS['u']}])[ウー]|([{ROWS['e']}])[イエー]"
    f"|([{ROWS['a']}])[アー]|([{ROWS['i']}])[イー]"
)
_NO_LETTER: Final = re.compile("[・\\s]")


def reading_key(text: str) -> str:
    """A reading for loose matching: same sound, same key; spaces and ・ are gone.

    ヂ=ジ, ヅ=ズ, ヲ=オ, ヴ=ブ, and a long vowel is ー however written (コウ, コオ, コー; ケイ).
    A short vowel stays short: オノ and オオノ differ here (they meet in `romaji_key`). A space is
    taken for the border of two parts, over which no vowel grows long.
    """
    return "".join(_part_key(part) for part in kana(text).value.split(GAP))


@lru_cache(maxsize=32768)
def _part_key(part: str) -> str:
    same = _NO_LETTER.sub("", _V.sub(lambda found: _B[found[1]], part.translate(SAME_SOUND)))
    return _LONG.sub(lambda found: found[0][0] + "ー", same)


#: Third rank of JIS X 4061: long mark < small kana < repeat mark < plain kana.
_SMALL: Final = dict(zip("ァィゥェォッャュョヮヵヶ", "アイウエオツヤユヨワカケ", strict=True))
_VOWEL_OF: Final = {
    letter: vowel for vowel, row in zip("アイウエオ", ROWS.values(), strict=True) for letter in row
}
_VOICES: Final = {"\u3099": "3", "\u309a": "4"}
#: Between the ranks of a part, and between parts: below every letter, so the shorter comes first.
_BELOW: Final = "\x01"
_LAST: Final = "\uffff"


def collation_key(text: str) -> str:
    """A reading for 五十音順, in the spirit of JIS X 4061: compare keys by code point.

    Family name before given name; of each first the plain kana (ハ = バ = パ, ッ = ツ, カー =
    カア), then 清音 < 濁音 < 半濁音, then ー < small < ヽ < plain. The shorter comes first, Latin
    before kana, a missing reading last. Sort keys in Python as they are, in SQLite under BINARY, in
    PostgreSQL under "C".
    """
    value = kana(text).value
    if not value:
        return _LAST
    return _BELOW.join(_part_rank(part) for part in value.replace("・", GAP).split(GAP))


@lru_cache(maxsize=32768)
def _part_rank(part: str) -> str:
    plain: list[str] = []
    voices: list[str] = []
    kinds: list[str] = []
    for letter in part:
        base, voice, kind = _ranked(letter, plain[-1] if plain else "")
        plain.append(base)
        voices.append(voice)
        kinds.append(kind)
    return _BELOW.join(("".join(plain), "".join(voices), "".join(kinds)))


def _ranked(letter: str, before: str) -> tuple[str, str, str]:
    """The plain kana of one letter, its voice (2 清, 3 濁, 4 半濁), its kind (2 ー … 5 plain)."""
    if letter == "ー" and before:
        return _VOWEL_OF.get(before, before), "2", "2"
    if letter in "ヽヾ" and before:
        return before, "3" if letter == "ヾ" else "2", "4"
    if letter in _SMALL:
        return _SMALL[letter], "2", "3"
    taken_apart = unicodedata.normalize("NFD", letter)
    return taken_apart[0], _VOICES.get(taken_apart[1:], "2"), "5"
