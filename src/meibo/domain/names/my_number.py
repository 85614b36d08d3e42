"""個人番号 (マイナンバー): recognised only to be refused. It has no place in a roster.

Check digit: 番号法施行令8条, 平成26年総務省令85号5条. Of the eleven digits before it P1 is the
last; Q1..Q6 = 2..7, Q7..Q11 = 2..6; the remainder of ΣPnQn by 11 is taken from 11, and a
remainder of 0 or 1 gives 0.
"""

import re
import unicodedata
from typing import Final

_WEIGHTS: Final = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_SEPARATOR: Final = r"[ \u3000\u00a0\-‐‑‒–—―−－ー]"
_DIGIT: Final = "[0-9０-９]"
_GROUPED: Final = f"{_DIGIT}{{4}}{_SEPARATOR}{_DIGIT}{{4}}{_SEPARATOR}{_DIGIT}{{4}}"
_WHOLE: Final = re.compile(f"{_DIGIT}{{12}}|{_GROUPED}")
#: Twelve digits in one run or in three groups of four, and no part of something longer: no digit
#: at either side, nor a dash and a digit, nor, for groups, a further group.
_EMBEDDED: Final = re.compile(
    rf"(?<!{_DIGIT})(?<!{_DIGIT}[\-‐‑‒–—―−－ー.])"
    rf"(?:{_DIGIT}{{12}}|(?<!{_DIGIT}{_SEPARATOR}){_GROUPED}(?!{_SEPARATOR}{_DIGIT}))"
    rf"(?!{_DIGIT}|[\-‐‑‒–—―−－ー.]{_DIGIT})"
)


def is_my_number(text: str) -> bool:
    """Whether the whole text is a valid 個人番号, in one run or as 4-4-4, in either width.

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
