"""Kana to romaji (Hepburn).

`romaji` writes n for ン everywhere, doubles a consonant for ッ (tch before ch), and marks long
vowels with a macron: Hepburn as revised; passports (外務省ヘボン式) leave the macron out, which
`plain=True` does. Where a long vowel ends is not always in the kana: イノウエ is i-no-u-e, マツウラ
ma-tsu-u-ra; the common cases are known here, and a person's own romaji go before.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from meibo.domain.names.kana import kana
from meibo.domain.names.keys import ROWS
from meibo.domain.names.writing import GAP

_SYLLABLES: Final = """
ア a イ i ウ u エ e オ o カ ka キ ki ク ku ケ ke コ ko サ sa シ shi ス su セ se ソ so
タ ta チ chi ツ tsu テ te ト to ナ na ニ ni ヌ nu ネ ne ノ no ハ ha ヒ hi フ fu ヘ he ホ ho
マ ma ミ mi ム mu メ me モ mo ヤ ya ユ yu ヨ yo ラ ra リ ri ル ru レ re ロ ro
ワ wa ヰ i ヱ e ヲ o ン n ガ ga ギ gi グ gu ゲ ge ゴ go ザ za ジ ji ズ zu ゼ ze ゾ zo
ダ da ヂ ji ヅ zu デ de ド do バ ba ビ bi ブ bu ベ be ボ bo パ pa ピ pi プ pu ペ pe ポ po
ヴ vu ァ a ィ i ゥ u ェ e ォ o ャ ya ュ yu ョ yo ヮ wa ヵ ka ヶ ke
シャ sha シュ shu ショ sho シェ she チャ cha チュ chu チョ cho チェ che
ジャ ja ジュ ju ジョ jo ジェ je ヂャ ja ヂュ ju ヂョ jo イェ ye ウィ wi ウェ we ウォ wo
ツァ tsa ツィ tsi ツェ tse ツォ tso ティ ti ディ di トゥ tu ドゥ du デュ dyu テュ tyu
ファ fa フィ fi フェ fe フォ fo フュ fyu ヴァ va ヴィ vi ヴェ ve ヴォ vo ヴュ vyu
クァ kwa グァ gwa クォ kwo
"""
_CONTRACTED: Final = {
    f"{kana_}{small}": consonant + vowel
    for kana_, consonant in zip("キギニヒビピミリ", "kgnhbpmr", strict=True)
    for small, vowel in (("ャ", "ya"), ("ュ", "yu"), ("ョ", "yo"))
}
_WORDS: Final = _SYLLABLES.split()
_TABLE: Final = dict(zip(_WORDS[::2], _WORDS[1::2], strict=True)) | _CONTRACTED
_SYLLABLE: Final = re.compile("|".join(sorted(_TABLE, key=len, reverse=True)) + "|.")

#: ー in place of a vowel that only makes the one before long. イノウエ, ミヤノウチ, マツウラ and
#: ヒロオカ have two vowels there; オオノ, ショウタ, ユウコ, トオル one long.
_NOT_LONG: Final = re.compile("(?<=ノ)ウ(?=[チラ]$)|(?<=[ノゾ])ウ(?=エ)")
_LONG: Final = re.compile(f"([{ROWS['o']}])ウ|(^[{ROWS['o']}])オ|([ユュ])ウ|(^[{ROWS['u']}])ウ")
_MACRON: Final = "\u0304"


def romaji(text: str, *, plain: bool = False) -> str:
    """A reading in Hepburn romaji, each part capitalised: オオノ ショウタ → "Ōno Shōta".

    plain: ASCII only, as in passports and mail addresses: "Ono Shota". Letters that are no kana
    stay as they are. One space between parts, family name first (公用文等における日本人の姓名の
    ローマ字表記について, 2019).
    """
    parts = [_part(part) for part in kana(text).value.replace("・", GAP).split(GAP)]
    spelled = unicodedata.normalize("NFC", " ".join(part for part in parts if part))
    return _ascii(spelled) if plain else spelled


@lru_cache(maxsize=32768)
def _part(part: str) -> str:
    kept = _NOT_LONG.sub("\0", part)
    kept = _LONG.sub(lambda found: found[0][0] + "ー", kept).replace("\0", "ウ")
    spelled = ""
    doubled = False
    for syllable in _SYLLABLE.findall(kept):
        if syllable == "ッ":
            doubled = True
            continue
        letters = _TABLE.get(syllable, syllable)
        if syllable == "ー":
            letters = _MACRON if spelled[-1:] in set("aiueo") else ""
        elif doubled and letters[0] not in "aiueon":
            letters = ("t" if letters.startswith("ch") else letters[0]) + letters
        elif spelled.endswith("n") and letters[0] in "aiueoy":
            letters = "'" + letters
        spelled += letters
        doubled = False
    return spelled[:1].upper() + spelled[1:]


def _ascii(spelled: str) -> str:
    bare = unicodedata.normalize("NFD", spelled).replace(_MACRON, "")
    return unicodedata.normalize("NFC", bare).replace("'", "")
