"""Readings: any kana into full-width katakana, with what is odd about it.

Nothing here refuses a reading. The value is always the best that can be made of the text, and
`reasons` says what a person should look at.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from meibo.domain.names.reasons import Reason
from meibo.domain.names.writing import GAP, composed_kana, exact


class Script(StrEnum):
    """In what letters a reading came; a feed definition says which one it expects."""

    HALF_WIDTH = "半角カナ"
    KATAKANA = "カタカナ"
    HIRAGANA = "ひらがな"
    LATIN = "英字"
    OTHER = "漢字など"


@dataclass(frozen=True, slots=True)
class Kana:
    """A reading in full-width katakana, one U+3000 between its parts.

    `scripts` holds every script met in the text as it came; `reasons` what is odd about it.
    """

    value: str
    reasons: tuple[Reason, ...] = ()
    scripts: frozenset[Script] = frozenset()


#: ﾞ and ﾟ become combining marks, so that NFC joins them with the kana before.
_MARKS: Final = {"ﾞ": "\u3099", "ﾟ": "\u309a", "゛": "\u3099", "゜": "\u309a"}
_TO_KATAKANA: Final = str.maketrans(
    {chr(point): chr(point + 0x60) for point in range(0x3041, 0x3097)}
    | {"ゝ": "ヽ", "ゞ": "ヾ"}
    | {chr(point): unicodedata.normalize("NFKC", chr(point)) for point in range(0xFF65, 0xFF9E)}
    | _MARKS
)
_DASHES: Final = re.compile("(?<=[ァ-ヺー])[-‐‑‒–—―−─－ｰ]")
_SCRIPTS: Final = (
    (Script.HALF_WIDTH, re.compile("[ｦ-ﾟ]")),
    (Script.HIRAGANA, re.compile("[ぁ-ゖゝゞ]")),
    (Script.KATAKANA, re.compile("[ァ-ヺヽヾ]")),
    (Script.LATIN, re.compile("[A-Za-zＡ-Ｚａ-ｚ]")),
    (Script.OTHER, re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff々]")),
)
_NOT_KANA: Final = re.compile("[^ァ-ヺーヽヾ・\u3099\u309a]")
_STRAY: Final = re.compile("(^|・)[ーヽヾッ]|[\u3099\u309a]|ッ($|・)|ーー")
#: A large ヤユヨ where a small one is meant, as far as the kana alone can tell: シヨウジ, キヨウコ,
#: ジユンイチ, リユウノスケ, カミジヨウ. 喜代 キヨ, 志優 シユウ, 清浦 キヨウラ are right.
_LARGE: Final = re.compile("^[シジリキ](?:ヨウ|ユウ|ユン)(?=[イコジスタヘノゾ])|.ジヨウ$")


@lru_cache(maxsize=4096)
def kana(text: str) -> Kana:
    """`text`, a reading in whatever kana, as full-width katakana with one U+3000 between parts.

    Never raises. Kanji and Latin letters stay as they are and are named in `reasons`
    (`NOT_KANA`); an empty text is `MISSING`; a large ヤユヨ that looks as if meant small is
    `LARGE_KANA`, and stays: with the kanji beside it `judge_reading` knows better, ask it first.
    """
    tidy = exact(text)
    if not tidy.value:
        return Kana("", (Reason.MISSING,))
    parts = [_part(part) for part in tidy.value.split(GAP)]
    # A half-width space between the parts is how half-width kana are written: no finding.
    mended = [reason for reason in tidy.reasons if reason is not Reason.INNER_SPACE]
    odd = [reason for part in parts for reason in part.reasons]
    return Kana(
        GAP.join(part.value for part in parts),
        tuple(dict.fromkeys(mended + odd)),
        frozenset().union(*(part.scripts for part in parts)),
    )


@lru_cache(maxsize=32768)
def _part(text: str) -> Kana:
    value = _DASHES.sub("ー", composed_kana(text.translate(_TO_KATAKANA)))
    tests = (
        (Reason.STRAY_MARK, _STRAY.search(value)),
        (Reason.NOT_KANA, _NOT_KANA.search(value)),
        (Reason.LARGE_KANA, _LARGE.search(value)),
    )
    return Kana(
        value,
        tuple(reason for reason, found in tests if found),
        frozenset(script for script, letters in _SCRIPTS if letters.search(text)),
    )
