"""「税務課の高橋さん」, 「内線2217」: what people say, as a query for what they mean.

For a second try, where the words as they stand find nothing: there are names with の in them, and
people called 氏.
"""

import re
import unicodedata
from typing import Final

from meibo.domain.finding.query import MAX_LETTERS, SEPARATORS

_POLITE: Final = re.compile("(.)(?:さん|さま|様|氏|くん|君|ちゃん|殿)$")
#: の after what is no kana: 税務の高橋, but not みのる.
_PARTICLE: Final = re.compile(r"の(?:ほう|方)の|の(?:ほう|方)$|(?<=[^\u3040-\u309f])の")
_BEFORE_NUMBER: Final = re.compile(r"^(?:内線|電話|番号|tel|☎)[:.]?(?=[+(]?[0-9])", re.IGNORECASE)
_AFTER_NUMBER: Final = re.compile(r"(?<=[0-9])番(?:号)?$")
_NUMBER: Final = re.compile(r"[+(]?[0-9][-0-9()+]*")
_OF_NUMBERS: Final = frozenset({"内線", "電話", "番号", "番", "tel", "TEL"})
_ANYBODY: Final = frozenset({"人", "方", "ひと", "かた", "ほう"})


def spoken(text: str) -> list[str]:
    """Other queries to try, best first: without 「さん」 and the like, and also parted at 「の」.
    Empty where nothing of the kind is said."""
    said = " ".join(text[:MAX_LETTERS].translate(SEPARATORS).split())
    plain = unicodedata.normalize("NFKC", said)
    whole = _meant(plain.split())
    parted = _meant(_PARTICLE.sub(" ", _PARTICLE.sub(" ", plain)).split(), parted=True)
    found = dict.fromkeys(query for query in (whole, parted) if query)
    return [query for query in found if query not in {said, plain, text}]


def _meant(words: list[str], *, parted: bool = False) -> str:
    kept = [_without(word) for word in words]
    if any(_NUMBER.fullmatch(word) for word in kept):
        kept = [word for word in kept if word not in _OF_NUMBERS]
    if parted and len(words) > 1:
        kept = [word for word in kept if word not in _ANYBODY]
    return " ".join(kept)


def _without(word: str) -> str:
    """A word without the polite end and without what stands beside a number."""
    word = _POLITE.sub(r"\1", word)
    return _AFTER_NUMBER.sub("", _BEFORE_NUMBER.sub("", word))
