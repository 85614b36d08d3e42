"""震度階級 (the seismic intensity scale) and 長周期地震動階級, as telegrams write them."""

from __future__ import annotations

import re
import unicodedata
from enum import IntEnum

from meibo.domain.telegram.tree import UnreadableError


class Intensity(IntEnum):
    """Ordered: `Intensity.FIVE_LOWER <= i` asks whether it is 5弱 or more."""

    ZERO = 0
    ONE = 10
    TWO = 20
    THREE = 30
    FOUR = 40
    FIVE_LOWER = 45
    FIVE_UPPER = 50
    SIX_LOWER = 55
    SIX_UPPER = 60
    SEVEN = 70

    @property
    def word(self) -> str:
        """As people write it: 5弱."""
        return _WORDS[self]


_WORDS = {
    Intensity.ZERO: "0",
    Intensity.ONE: "1",
    Intensity.TWO: "2",
    Intensity.THREE: "3",
    Intensity.FOUR: "4",
    Intensity.FIVE_LOWER: "5弱",
    Intensity.FIVE_UPPER: "5強",
    Intensity.SIX_LOWER: "6弱",
    Intensity.SIX_UPPER: "6強",
    Intensity.SEVEN: "7",
}
_BY_WORD = {word: value for value, word in _WORDS.items()}
_UNKNOWN = frozenset({"", "不明", "over", "-", "なし"})


def intensity(written: str) -> Intensity | None:
    """`5-`, `5弱`, `震度５弱`, `震度５弱以上未入電` (which counts as 5弱); None where it says that
    it isn't known. Raises UnreadableError for what is no intensity: to overlook one would be
    worse than to stop."""
    text = re.sub(r"\s|^震度|!", "", unicodedata.normalize("NFKC", written).strip())
    if is_missing(written):
        return Intensity.FIVE_LOWER
    if text in _UNKNOWN:
        return None
    found = _BY_WORD.get(text.replace("-", "弱").replace("+", "強"))
    if found is None:
        raise UnreadableError(f"震度「{written[:20]}」を読めません。")
    return found


def is_missing(written: str) -> bool:
    """Whether it says 震度５弱以上未入電: likely 5弱 or more, but the station can't be heard."""
    return "未入電" in written


def long_period(written: str) -> int | None:
    """長周期地震動階級, 0 to 4."""
    text = unicodedata.normalize("NFKC", written).strip()
    return int(text) if text in {"0", "1", "2", "3", "4"} else None
