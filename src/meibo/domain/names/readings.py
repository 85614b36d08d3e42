"""Is this kana a reading of these characters?

Precision before everything: what is right must not be called wrong, however rare. A name may be
read in ways that no table holds, so `False` needs evidence from two sides: the writing is a
known name, no sound of its first or last letter stands where it should, and the kana is the
known reading of other names. Everything else is `None`, "not known".
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from itertools import product
from typing import Final

from meibo.domain.names.kana import kana
from meibo.domain.names.keys import SAME_SOUND, reading_key
from meibo.domain.names.letters import folded_letters
from meibo.domain.names.reasons import Reason
from meibo.domain.names.tables import ReadingTables
from meibo.domain.names.writing import GAP, exact


@dataclass(frozen=True, slots=True)
class ReadingVerdict:
    """right: True, False, or None where nothing can be said.

    `mended` is the reading as it should be where large ヤユヨツ were meant small, else None.
    """

    right: bool | None
    reasons: tuple[Reason, ...] = ()
    mended: str | None = None


class _Fit(Enum):
    """How well one part of the kana fits one part of the name."""

    RIGHT = "a known reading, or made of the usual sounds of its letters"
    UNKNOWN = "nothing can be said"
    ODD = "a known name that is not known to be read so; the reading belongs to other names"
    FAR = "as ODD, and no sound of the first or the last letter stands where it should"
    WRONG = "as FAR, and of a name that leaves its reading little choice"


@dataclass(frozen=True, slots=True)
class _Part:
    """What is known of one part of names, the family name or the given name.

    joints: what may stand between two letters (井上 イノウエ). usual: how many writings a reading
    must have to count as that of other names. ends: the last letters of writings that leave
    their reading little choice; empty: any writing of two letters or more.
    """

    known: Mapping[str, frozenset[str]]
    keys: Mapping[str, int]
    joints: tuple[str, ...]
    usual: int
    ends: str
    tables: ReadingTables


_STEADY: Final = "子美恵江代枝郎朗男夫雄一二三之彦人介助輔平樹也司志治明弘香奈織里太斗生信幸行"
_VOICED: Final = str.maketrans(
    "カキクケコサシスセソタチツテトハヒフヘホ", "ガギグゲゴザジズゼゾダジズデドバビブベボ"
)
_HALF_VOICED: Final = str.maketrans("ハヒフヘホ", "パピプペポ")
_LARGE: Final = re.compile("(?<=[キシチニヒミリギジビピ])[ヤユヨ]|(?<=.)ツ(?=[カ-トハ-ポ])")
_TO_SMALL: Final = dict(zip("ヤユヨツ", "ャュョッ", strict=True))


def is_reading_of(kanji_name: str, kana_name: str, tables: ReadingTables) -> bool | None:
    """Whether `kana_name` can be the reading of `kanji_name`; None where nothing can be said.

    Both with white space between family and given name; or both without, for a surname alone
    (旧姓). Large ヤユヨツ for small ones do not make a reading wrong here; see `judge_reading`.
    """
    return judge_reading(kanji_name, kana_name, tables).right


def known_reading(kanji_name: str, kana_name: str, tables: ReadingTables) -> bool:
    """Whether each part of the kana is listed as a reading of its part of the name as a whole."""
    names = exact(kanji_name).value.split(GAP)
    sounds = kana(kana_name).value.split(GAP)
    parts = _parts(tables)[: len(names)]
    return len(names) == len(sounds) == len(parts) and all(
        reading_key(sound) in part.known.get(folded_letters(name), frozenset())
        for part, name, sound in zip(parts, names, sounds, strict=True)
    )


def judge_reading(kanji_name: str, kana_name: str, tables: ReadingTables) -> ReadingVerdict:
    """As `is_reading_of`, with the reasons, and the reading mended where kana are too large."""
    names = exact(kanji_name).value.split(GAP)
    sounds = kana(kana_name).value.split(GAP)
    if len(names) != len(sounds) or len(names) > 2 or not all(names) or not all(sounds):
        return ReadingVerdict(None)
    parts = _parts(tables)[: len(names)]
    mended = list(map(_mended, parts, names, sounds))
    fits = tuple(map(_fit, parts, names, mended))
    reasons = (Reason.LARGE_KANA,) if mended != sounds else ()
    better = GAP.join(mended) if mended != sounds else None
    if all(fit is _Fit.RIGHT for fit in fits):
        return ReadingVerdict(True, reasons, better)
    backwards = set(map(_fit, parts, names, reversed(sounds)))
    if len(names) == 2 and backwards == {_Fit.RIGHT}:
        return ReadingVerdict(False, (Reason.SWAPPED_PARTS,))
    if _wrong(fits):
        return ReadingVerdict(False, (Reason.OTHER_READING,))
    return ReadingVerdict(None, reasons, better)


def _parts(tables: ReadingTables) -> tuple[_Part, _Part]:
    joints = ("", "ノ", "ガ", "ツ")
    return (
        _Part(tables.surnames, tables.surname_keys, joints, 1, "", tables),
        _Part(tables.given, tables.given_keys, ("",), 8, _STEADY, tables),
    )


def _wrong(fits: tuple[_Fit, ...]) -> bool:
    """One part is certainly another's reading, or both are probably."""
    if _Fit.WRONG in fits:
        return True
    return len(fits) == 2 and fits[0] in {_Fit.ODD, _Fit.FAR} and fits[1] is _Fit.FAR


