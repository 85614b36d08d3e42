"""名寄せ: two numbers of one person joined, one parted, and either taken back: whatever was read of
the book before is read again, and the drawn tables say what the books say at every step."""

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from meibo.domain.book import Effect
from meibo.ledger import (
    check,
    draw,
    drawer,
    holdings,
    identity,
    joins,
    protection,
    reader,
    roll,
    shredding,
    ties,
    vault,
)
from meibo.ledger.drawer import LineChange
from meibo.ledger.identity import Clerks, IdentityError, Parting
from meibo.ledger.models import DataKey, Seat, Stretch, UnitStretch
from meibo.ledger.protection import Shielded, Why
from meibo.ledger.writer import UNIT, Batch, NewFiling
from meibo.platform.retention.actions import remember
from tests.ledger import scenes
from tests.ledger.scenes import KNOWN, NOW, START, TODAY, viewer

pytestmark = pytest.mark.django_db
TWO = Clerks("jinji", "jinji2")
HR = viewer("hr")
LATER = NOW + timedelta(hours=1)


class Two:
    """One person under two numbers: served until 2023, came back in 2024 under another one."""

    def __init__(self) -> None:
        batch = scenes.house()
        self.a = scenes.hire(batch, "0001", "山田　花子", "ヤマダ　ハナコ", "01010010", "070")
        batch.add(scenes.order(self.a, date(2023, 3, 31), Effect.LEAVE, "退職"))
        self.b = scenes.hire(batch, "0002", "山田　花子", "ヤマダ　ハナコ", "02010000", "060")
        self.other = scenes.hire(batch, "0003", "佐藤　健", "サトウ　ケン", "02010000", "070")
        scenes.file(batch, self.a, "address", "旧の住所")
        scenes.file(batch, self.b, "address", "今の住所", date(2024, 4, 1))
        allotted = json.dumps({"text": "窓口", "role": "主", "person": self.b})
        for field, value in (("allotment:1", allotted), ("clerks", f'["{self.b}"]')):
            batch.filings.append(NewFiling(UNIT + "02010000", field, value, START, KNOWN))
        scenes.append(batch)


@pytest.fixture
def two() -> Two:
    return Two()


def drawn() -> dict[str, Any]:
    """The drawn tables, whole."""
    fields = ("person", "starts", "ends", "unit", "post", "state")
    return {
        "stretches": sorted(map(str, Stretch.objects.values_list(*fields))),
        "seats": sorted(map(str, Seat.objects.values_list("person", "unit", "post", "starts"))),
        "units": sorted(map(str, UnitStretch.objects.values_list("code", "starts", "state"))),
    }


def differences() -> list[str]:
    return check.verify().differences


def test_two_numbers_lead_to_one_card(two: Two) -> None:
    identity.join(two.a, two.b, TWO, now=NOW)
    assert differences() == []
    assert ties.person_numbered("0002") == ties.person_numbered("0001") == two.a
    card = reader.card(HR, two.a, on=TODAY)
    assert card is not None
    assert (card["staff_no"], card["other_numbers"]) == ("0001", ["0002"])
    assert card["address"] == "今の住所"
    assert card["birth_date"] == "1990-05-06"
    assert reader.card(HR, two.b, on=TODAY) is None
    assert {c.id for c in reader.cards(HR, on=TODAY)} == {two.a, two.other}
    for number in ("0001", "0002"):
        assert [hit.card.id for hit in reader.search(HR, number, on=TODAY).hits] == [two.a]
    assert {row.wording for row in reader.history(HR, two.a)} == {"採用", "退職"}
    assert len(holdings.held(two.a).orders) == 3


def test_an_order_to_one_number_ends_nothing_under_the_other(two: Two) -> None:
    identity.join(two.b, two.a, TWO, now=NOW)  # the one who left is joined to who serves
    card = reader.card(HR, two.b, on=TODAY)
    assert card is not None
    assert card["unit_code"] == "02010000"
    assert draw.everyone() == {two.b, two.other}


