"""How values and words are written for comparing: what is stored and what is asked, alike."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache

from meibo.domain import names
from meibo.domain.finding.fields import Script

Fold = Callable[[str], str]

_GAP = re.compile(r"[\s・･]+")
_NO_DIGIT = re.compile(r"\D")
_KANA = re.compile("[ァ-ヺー・ヽヾ-]+")
_LATIN = re.compile(r"[a-z][a-z'.-]*")
_NUMBER = re.compile(r"\+?[0-9(][0-9()./-]*")
_ORDINAL = re.compile(
    "第([1-9][0-9]?|[一-九]?十[一-九]?|[一-九])".replace("一-九", "一二三四五六七八九")
)
_DIGITS: tuple[str, ...] = ("", *"一二三四五六七八九")
_UNFINISHED = re.compile("([ァ-ヺー]+)[a-z]{1,3}")
_ASCII = re.compile(r"[\x21-\x7e]+")


def parts(text: str) -> list[str]:
    """What white space or a middle dot parts, of any width."""
    return [part for part in _GAP.split(text) if part]


def plain(text: str) -> str:
    """Width and case gone, nothing else: for numbers and addresses."""
    return unicodedata.normalize("NFKC", text).strip().lower()


@lru_cache(maxsize=16384)
def keys_of(text: str, script: Script, fold: Fold) -> tuple[str, ...]:
    """The keys by which a value of this kind is found; parts are parted by one space."""
    if script is Script.FACT:
        return (text,)
    if script is Script.NUMBER:
        return _some(digits(text))
    if script is Script.MAIL:
        return _some("".join(plain(text).split()))
    if script is Script.ROMAJI:
        return _loose(parts(text), names.romaji_key)
    folded = " ".join(fold(part) for part in parts(text))
    whole = folded.replace(" ", "")
    loose: tuple[str, ...] = ()
    if script is not Script.TEXT and is_kana(whole):
        loose = _loose(parts(text), names.reading_key)
    if script is Script.NAME and (is_kana(whole) or is_latin(whole)):
        loose += _loose(parts(text), names.romaji_key)
    return tuple(dict.fromkeys((*_some(folded), *loose)))


def _some(key: str) -> tuple[str, ...]:
    return (key,) if key else ()


def _loose(texts: Sequence[str], loosen: Callable[[str], str]) -> tuple[str, ...]:
    """Part by part, and, where it differs, as one: over the border a vowel may grow long."""
    by_part = " ".join(filter(None, (loosen(part) for part in texts)))
    whole = loosen("".join(texts))
    return _some(by_part) + (_some(whole) if whole != by_part.replace(" ", "") else ())


def with_other_numerals(folded: str) -> str:
    """第2係 as 第二係 and the other way round: units are numbered in one way, asked for in both."""
    return _ORDINAL.sub(lambda found: "第" + _turned(found[1]), folded)


def _turned(number: str) -> str:
    if number.isascii():
        tens, ones = divmod(int(number), 10)
        return (_DIGITS[tens] if tens > 1 else "") + ("十" if tens else "") + _DIGITS[ones]
    before, ten, after = number.rpartition("十")
    tens = _DIGITS.index(before) if before else len(ten)
    return str(10 * tens + _DIGITS.index(after))


def without_unfinished_kana(folded: str) -> str:
    """たかｈ is what an input method shows on the way to たかは: the kana that are there."""
    found = _UNFINISHED.fullmatch(folded)
    return str(found[1]) if found else folded


def is_kana(folded: str) -> bool:
    """Whether a folded text is nothing but katakana."""
    return bool(_KANA.fullmatch(folded)) and folded.strip("-") != ""


def is_latin(folded: str) -> bool:
    """Whether a folded text could be romaji."""
    return bool(_LATIN.fullmatch(folded))


def is_number(folded: str) -> bool:
    """Whether a folded text could be a number, with or without hyphens."""
    return bool(_NUMBER.fullmatch(folded))


def is_ascii(folded: str) -> bool:
    """Whether a folded text has nothing but ASCII letters, digits and signs."""
    return bool(_ASCII.fullmatch(folded))


def digits(text: str) -> str:
    """The digits of a number alone."""
    return _NO_DIGIT.sub("", plain(text))
