"""Whether people are found however their names are written, and nobody else for them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import jaconv

from benchmarks.town import TODAY, VARIANTS, Staff
from meibo.domain import names
from meibo.domain.finding import Scope
from meibo.ledger import search

_PLAIN = {variant: plain for plain, variant in VARIANTS.items()}
_KUNREI = (("sh", "sy"), ("syi", "si"), ("ch", "ty"), ("tyi", "ti"), ("ts", "t"), ("ja", "zya"))
_KUNREI += (("ju", "zyu"), ("jo", "zyo"), ("ji", "zi"), ("fu", "hu"))
_PEOPLE, _GROUPS = 600, 200
_ENOUGH = 5000


@dataclass(slots=True)
class Recall:
    """Remembers who is called what, to hold the answers against."""

    by_name: dict[str, list[str]] = field(default_factory=dict)
    known_as: dict[str, frozenset[str]] = field(default_factory=dict)

    def note(self, staff: Staff) -> None:
        self.by_name.setdefault(staff.name, []).append(staff.id)
        written = {staff.name, *([_maiden(staff, 0)] if staff.maiden else [])}
        self.known_as[staff.id] = frozenset(names.fold(name) for name in written)

    def ask(self, sample: list[Staff], scope: Scope) -> dict[str, Any]:
        asked: Counter[str] = Counter()
        found: Counter[str] = Counter()
        for staff in sample[:_PEOPLE]:
            for kind, text in _ways(staff):
                asked[kind] += 1
                found[kind] += staff.id in _ids(text, scope)
        rates = {kind: {"asked": asked[kind], "found": found[kind]} for kind in asked}
        return {"recall": rates, "namesakes": self._namesakes(scope)}

    def _namesakes(self, scope: Scope) -> dict[str, int]:
        groups = [(n, ids) for n, ids in self.by_name.items() if len(ids) > 1][:_GROUPS]
        listed = wrong = 0
        for name, ids in groups:
            hits = _ids(name, scope)
            listed += sum(hits.count(id_) == 1 for id_ in ids)
            words = [names.fold(word) for word in name.split("　")]
            wrong += sum(not self._called(hit, words) for hit in hits)
        people = sum(len(ids) for _, ids in groups)
        return {"groups": len(groups), "people": people, "listed": listed, "wrong": wrong}

    def _called(self, person: str, words: list[str]) -> bool:
        return all(any(word in name for name in self.known_as[person]) for word in words)


def _ids(text: str, scope: Scope) -> list[str]:
    found = search.search(scope, text, on=TODAY, limit=_ENOUGH, units=0).people
    return [hit.subject for hit in found.hits]


def _maiden(staff: Staff, which: int) -> str:
    assert staff.maiden is not None
    return f"{staff.maiden[which]}　{staff.given[which]}"


def _ways(staff: Staff) -> Iterator[tuple[str, str]]:
    """Ways to ask for one person; romaji by another library than the product's."""
    yield from _kanji("name", staff.name)
    yield from _kana("reading", staff.kana)
    yield from _romaji(staff.kana)
    if staff.maiden:
        yield from _kanji("former name", _maiden(staff, 0))
        yield from _kana("former reading", _maiden(staff, 1))


def _kanji(kind: str, name: str) -> Iterator[tuple[str, str]]:
    yield f"{kind} as on record", name
    yield f"{kind} in one", name.replace("　", "")
    yield f"{kind}, plain kanji", "".join(_PLAIN.get(c, c) for c in name)
    yield f"{kind}, variant kanji", "".join(VARIANTS.get(c, c) for c in name)
    yield f"{kind}, with variation selectors", "".join(f"{c}\U000e0100" for c in name if c != "　")
    yield f"{kind}, given name first", " ".join(reversed(name.split("　")))


def _kana(kind: str, kana: str) -> Iterator[tuple[str, str]]:
    katakana = jaconv.hira2kata(kana)
    yield f"{kind} in hiragana", kana.replace("　", "")
    yield f"{kind} in katakana", katakana
    yield f"{kind} in half width", jaconv.z2h(katakana, kana=True).replace("　", " ")
    yield f"{kind}, beginning", kana[: max(len(kana) - 1, 2)]
    yield f"{kind}, inside", kana.replace("　", "")[1:]


def _romaji(kana: str) -> Iterator[tuple[str, str]]:
    typed = " ".join(jaconv.kana2alphabet(part) for part in kana.split("　"))
    kunrei = typed
    for hepburn, other in _KUNREI:
        kunrei = kunrei.replace(hepburn, other)
    passport = typed.replace("ou", "o").replace("oo", "o").replace("uu", "u")
    yield "romaji as typed", typed
    yield "romaji in one", typed.replace(" ", "").upper()
    yield "romaji, 訓令式", kunrei
    yield "romaji of passports", passport
    yield "romaji with oh", typed.replace("ou", "oh").replace("oo", "oh")
    yield "romaji, beginning", typed[: max(len(typed) - 2, 3)]