def test_taking_it_back_draws_both_as_before(two: Two) -> None:
    before = drawn()
    number = identity.join(two.a, two.b, TWO, now=NOW)
    assert drawn() != before
    identity.undo_join(number, TWO, now=LATER)
    assert drawn() == before
    assert differences() == []
    with pytest.raises(IdentityError, match="もう取り消されています"):
        identity.undo_join(number, TWO, now=LATER)


def test_what_was_known_before_stays_what_it_was(two: Two) -> None:
    number = identity.join(two.a, two.b, TWO, now=NOW)
    earlier = NOW - timedelta(seconds=1)
    assert reader.card(HR, two.b, on=TODAY, known=earlier) is not None
    assert len(reader.cards(HR, on=date(2022, 1, 1), known=earlier)) == 3
    identity.undo_join(number, TWO, now=LATER)
    card = reader.card(HR, two.a, on=TODAY, known=NOW)
    assert card is not None  # then they were one, and the sealed values of both are opened
    assert card["address"] == "今の住所"
    assert reader.card(HR, two.a, on=date(2024, 1, 1)) is None


def test_the_allotment_and_the_clerks_name_the_one_who_leads(two: Two) -> None:
    identity.join(two.a, two.b, TWO, now=NOW)
    assert ties.units_kept_by(two.a, TODAY) == {"02010000"}
    card = reader.card(HR, two.a, on=TODAY)
    assert card is not None
    assert [each["text"] for each in card["allotments"]] == ["窓口"]


def test_who_signs_in_by_the_joined_number_is_that_person(two: Two) -> None:
    identity.join(two.a, two.b, TWO, now=NOW)
    assert ties.viewer_of(two.b, (), TODAY).person == two.a
    assert roll.in_service(two.b, TODAY)
    assert roll.serving(TODAY, [two.b, two.other]) == {two.b, two.other}
    assert {seat.person for seat in roll.seats_between([two.b], TODAY, TODAY)} == {two.b}


def test_an_order_to_either_number_goes_on_working(two: Two) -> None:
    number = identity.join(two.a, two.b, TWO, now=NOW)
    batch = Batch()
    batch.add(scenes.order(two.b, date(2026, 6, 1), Effect.MOVE, unit="01010000", post="060"))
    scenes.append(batch, LATER)
    card = reader.card(HR, two.a, on=TODAY)
    assert card is not None
    assert [card["unit_code"], differences()] == ["01010000", []]
    identity.undo_join(number, TWO, now=LATER)
    card = reader.card(HR, two.b, on=TODAY)
    assert card is not None
    assert [card["unit_code"], differences()] == ["01010000", []]


def test_a_plan_for_either_number_is_previewed_as_that_persons(two: Two) -> None:
    identity.join(two.a, two.b, TWO, now=NOW)
    plan = drawer.begin("案", account="jinji", now=NOW, day=date(2027, 4, 1))
    move = scenes.order(two.b, date(2027, 4, 1), Effect.MOVE, unit="01010000", post="060")
    drawer.put(plan, [LineChange(move)], account="jinji", now=NOW)
    seen = drawer.preview(plan)
    state = seen.after(two.b, date(2027, 4, 1))
    assert state is not None
    assert state == seen.after(two.a, date(2027, 4, 1))
    assert state["unit"] == "01010000"
    assert two.b not in seen.everyone(date(2027, 4, 1))


def test_a_protection_of_either_number_protects(two: Two) -> None:
    shield = Shielded(two.b, protection.Protection.SECTION, TODAY, date(2027, 1, 1), Why("x", "y"))
    protection.put(shield, actor="t", now=NOW)
    identity.join(two.a, two.b, TWO, now=NOW)
    assert [(s.person, s.why) for s in protection.standing(TODAY)] == [(two.a, Why("x", "y"))]
    assert reader.card(viewer("staff"), two.a, on=TODAY) is None
    assert len(protection.filed(two.a)) == 1
    protection.end(two.a, TODAY, actor="t", now=LATER)
    assert protection.standing(TODAY) == []


