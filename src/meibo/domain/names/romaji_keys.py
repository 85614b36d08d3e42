"""The loose key by which romaji are found, however they are spelled."""

import re
from functools import lru_cache
from typing import Final

from meibo.domain.names.folding import fold
from meibo.domain.names.romaji import romaji

_KANA: Final = re.compile("[ァ-ヺ]")
_NO_LETTER: Final = re.compile("[^a-z0-9]")
_M: Final = re.compile("m(?=[bmp])")
_DOUBLED: Final = re.compile(r"([b-df-hj-np-tv-z])\1+")
#: Every spelling of a syllable becomes that of 訓令式. An unfinished one becomes its beginning, so
#: that the key of what has been typed so far is the beginning of the key of the whole.
_SPELLINGS: Final = (
    ("t?ch(?=[aueo])|cy", "ty"),
    ("t?ch|ts|t?c$", "t"),
    ("sh(?=[aueo])", "sy"),
    ("sh", "s"),
    ("d?j(?=[aueo])|d?jy", "zy"),
    ("d?j|dz|d(?=[iuy])", "z"),
    ("wo", "o"),
    ("c|q", "k"),
    ("f", "h"),
    ("l", "r"),
    ("v", "b"),
)
_SPELLING: Final = re.compile("|".join(f"({pattern})" for pattern, _ in _SPELLINGS))
_SPELLED: Final = tuple(spelled for _, spelled in _SPELLINGS)
#: The h of Ohno, Itoh, Kohyama only makes the vowel before it long.
_LENGTHENING: Final = re.compile("(?<=[aiueo])h(?![aiueo])")
_LONG: Final = re.compile(r"o[ou]+|([aiue])\1+")


@lru_cache(maxsize=65536)
def romaji_key(text: str) -> str:
    """A key in which all ways to spell a reading in romaji agree; kana are spelled first.

    ono = ohno = oono = Ōno; shinjo = shinjyo = sinjo = sinzyo; kumpei = kunpei; ju = jyu = zyu;
    ito = itoh = itou; double consonants and long vowels count once, l is r, v is b; spaces,
    hyphens and apostrophes are gone. So 小野 and 大野 meet here, as do ケンナ and ケナ: it is for
    finding, not for telling apart. The key of a beginning is the beginning of the key, save
    after an m before b or p.
    """
    folded = fold(text)
    if _KANA.search(folded):
        folded = romaji(text, plain=True).lower()
    letters = _NO_LETTER.sub("", folded)
    once = _DOUBLED.sub(r"\1", _M.sub("n", letters))
    spelled = _SPELLING.sub(lambda found: _SPELLED[(found.lastindex or 1) - 1], once)
    short = _LENGTHENING.sub("", spelled)
    return _LONG.sub(lambda found: found[0][0], short)
