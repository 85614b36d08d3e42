"""Nobody finds by what they may not see: everybody searches by every value of everybody."""

from collections.abc import Iterator
from datetime import date
from functools import cache

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from meibo.domain.disclosure import Table, Viewer
from meibo.ledger import house, reader, ties
from meibo.ledger.reader import searching
from tests.house.canary import watchers
from tests.house.canary.policy import Grant, Watcher
from tests.house.canary.tokens import latin
from tests.house.canary.ward import Ward, build
from tests.house.canary.world import FUTURE, PAST, TODAY, Value

#: What has search keys; of the rest nobody finds anything, whoever may see it.
KEPT = frozenset(
    {"name", "kana", "romaji", "former_name", "maiden_name", "record_name", "staff_no"}
    | {"post", "concurrent", "allotment", "extension", "mail", "skill"}
)
#: Everybody at a browser, and who may hold one tie alone.
NAMES = [post.name for post in watchers.POSTS]


@pytest.fixture(scope="module")
def _built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Ward]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


@pytest.fixture
def ward(_built: Ward, db: object, monkeypatch: pytest.MonkeyPatch) -> Ward:
    """Nothing is written while it is searched, so the mark of the last change is asked for once."""
    monkeypatch.setattr(house, "version", cache(house.version))
    return _built


def viewer_of(ward: Ward, name: str) -> Viewer:
    """As the product makes it: from posts and duties of today."""
    post = next(post for post in watchers.POSTS if post.name == name)
    person = ward.person(name) if post.has_person else None
    return ties.viewer_of(person, post.duties, TODAY)


def found_by(viewer: Viewer, query: str, day: date) -> set[str]:
    page = reader.search(viewer, query, on=day, limit=50, units=0)
    assert page.total == len(page.hits)
    return {hit.card.id for hit in page.hits}


def finds(ward: Ward, watcher: Watcher, value: Value, day: date) -> bool:
    """Whether the table lets this watcher find the owner by the value on that day."""
    return ward.world.on_card(watcher, value, day, "s")


def wrong(ward: Ward, name: str, values: list[Value], day: date) -> list[str]:
    """Values by which this watcher finds whom they may not, or does not find whom they may."""
    viewer, watcher = viewer_of(ward, name), watchers.watchers(ward)[name]
    said = []
    for value in values:
        hit = value.owner in found_by(viewer, value.text, day)
        allowed = finds(ward, watcher, value, day)
        if hit and not allowed:
            said.append(f"{name} finds by {value} on {day}")
        if allowed and not hit and has_keys(value):
            said.append(f"{name} does not find by {value} on {day}")
    return said


def has_keys(value: Value) -> bool:
    """Skills are found by only where everybody may see them."""
    grants = {grant.field for grant in value.grants if grant.share == "all"}
    return bool(grants & KEPT) and not value.what.endswith("code")


def owned(ward: Ward) -> list[Value]:
    return [value for value in ward.world.values if value.owner is not None]


@pytest.mark.parametrize("name", NAMES)
def test_nobody_finds_anybody_by_what_the_table_does_not_let_them_search_by(
    ward: Ward, name: str
) -> None:
    number = NAMES.index(name)
    values = [value for n, value in enumerate(owned(ward)) if (n + number) % 13 == 0]
    said = wrong(ward, name, values, TODAY)
    assert not said, "\n".join(said[:40])


@pytest.mark.parametrize("day", [PAST, FUTURE])
@pytest.mark.parametrize("name", ["mate", "officer", "crisis", "left"])
def test_nobody_finds_by_it_on_another_day_either(ward: Ward, name: str, day: date) -> None:
    values = [value for n, value in enumerate(owned(ward)) if n % 17 == NAMES.index(name) % 17]
    said = wrong(ward, name, values, day)
    assert not said, "\n".join(said[:40])


@pytest.mark.soak
@pytest.mark.parametrize("day", [PAST, TODAY, FUTURE])
@pytest.mark.parametrize("name", NAMES)
def test_by_every_value_on_every_day(ward: Ward, name: str, day: date) -> None:
    said = wrong(ward, name, owned(ward), day)
    assert not said, "\n".join(said[:40])


def spelled(text: str) -> Iterator[str]:
    """Other ways to type a value, whole or in part."""
    if text.startswith("ペギ"):
        yield "".join(chr(ord(letter) - 0x60) for letter in text)
        yield latin(text)
        yield text[:3]
    elif text.isdigit():
        yield f"{text[:2]}-{text[2:]}"
        yield text.translate(str.maketrans("0123456789", "".join(map(chr, range(0xFF10, 0xFF1A)))))
    yield text.upper() if text.isascii() else text[1:]