def test_the_keys_stay_with_the_ids_and_go_together(two: Two) -> None:
    batch = Batch()
    batch.add(scenes.order(two.b, date(2025, 3, 31), Effect.LEAVE, "退職"))
    scenes.append(batch)
    identity.join(two.a, two.b, TWO, now=NOW)
    vault.rewrap()
    assert set(shredding.gone(TODAY)) == {two.a}
    assert set(shredding.belongings(two.b).ids) == {two.a, two.b}
    shredding.shred(two.a, actor="t", now=NOW)
    assert set(DataKey.objects.values_list("person_id", flat=True)) == {two.other}
    assert ties.person_numbered("0001") is ties.person_numbered("0002") is None
    assert differences() == []
    draw.redraw_all()
    assert set(Stretch.objects.values_list("person", flat=True)) == {two.other}
    with pytest.raises(IdentityError, match="名寄せできません"):
        identity.join(two.a, two.other, TWO, now=NOW)


def test_nobody_is_joined_twice_or_to_somebody_unknown(two: Two) -> None:
    identity.join(two.a, two.b, TWO, now=NOW)
    for kept, joined in ((two.a, two.b), (two.b, two.a), (two.other, two.b), ("p0", two.other)):
        with pytest.raises(IdentityError):
            identity.join(kept, joined, TWO, now=NOW)


def test_the_book_of_identities_is_only_added_to(two: Two) -> None:
    identity.join(two.a, two.b, TWO, now=NOW)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        joins.Joining.objects.all().delete()


# -- parting ------------------------------------------------------------------


def parting(two: Two, staff_no: str = "0009") -> Parting:
    """The orders of 2021 on, and the address, belong to somebody else."""
    batch = Batch()
    batch.add(
        scenes.order(
            two.other,
            date(2021, 4, 1),
            Effect.ENTER,
            "採用",
            unit="01010010",
            post="060",
            appointment="2",
        )
    )
    scenes.append(batch)
    scenes_filed = Batch()
    scenes.file(scenes_filed, two.other, "name", "鈴木　一", date(2021, 4, 1))
    scenes.file(scenes_filed, two.other, "address", "鈴木の家", date(2021, 4, 1))
    scenes.append(scenes_filed)
    lines = {e.no for e in identity.orders_of(two.other) if e.effective == date(2021, 4, 1)}
    filings = {e.no for e in identity.filings_of(two.other) if e.effective == date(2021, 4, 1)}
    return Parting(two.other, frozenset(lines), frozenset(filings), staff_no)


def test_one_number_that_was_two_people_is_parted_and_put_together_again(two: Two) -> None:
    wanted = parting(two)
    before = drawn()
    new = identity.part(wanted, "identity:1", actor="t", now=NOW)
    assert differences() == []
    card, rest = reader.card(HR, new, on=TODAY), reader.card(HR, two.other, on=TODAY)
    assert card is not None
    assert rest is not None
    assert (card["name"], card["address"], card["staff_no"]) == ("鈴木　一", "鈴木の家", "0009")
    assert (rest["name"], rest.get("address")) == ("佐藤　健", None)
    assert ties.person_numbered("0009") == new
    identity.undo_part(two.other, new, "identity:1", actor="t", now=LATER)
    assert drawn() == before
    assert differences() == []
    assert identity.part(wanted_again(two), "identity:2", actor="t", now=LATER) == new
    identity.undo_part(two.other, new, "identity:2", actor="t", now=LATER)
    assert [drawn() == before, differences()] == [True, []]


def wanted_again(two: Two) -> Parting:
    """The same once more: what was put together again counts under its old numbers."""
    lines = {e.no for e in identity.orders_of(two.other) if e.effective == date(2021, 4, 1)}
    filings = {e.no for e in identity.filings_of(two.other) if e.effective == date(2021, 4, 1)}
    return Parting(two.other, frozenset(lines), frozenset(filings), "0009")


