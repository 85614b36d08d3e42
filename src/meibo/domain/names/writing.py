"""A name exactly as it is on record.

戸籍氏名 is kept character by character, with its variation selectors (IVS). No Unicode
normalisation: NFC alone would turn 神 (U+FA19) into 神 (U+795E), another letter on the register.
"""

import re
import unicodedata
from typing import Final

from meibo.domain.names.folding import fold
from meibo.domain.names.reasons import Mended, Reason

#: U+3000: what stands between the family name and the given name, once.
GAP: Final = "\u3000"

#: Controls, zero-width letters and direction marks. Variation selectors are none of these.
_INVISIBLE: Final = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]"
)
_GAPS: Final = re.compile(r"\s+")
_PRIVATE: Final = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
_REPLACED: Final = re.compile("[\ufffd〓□■?？]")
_MARKED_KANA: Final = re.compile("[ぁ-ヺ][\u3099\u309a]")
_HALF_KANA: Final = re.compile("[ｦ-ﾟ]")


def composed_kana(text: str) -> str:
    """Kana and a combining (han)dakuten as one letter; every other letter as it was."""
    if "\u3099" not in text and "\u309a" not in text:
        return text
    return _MARKED_KANA.sub(lambda found: unicodedata.normalize("NFC", found[0]), text)


def exact(text: str) -> Mended:
    """`text` as it is to be stored: trimmed, with one U+3000 where there was white space.

    Nothing else changes; a letter that cannot be seen (control, zero width) is taken out and
    named. `reasons` is empty when the text was canonical already.
    """
    reasons: list[Reason] = []
    seen = _INVISIBLE.sub("", text)
    if seen != text:
        reasons.append(Reason.INVISIBLE)
    trimmed = seen.strip()
    if trimmed != seen:
        reasons.append(Reason.OUTER_SPACE)
    value = _GAPS.sub(GAP, trimmed)
    if value != trimmed:
        reasons.append(Reason.INNER_SPACE)
    return Mended(value, tuple(reasons))


def doubts(text: str) -> tuple[Reason, ...]:
    """What a person should look at in a name on record; nothing of it is mended.

    A name without a gap may be right (a mononym of a foreign resident); it is only named.
    """
    value = exact(text).value
    if not value:
        return (Reason.EMPTY,)
    tests = (
        (Reason.UNMAPPED, bool(_PRIVATE.search(value))),
        (Reason.REPLACED, bool(_REPLACED.search(value))),
        (Reason.HALF_WIDTH_KANA, bool(_HALF_KANA.search(value))),
        (Reason.NO_GAP, GAP not in value),
    )
    return tuple(reason for reason, holds in tests if holds)


def same_writing(one: str, other: str) -> bool:
    """Whether two names are written alike, letter by letter, IVS included.

    Strict: 髙橋 is not 高橋. Only canonical equivalence of kana (カ + combining dakuten = ガ) and
    white space are forgiven. Even so it only suggests that two rows are one person: namesakes
    are common.
    """
    return composed_kana(exact(one).value) == composed_kana(exact(other).value)


def alike(one: str, other: str) -> bool:
    """Whether two names could be two writings of one name (髙橋, 高橋). A hint for a person."""
    return fold(one) == fold(other)
