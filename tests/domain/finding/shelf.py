"""An index in memory: what a database does, done plainly, so that the search is tested alone."""

from collections.abc import Iterable, Sequence
from datetime import date

from meibo.domain.book import OPEN
from meibo.domain.finding import (
    SORT,
    All,
    Entry,
    Expression,
    Key,
    Scope,
    Some,
    Values,
    everything,
    pack,
    person_keys,
    terms_of,
)

TODAY = date(2026, 11, 23)
START = date(2020, 4, 1)
STAFF = frozenset(
    {"name", "kana", "romaji", "former_name", "unit", "post", "concurrent", "allotment"}
    | {"extension", "mail", "place", "skill"}
)
ANYONE = everything(STAFF)


def holds(wanted: Expression, terms: frozenset[str]) -> bool:
    assert not isinstance(wanted, All | Some) or wanted.items, "no database takes an empty one"
    if isinstance(wanted, All):
        return all(holds(item, terms) for item in wanted.items)
    if isinstance(wanted, Some):
        return any(holds(item, terms) for item in wanted.items)
    return wanted in terms


class MemoryShelf:
    """Keeps keys by subject; `seen` counts the entries that were read."""

    def __init__(self, keys: Iterable[Key]) -> None:
        by_subject: dict[str, list[Key]] = {}
        for key in keys:
            by_subject.setdefault(key.subject, []).append(key)
        order = sorted(by_subject, key=lambda s: (_sort(by_subject[s]), s))
        self._entries = [
            Entry(10 * (i + 1), subject, pack(by_subject[subject]))
            for i, subject in enumerate(order)
        ]
        self._terms = {
            entry.place: frozenset().union(
                *(terms_of(key.field, key.key) for key in by_subject[entry.subject])
            )
            for entry in self._entries
        }
        self.seen = 0

    def some(self, wanted: Expression, limit: int) -> list[int]:
        return self.places(wanted, 0, limit)[::-1]

    def places(self, wanted: Expression, after: int, limit: int) -> list[int]:
        found = [p for p, terms in self._terms.items() if p > after and holds(wanted, terms)]
        return found[:limit]

    def read(self, places: Sequence[int]) -> list[Entry]:
        self.seen += len(places)
        return [entry for entry in self._entries if entry.place in places][::-1]

    def entries(self, subjects: Sequence[str]) -> list[Entry]:
        return [entry for entry in self._entries if entry.subject in subjects]


def _sort(keys: list[Key]) -> str:
    return max((key.key for key in keys if key.field == SORT), default="")


def person(
    subject: str, name: str, kana: str, *, starts: date = START, ends: date = OPEN, **more: str
) -> list[Key]:
    """Someone with a name, a reading and further values, several of them parted by 、"""
    return person_keys(subject, [(starts, ends, values(name, kana, **more))])


def values(name: str, kana: str, **more: str) -> Values:
    given = {
        ("@unit" if field == "at" else field): text.split("、") for field, text in more.items()
    }
    return {"name": [name], "kana": [kana], **given}


def staff_and(*fields: str) -> Scope:
    return everything(STAFF | set(fields))
