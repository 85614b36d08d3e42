"""`meibo demo` into a real database: all of it or nothing, and never over people who are there."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from meibo.apps.personnel.queries import renewal
from meibo.domain.disclosure import Viewer
from meibo.ledger import check, drawer, reader, ties
from meibo.ledger.writer import Batch, append, new_id
from meibo.platform import demo
from meibo.platform.accounts.models import Account
from meibo.platform.demo.composing import Composition
from meibo.platform.grants.queries import duties_of
from tests.platform.demo.paper import NOW

TODAY = date(2026, 11, 23)
PEOPLE = 700

pytestmark = pytest.mark.django_db


@pytest.fixture
def data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr(settings, "MEIBO_DATA", tmp_path)
    return tmp_path


def viewer(username: str) -> Viewer:
    account = Account.objects.get(username=username)
    return ties.viewer_of(account.person, duties_of(account.person, TODAY), TODAY)


def test_the_ward_is_drawn_as_the_books_say_and_its_people_can_sign_in(data: Path) -> None:
    said: list[str] = []
    demo.generate(now=NOW, people=PEOPLE, progress=lambda what, _done, _of: said.append(what))
    assert said
    verdict = check.verify()
    assert verdict.checked >= PEOPLE
    assert verdict.differences == []
    everyone = reader.cards(viewer("jinji"), on=TODAY)
    assert abs(len(everyone) - PEOPLE) <= PEOPLE * 0.05
    pictures = {path.name for path in (data / "photos").iterdir()}
    assert pictures >= {c.photo_file for c in everyone if c.photo_file}
    for sign_in in demo.SIGN_INS:
        account = Account.objects.get(username=sign_in.username)
        assert account.check_password(sign_in.password)
    assert Account.objects.filter(is_demo=True).count() == len(demo.SIGN_INS)
    _have_the_ties_that_they_are_there_to_show()


def _have_the_ties_that_they_are_there_to_show() -> None:
    assert viewer("shomu").over["clerk"]
    assert viewer("kakari").over["head"]
    assert viewer("kacho").over["head"]
    duties = {"jinji": "hr", "kyuyo": "payroll", "joho": "it", "kansa": "audit"}
    duties |= {"kiki": "crisis", "kikicho": "crisis", "jinjicho": "hr"}
    for username, tie in duties.items():
        assert tie in viewer(username).ties
    for sign_in in demo.SIGN_INS:
        assert "staff" in viewer(sign_in.username).ties


def test_plans_are_in_the_drawer_of_the_personnel_desk_alone(data: Path) -> None:
    demo.generate(now=NOW, people=PEOPLE)
    plans = [plan for plan in drawer.plans("jinji") if plan.changeable]
    assert [plan.day for plan in plans] == [date(2027, 4, 1)] * 2
    assert all(plan.lines > 10 for plan in plans)
    for plan in plans:
        assert drawer.named(plan.id) == {"jinji": "edit"}
    assert any(line.unread for line in drawer.lines(plans[0].id))


def test_a_transfer_has_been_told_to_those_whom_it_moves_and_to_nobody_else(data: Path) -> None:
    demo.generate(now=NOW, people=PEOPLE)
    [plan] = [plan for plan in drawer.plans("jinji") if not plan.changeable]
    assert (plan.state, plan.day) == (drawer.NOTICED, date(2027, 1, 1))
    told = drawer.noticed_to(viewer("kakari"), NOW)
    assert any(each.own for each in told)
    assert not drawer.noticed_to(viewer("ippan"), NOW)
    assert drawer.plan(plan.id, "kacho").mine == drawer.DECIDE


def test_the_yearly_round_is_half_way(data: Path) -> None:
    demo.generate(now=NOW, people=PEOPLE)
    [found] = renewal.rounds()
    lines = renewal.lines(viewer("jinji"), found)
    tally = renewal.tally(lines)
    assert tally["total"] > tally["section"] > tally["renew"] > 0
    assert tally["planned"] == 0
    states = {(line.item.section, line.item.own, line.item.decision) for line in lines}
    assert len(states) >= 5
    assert {line.authority for line in lines} > {"区長"}


def test_a_roster_with_people_in_it_is_left_alone(data: Path) -> None:
    append(Batch(people={new_id(): "0001058"}), actor="test", now=NOW)
    with pytest.raises(demo.DemoError, match="もう職員がいます"):
        demo.generate(now=NOW, people=PEOPLE)
    assert not (data / "photos").exists()


def test_what_fails_half_way_leaves_nothing_behind(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = Composition(Batch(people={"p1": "0001058"}), {}, [(demo.SIGN_INS[0], "p1")])

    def refuse(*_: object, **__: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(demo, "compose", lambda *_: small)
    monkeypatch.setattr(demo, "open_account", refuse)
    with pytest.raises(OSError, match="disk full"):
        demo.generate(now=NOW, people=PEOPLE)
    assert not check.has_people()
    assert not Account.objects.filter(is_demo=True).exists()