@pytest.mark.parametrize("name", ["stranger", "mate", "chief", "payroll", "crisis"])
@pytest.mark.parametrize("key", ["maiden", "unused", "renamed", "officer"])
def test_no_other_spelling_finds_what_the_value_does_not(ward: Ward, name: str, key: str) -> None:
    viewer, watcher = viewer_of(ward, name), watchers.watchers(ward)[name]
    names = {"name on record", "reading on record", "maiden name", "maiden reading", "staff_no"}
    names |= {"family name", "family reading"}
    values = [value for value in ward.world.of(ward.person(key)) if value.what in names]
    assert values
    for value in values:
        for query in spelled(value.text):
            hit = value.owner in found_by(viewer, query, TODAY)
            others = [v for v in ward.world.of(ward.person(key)) if may_be_meant(v, query)]
            assert hit is any(finds(ward, watcher, v, TODAY) for v in others), (value, query)


def may_be_meant(value: Value, query: str) -> bool:
    """Whether a query is a spelling, or a part, of this value as well."""
    return query in {value.text, *spelled(value.text)} and has_keys(value)


@pytest.mark.parametrize("name", ["stranger", "head", "crisis"])
def test_a_hidden_value_beside_a_known_one_finds_nobody(ward: Ward, name: str) -> None:
    """Else one could ask of somebody: is this the number?"""
    viewer, watcher = viewer_of(ward, name), watchers.watchers(ward)[name]
    family = {v.owner: v.text for v in owned(ward) if v.what in {"family name", "maiden name"}}
    for number, value in enumerate(owned(ward)):
        if number % 11 == 0 and not finds(ward, watcher, value, TODAY):
            page = reader.search(viewer, f"{family[value.owner]} {value.text}", on=TODAY)
            assert (page.hits, page.total) == ([], 0), value


@pytest.mark.parametrize("name", ["stranger", "crisis", "officer"])
def test_why_tells_no_value_that_one_may_search_by_but_not_see(ward: Ward, name: str) -> None:
    viewer, watcher = viewer_of(ward, name), watchers.watchers(ward)[name]
    for value in ward.world.of(ward.person("renamed")):
        grants = {grant.field for grant in value.grants}
        if "former_name" in grants and finds(ward, watcher, value, TODAY):
            (hit,) = reader.search(viewer, value.text, on=TODAY).hits
            seen = ward.world.may(watcher, value.owner, Grant("former_name"), TODAY)
            assert hit.why.startswith("以前の氏名")
            assert (hit.why != "以前の氏名") is seen


def test_who_may_search_for_no_unit_finds_none(ward: Ward) -> None:
    units = [value for value in ward.world.values if value.owner is None and value.grants]
    assert len(units) > 50
    for name in ("it", "audit", "left"):
        viewer = viewer_of(ward, name)
        for value in units[::3]:
            page = reader.search(viewer, value.text, on=TODAY)
            assert (page.hits, page.units, page.total) == ([], [], 0), value


def noticed(ward: Ward, name: str, values: list[Value], day: date) -> bool:
    """Whether the search of this watcher goes wrong, by a hit or by a number of hits."""
    try:
        return bool(wrong(ward, name, values, day))
    except AssertionError:
        return True


@pytest.mark.parametrize("field", ["staff_no", "record_name", "maiden_name", "former_name", "post"])
def test_a_field_opened_by_mistake_is_noticed(
    ward: Ward, monkeypatch: pytest.MonkeyPatch, field: str
) -> None:
    name, day = ("crisis", FUTURE) if field in {"post", "former_name"} else ("stranger", TODAY)
    values = [v for v in owned(ward) if any(grant.field == field for grant in v.grants)][:60]
    assert not noticed(ward, name, values, day)
    kept = searching._searched
    monkeypatch.setattr(searching, "_searched", lambda table, held: kept(table, held) | {field})
    assert noticed(ward, name, values, day)


def test_a_tie_that_reaches_too_many_is_noticed(
    ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    values = [value for value in owned(ward) if value.what == "staff_no"]
    assert not noticed(ward, "head", values, TODAY)
    everybody = frozenset(ward.ids.values())
    monkeypatch.setattr(ties, "_people", lambda tree, units, today: everybody)
    assert noticed(ward, "head", values, TODAY)


def test_a_horizon_that_does_not_hold_is_noticed(
    ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    values = [value for value in owned(ward) if value.what == "extension"]
    assert not noticed(ward, "crisis", values, FUTURE)
    monkeypatch.setattr(Table, "reaching", lambda table, held, on, today: held)
    assert noticed(ward, "crisis", values, FUTURE)