def _fit(part: _Part, name: str, sound: str) -> _Fit:
    writing, key = folded_letters(name), reading_key(sound)
    known = part.known.get(writing, frozenset())
    if key in known or _made_of(part, writing, sound):
        return _Fit.RIGHT
    if not known or part.keys.get(key, 0) < part.usual:
        return _Fit.UNKNOWN
    if _anchored(part, writing, sound):
        return _Fit.ODD
    steady = len(writing) > 1 and (not part.ends or writing[-1] in part.ends)
    return _Fit.WRONG if steady else _Fit.FAR


def _forms(letter: str, sounds: Mapping[str, frozenset[str]]) -> Iterator[str]:
    """The sounds of a letter as they stand in a name: 連濁, 促音 (カワ ガワ, イチ イッ)."""
    if "ァ" <= letter <= "ー":
        yield letter
    for sound in sounds.get(letter, frozenset()):
        first = sound[0]
        for begin in {first, first.translate(_VOICED), first.translate(_HALF_VOICED)}:
            yield begin + sound[1:]
            if sound[1:] and sound[-1] in "ツチクキ":
                yield begin + sound[1:-1] + "ッ"


def _made_of(part: _Part, writing: str, sound: str) -> bool:
    """Whether the kana can be put together from the usual sounds of the letters in order."""
    target = sound.translate(SAME_SOUND)
    ends = {0}
    for place, letter in enumerate(writing):
        forms = set(_forms(letter, part.tables.usual))
        ends = {
            end + len(joint) + len(form)
            for end in ends
            for joint in (part.joints if place else ("",))
            for form in forms
            if target.startswith(joint + form, end)
        }
    return len(target) in ends


def _anchored(part: _Part, writing: str, sound: str) -> bool:
    """Whether any sound of the first letter begins the kana, or one of the last ends it."""
    target = sound.translate(SAME_SOUND)
    sounds = part.tables.sounds
    return any(target.startswith(form) for form in _forms(writing[0], sounds)) or any(
        target.endswith(form) for form in _forms(writing[-1], sounds)
    )


def _mended(part: _Part, name: str, sound: str) -> str:
    """The kana with its large ヤユヨツ made small, where only so it is a reading.

    ツ is often right (八田 ハツタ, 章子 アツコ): ッ only for a listed reading, and only where
    nobody is known to be read with ツ.
    """
    writing = folded_letters(name)
    listed = part.known.get(writing, frozenset())
    if not _LARGE.search(sound) or _made_of(part, writing, sound):
        return sound
    for smaller in _smaller(sound):
        if "ッ" in smaller and "ッ" not in sound:
            if reading_key(smaller) in listed and reading_key(sound) not in part.keys:
                return smaller
        elif reading_key(smaller) in listed or _made_of(part, writing, smaller):
            return smaller
    return sound


def _smaller(sound: str) -> Iterator[str]:
    """The kana with one or more of its large ヤユヨツ made small, where they can be small."""
    places = [found.start() for found in _LARGE.finditer(sound)][:4]
    for chosen in product((True, False), repeat=len(places)):
        if any(chosen):
            letters = list(sound)
            for place, small in zip(places, chosen, strict=True):
                letters[place] = _TO_SMALL[letters[place]] if small else letters[place]
            yield "".join(letters)