def test_what_was_parted_outlives_the_key_of_the_other(two: Two) -> None:
    new = identity.part(parting(two), "identity:1", actor="t", now=NOW)
    batch = Batch()
    batch.add(scenes.order(two.other, date(2026, 3, 31), Effect.LEAVE, "退職"))
    scenes.append(batch, LATER)
    shredding.shred(two.other, actor="t", now=LATER)
    card = reader.card(HR, new, on=TODAY)
    assert card is not None
    assert card["address"] == "鈴木の家"


def test_a_parting_is_refused_where_it_would_lose_something(two: Two) -> None:
    wanted = parting(two, "0001")
    with pytest.raises(IdentityError, match="ほかの人が使っています"):
        identity.part(wanted, "identity:1", actor="t", now=NOW)
    every = frozenset(e.no for e in identity.orders_of(two.other))
    with pytest.raises(IdentityError, match="すべての発令"):
        identity.part(Parting(two.other, every, frozenset(), ""), "x", actor="t", now=NOW)
    new = identity.part(wanted_again(two), "identity:1", actor="t", now=NOW)
    batch = Batch()
    batch.add(
        scenes.order(
            new, date(2026, 6, 1), Effect.MOVE, unit="01010000", post="060", appointment="2"
        )
    )
    scenes.append(batch, LATER)
    with pytest.raises(IdentityError, match="分けた後に"):
        identity.undo_part(two.other, new, "identity:1", actor="t", now=LATER)


# -- the law ------------------------------------------------------------------


def deeds(rng: Random, ids: list[str]) -> Iterator[str]:
    """Joins and their undoing in any order, with orders and filings in between."""
    made: list[int] = []
    for step in range(10):
        now = NOW + timedelta(minutes=step)
        what = rng.choice(("join", "join", "undo", "order", "file"))
        leads = [each for each in ids if joins.lead(each) == each]
        if what == "join" and len(leads) > 1:
            made.append(identity.join(*rng.sample(leads, 2), TWO, now=now))
        elif what == "undo" and made:
            identity.undo_join(made.pop(rng.randrange(len(made))), TWO, now=now)
        elif what == "order":
            _order(rng, rng.choice(ids), now)
        elif what == "file":
            batch = Batch()
            text = f"所{rng.randrange(1000)}"
            day = START + timedelta(days=rng.randrange(2000))
            batch.filings.append(NewFiling(rng.choice(ids), "address", text, day, now))
            scenes.append(batch, now)
        yield what
    for number in rng.sample(made, len(made)):
        identity.undo_join(number, TWO, now=NOW + timedelta(hours=2))


def _order(rng: Random, person: str, now: datetime) -> None:
    day = START + timedelta(days=rng.randrange(1, 2000))
    batch = Batch()
    unit = rng.choice(list(scenes.UNITS))
    batch.add(scenes.order(person, day, Effect.MOVE, unit=unit, post="060"))
    scenes.append(batch, now)


@pytest.mark.parametrize("seed", range(5))
def test_however_people_are_joined_and_parted_the_roster_is_what_the_books_say(seed: int) -> None:
    rng = Random(seed)
    batch = scenes.house()
    ids = [
        scenes.hire(batch, f"{n:04}", f"名{n}　太", "ナ　タ", rng.choice(list(scenes.UNITS)), "070")
        for n in range(5)
    ]
    scenes.append(batch)
    for what in deeds(rng, ids):
        assert differences() == [], what
        groups = joins.groups()
        there = set(Stretch.objects.values_list("person", flat=True))
        assert there == {groups.lead(each) for each in ids}
        numbers = {ties.person_numbered(f"{n:04}") for n in range(5)}
        assert numbers == there
    # With everything taken back each is drawn as if nobody had ever been joined.
    after = drawn()
    draw.redraw_all()
    assert drawn() == after
    assert draw.everyone() == set(ids)


def test_all_ids_of_somebody_are_remembered_as_gone(two: Two, tmp_path: Any, settings: Any) -> None:
    settings.MEIBO_DATA = tmp_path
    identity.join(two.a, two.b, TWO, now=NOW)
    remember(joins.members(two.a))
    assert set((tmp_path / "shredded").read_text().split()) == {two.a, two.b}
