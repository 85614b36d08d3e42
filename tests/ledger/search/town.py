"""A few people and units with keys, and what a viewer may search by."""

from collections.abc import Iterable
from datetime import date

from meibo.domain.book import OPEN
from meibo.domain.finding import Grant, Key, Scope, person_keys, unit_keys
from meibo.ledger import search

START = date(2020, 4, 1)
TODAY = date(2026, 11, 23)
FIELDS = frozenset({"name", "kana", "romaji", "unit", "post", "extension", "unit.name"})
STAFF = Scope(FIELDS, FIELDS)
NUMBER = frozenset({"staff_no"})
HEAD = Scope(FIELDS, FIELDS, (Grant(NUMBER, NUMBER, units=frozenset({"f1"})),), frozenset({"f1"}))


def person(
    subject: str, name: str, kana: str, *, starts: date = START, ends: date = OPEN, **more: str
) -> list[Key]:
    values = {("@unit" if k == "at" else k): v.split("、") for k, v in more.items()}
    return person_keys(subject, [(starts, ends, {"name": [name], "kana": [kana]} | values)])


def unit(code: str, *names: str, order: str, ends: date = OPEN) -> list[Key]:
    values = {"unit.name": list(names), "@sort": [order], "@unit": [code]}
    return unit_keys(f"unit:{code}", [(START, ends, values)])


HANAKO = person(
    "hanako",
    "髙橋　花子",
    "タカハシ　ハナコ",
    unit="福祉課",
    post="主査",
    extension="2345",
    staff_no="0045624",
    at="f1",
)
ONO = person(
    "ono",
    "大野　翔",
    "オオノ　ショウ",
    unit="納税課",
    post="課長",
    extension="5432",
    staff_no="0067890",
    at="z1",
)
UNITS = [*unit("f1", "福祉課", "福祉", order="2"), *unit("z1", "納税課", order="1")]


def found(
    text: str, scope: Scope = STAFF, *, on: date = TODAY, limit: int = 20, offset: int = 0
) -> list[str]:
    """Ids of the people found."""
    results = search.search(scope, text, on=on, limit=limit, offset=offset)
    return [hit.subject for hit in results.people.hits]


def units_found(text: str, scope: Scope = STAFF, *, on: date = TODAY) -> list[str]:
    return [hit.subject for hit in search.search(scope, text, on=on).units.hits]


def many(count: int, name: str = "高田　梓") -> Iterable[Key]:
    for i in range(count):
        yield from person(f"p{i:05}", name, f"タカダ　{chr(ord('ア') + i % 80)}")
