"""個人番号 (マイナンバー): recognised only to be refused. It has no place in a roster.

Check digit: 番号法施行令8条, 平成26年総務省令85号5条. Of the eleven digits before it P1 is the
last; Q1..Q6 = 2..7, Q7..Q11 = 2..6; the remainder of ΣPnQn by 11 is taken from 11, and a
remainder of 0 or 1 gives 0.
"""

import re
import unicodedata
from typing import Final

_WEIGHTS: Final = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_DASH: Final = r"\-‐‑‒–—―−－ー"
_SEPARATOR: Final = rf"[\s\u3000\u00a0{_DASH}.．・/／_:：]"
_SPLIT: Final = rf"(?:{_SEPARATOR}{{1,3}})"
_NARROW_SPLIT: Final = rf"[ \t\u3000\u00a0{_DASH}]"
_BREAK: Final = r"[ \t\u3000]*[\r\n]+[ \t\u3000]*"
_DIGIT: Final = "[0-9０-９]"
_GROUPED: Final = (
    f"(?:{_DIGIT}{{4}}{_SPLIT}{_DIGIT}{{4}}{_SPLIT}{_DIGIT}{{4}}"
    f"|{_DIGIT}{{6}}{_SPLIT}{_DIGIT}{{6}}"
    f"|{_DIGIT}{{3}}(?:{_NARROW_SPLIT}{_DIGIT}{{3}}){{3}}"
    f"|{_DIGIT}(?:{_NARROW_SPLIT}{_DIGIT}){{11}}"
    f"|{_DIGIT}{{2}}(?:{_NARROW_SPLIT}{_DIGIT}{{2}}){{5}})"
)
#: A line break may fall anywhere.
_BROKEN: Final = f"{_DIGIT}(?:(?:{_BREAK})?{_DIGIT}){{11}}"
_WHOLE: Final = re.compile(f"{_DIGIT}{{12}}|{_GROUPED}|{_BROKEN}")
#: Twelve digits in one run or in equal groups, and no part of something longer: no digit at
#: either side, nor a dash and a digit, nor, for groups, a further group.
_EMBEDDED: Final = re.compile(
    rf"(?<!{_DIGIT})(?<!{_DIGIT}[{_DASH}.])"
    rf"(?:{_DIGIT}{{12}}|(?<!{_DIGIT}{_SEPARATOR})(?:{_GROUPED}|{_BROKEN})(?!{_SEPARATOR}{_DIGIT}))"
    rf"(?!{_DIGIT}|[{_DASH}.]{_DIGIT})"
)


def is_my_number(text: str) -> bool:
    """Whether the whole text is a valid 個人番号, in one run or in equal groups, in either width.

    All zeros pass the sum but are what hosts fill an empty field with: not a number.
    """
    trimmed = text.strip()
    return bool(_WHOLE.fullmatch(trimmed)) and _valid(_digits(trimmed))


def find_my_numbers(text: str) -> tuple[tuple[int, int], ...]:
    """Where valid 個人番号 stand inside a text, as (start, end) offsets: the digits themselves
    must not travel on into a message or a log. One in eleven runs of twelve digits is valid by
    chance, so a hit in free text is for a person to look at."""
    return tuple(
        found.span() for found in _EMBEDDED.finditer(text) if _valid(_digits(found.group()))
    )


def _digits(text: str) -> str:
    return "".join(str(unicodedata.digit(c)) for c in text if c.isdigit())


def _valid(digits: str) -> bool:
    total = sum(int(p) * q for p, q in zip(digits, _WEIGHTS, strict=False))
    remainder = total % 11
    expected = 0 if remainder <= 1 else 11 - remainder
    return int(digits[-1]) == expected and any(digit != "0" for digit in digits)
