"""Whom a condition finds is whom one would find by reading through all cards; nobody else."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from meibo.domain.conditions import Been, Compared, Group, Held, Part
from meibo.domain.disclosure import Viewer
from meibo.ledger import house, reader
from meibo.ledger.models import Seat
from meibo.ledger.witness import watching
from meibo.ledger.writer import Batch, NewFiling, append
from tests.apps.directory.free import LANGUAGE, NOTE, add_fields
from tests.apps.directory.ward import NOW, TODAY, TURN, Ward, build

pytestmark = pytest.mark.django_db
HR = Viewer(frozenset({"staff", "hr"}), TODAY)
STAFF = Viewer(frozenset({"staff"}), TODAY)
#: A leaf as the product says it, and the same as anybody would read it off a card.
Leaf = tuple[Part, Callable[[reader.Card], bool | None]]


@pytest.fixture
def ward() -> Ward:
    built = build()
    add_fields()
    people = sorted(p for held in built.seats.values() for p in held)
    filings = [
        NewFiling(person, field, value, TODAY, NOW)
        for number, person in enumerate(people)
        for field, value in ((LANGUAGE, '["英語"]'), (NOTE, "配慮"))
        if number % 3 == 0
    ]
    append(Batch(filings=filings), actor="test", now=NOW)
    return built


def head_of(ward: Ward) -> Viewer:
    person = ward.first("税務課", "030")
    own = frozenset(c.id for c in reader.cards(HR, on=TODAY, unit=ward.codes["税務課"]))
    return Viewer(frozenset({"staff"}), TODAY, person, {"head": own, "unit": own})


def field(key: str, part: Part, test: Callable[[Any], bool]) -> Leaf:
    return part, lambda card: test(card[key]) if key in card else None


def leaves(ward: Ward) -> list[Leaf]:
    tax = ward.codes["税務課"]
    return [
        field("post_code", Compared("post", "in", ("050", "060")), lambda v: v in {"050", "060"}),
        field("unit_codes", Compared("unit", "not", (tax,)), lambda v: tax not in v),
        field("grade", Compared("grade", "ge", ("3",)), lambda v: (v or 0) >= 3),
        field("employment", Compared("employment", "in", ("常勤",)), lambda v: v == "常勤"),
        field("hired", Compared("hired", "until", ("2022-04-01",)), lambda v: v <= "2022-04-01"),
        field("away", Compared("away", "yes"), bool),
        field(LANGUAGE, Compared(LANGUAGE, "in", ("英語",)), lambda v: "英語" in (v or [])),
        field(NOTE, Compared(NOTE, "empty"), lambda v: not v),
        field("extension", Compared("extension", "filled"), bool),
        (Compared("skills", "filled"), lambda card: True if card.get("skills") else None),
    ]


def both(rng: random.Random, known: list[Leaf], depth: int) -> Leaf:
    """A condition made at random, and the naive filter of the same meaning."""
    if depth == 0 or rng.random() < 0.3:
        return rng.choice(known)
    parts = [both(rng, known, depth - 1) for _ in range(rng.randint(1, 3))]
    how = rng.choice(["all", "any", "none"])

    def naive(card: reader.Card) -> bool | None:
        told = [test(card) for _, test in parts]
        if how == "all":
            return False if False in told else None if None in told else True
        met = True if True in told else None if None in told else False
        return met if how == "any" or met is None else not met

    return Group(how, tuple(part for part, _ in parts)), naive


@pytest.mark.parametrize("who", ["hr", "staff", "head"])
def test_a_condition_finds_whom_a_naive_filter_over_all_cards_finds(ward: Ward, who: str) -> None:
    viewer = {"hr": HR, "staff": STAFF, "head": head_of(ward)}[who]
    rng, known = random.Random(7), leaves(ward)
    cards = {day: reader.cards(viewer, on=day) for day in (TODAY, TURN)}
    sizes = set()
    for number in range(120):
        part, naive = both(rng, known, 3)
        day = (TODAY, TURN)[number % 2]
        expected = {card.id for card in cards[day] if naive(card) is True}
        assert set(reader.choose(viewer, Group("all", (part,)), on=day)) == expected, part
        sizes.add(len(expected))
    assert len(sizes) > 8  # it was not nobody or everybody every time


def test_posts_held_are_what_going_through_the_days_tells(ward: Ward) -> None:
    """Day by day through a month, by the organisation of each day."""
    unit, since, on = ward.codes["区民部"], TURN - timedelta(10), TURN + timedelta(10)
    days = [since + timedelta(n) for n in range((on - since).days + 1)]
    inside = {day: set(house.organisation(day).below(unit)) for day in days}
    seats = list(Seat.objects.values_list("person", "unit", "starts", "ends"))
    there = {p for p, u, s, e in seats for day in days if s <= day < e and u in inside[day]}
    serving = {card.id for card in reader.cards(HR, on=on)}
    asked = Group("all", (Been((unit,), since),))
    assert set(reader.choose(HR, asked, on=on)) == there & serving
    never = Group("all", (Been((unit,), since, never=True),))
    assert set(reader.choose(HR, never, on=on)) == serving - there


def test_years_in_a_post_are_counted_for_who_sees_the_history(ward: Ward) -> None:
    asked = Group("all", (Held(("050",), mode="now", months=12),))
    assert reader.choose(STAFF, asked, on=TODAY)
    blind = Viewer(frozenset({"audit"}), TODAY)
    assert reader.choose(blind, asked, on=TODAY) == []
    assert reader.choose(blind, Group("none", (asked,)), on=TODAY) == []


def test_who_is_met_by_a_sensitive_field_is_told_and_nobody_else(ward: Ward) -> None:
    asked = Group("all", (Compared(NOTE, "has", ("配慮",)), Compared("post", "in", ("050",))))
    with watching() as seen:
        met = reader.choose(HR, asked, on=TODAY)
    assert met
    assert seen.sought == {person: {NOTE} for person in met}
    assert seen.read == {}


def test_who_is_protected_is_chosen_by_nobody_beyond_the_section(ward: Ward) -> None:
    person = ward.first("税務係", "060")
    filing = NewFiling(person, "protected", "2", TODAY, NOW, date(2027, 1, 1))
    append(Batch(filings=[filing]), actor="test", now=NOW)
    post = Group("all", (Compared("post", "in", ("060",)),))
    assert person in reader.choose(HR, post, on=TODAY)
    assert person not in reader.choose(STAFF, post, on=TODAY)
    assert person not in reader.choose(STAFF, Group("none", (post,)), on=TODAY)
    been = Group("all", (Been((ward.codes["税務課"],)),))
    assert person not in reader.choose(STAFF, been, on=TODAY)
