"""Names of invented people.

Surnames, how many bear them, and readings come from the package japanese-personal-name-dataset
(MIT); so do the spellings of given names. Which given names belong to which years, and which
surnames are written with which variant characters, is in data/given.txt and data/variants.txt.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate

from japanese_personal_name_dataset import load_dataset

from meibo.platform.demo.outline import lines_of

GAP = "\u3000"
_CURATED = 0.88  # how many bear a name in its usual spelling; the rest share the sound only
_NAMESAKES, _SAME_SOUND = 0.012, 0.008
_TO_KATAKANA = {point: point + 0x60 for point in range(0x3041, 0x3097)}
_SELECTOR = re.compile(r"U\+([0-9A-F]+)")


@dataclass(frozen=True, slots=True)
class FullName:
    """Surname and given name with their readings in katakana."""

    surname: str
    given: str
    surname_kana: str
    given_kana: str

    @property
    def written(self) -> str:
        """As the record has it: U+3000 between the parts."""
        return f"{self.surname}{GAP}{self.given}"

    @property
    def kana(self) -> str:
        """The reading, parted alike."""
        return f"{self.surname_kana}{GAP}{self.given_kana}"


@dataclass(frozen=True, slots=True)
class _Stock:
    surnames: tuple[tuple[str, str], ...]
    weights: tuple[int, ...]
    given: dict[tuple[int, str], tuple[tuple[str, str], ...]]
    spellings: dict[tuple[str, str], tuple[str, ...]]
    variants: dict[str, tuple[tuple[str, int], ...]]


@lru_cache(maxsize=1)
def _stock() -> _Stock:
    men, women, families = load_dataset(include_last_names=True)
    surnames = tuple((written, _kana(entry["reading"])) for written, entry in families.items())
    weights = tuple(accumulate(entry["count"] for entry in families.values()))
    given: dict[tuple[int, str], tuple[tuple[str, str], ...]] = {}
    for line in lines_of("given.txt"):
        decade, sex, *pairs = line.split()
        given[int(decade), sex] = tuple((p[0], p[2]) for p in (x.partition("=") for x in pairs))
    usual = {letter for names in given.values() for name, _ in names for letter in name}
    spellings: dict[tuple[str, str], tuple[str, ...]] = {}
    for (_, sex), names in given.items():
        known = men if sex == "M" else women
        for _, reading in names:
            found = known[reading]["kanji"]
            lengths = {len(name) for name, own in names if own == reading}
            spellings[sex, reading] = tuple(
                s for s in found if set(s) <= usual and len(s) in lengths
            )
    return _Stock(surnames, weights, given, spellings, _variants())


def _variants() -> dict[str, tuple[tuple[str, int], ...]]:
    found: dict[str, list[tuple[str, int]]] = {}
    for line in lines_of("variants.txt"):
        plain, written, share = line.split()
        exact = _SELECTOR.sub(lambda m: chr(int(m[1], 16)), written)
        found.setdefault(plain, []).append((exact, int(share)))
    return {plain: tuple(own) for plain, own in found.items()}


def _kana(hiragana: str) -> str:
    return hiragana.translate(_TO_KATAKANA)


class Namer:
    """Gives names by sex and year of birth; now and then the name of somebody met before."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._met: dict[tuple[str, int], list[FullName]] = {}

    def name(self, sex: str, born: int) -> FullName:
        """A name for someone born in a year."""
        decade = min(max(born // 10 * 10, 1950), 2000)
        met = self._met.setdefault((sex, decade), [])
        chance = self._rng.random()
        if met and chance < _NAMESAKES:
            return self._rng.choice(met)
        if met and chance < _NAMESAKES + _SAME_SOUND:
            return self._same_sound(self._rng.choice(met), sex)
        surname, surname_kana = self.surname()
        given, reading = self._given(sex, decade)
        full = FullName(surname, given, surname_kana, _kana(reading))
        met.append(full)
        return full

    def surname(self) -> tuple[str, str]:
        """A surname as often as it is borne in the country, perhaps in a variant spelling."""
        stock = _stock()
        plain, kana = self._rng.choices(stock.surnames, cum_weights=stock.weights)[0]
        chance = self._rng.random() * 100
        for written, share in stock.variants.get(plain, ()):
            if chance < share:
                return written, kana
            chance -= share
        return plain, kana

    def _given(self, sex: str, decade: int) -> tuple[str, str]:
        stock = _stock()
        usual, reading = self._rng.choice(stock.given[decade, sex])
        if self._rng.random() < _CURATED:
            return usual, reading
        return self._rng.choice(stock.spellings[sex, reading] or (usual,)), reading

    def _same_sound(self, full: FullName, sex: str) -> FullName:
        hiragana = full.given_kana.translate({v: k for k, v in _TO_KATAKANA.items()})
        others = [s for s in _stock().spellings.get((sex, hiragana), ()) if s != full.given]
        return replace(full, given=self._rng.choice(others)) if others else full
