"""A plan is there for who is named on it and for nobody else: none of the watchers meets it on any
page, in any count or log, and who is named on it does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client

from meibo.config.clock import now as clock_now
from meibo.ledger import drawer
from meibo.platform.accounts.actions import open_account
from meibo.platform.audit.models import AuditRecord, AuditSubject
from tests.house.canary import reading, visits, watchers
from tests.house.canary.walking import Scene
from tests.house.canary.world import NOW

OF_PLANS = sorted(name for name in visits.ROUTES if name.startswith("personnel:plan"))
READ = [n for n in OF_PLANS if n not in {"personnel:plans", "personnel:plan_kin"}]
SECRETS = ("plan", "plan title")


def addresses(scene: Scene) -> Iterator[str]:
    for name in OF_PLANS:
        for visit in visits.ROUTES[name](scene.ward):
            yield visit.address


def secrets(scene: Scene, text: str) -> set[str]:
    return {value.text for value in scene.world.met(text) if value.what in SECRETS}


@pytest.fixture
def planner(scene: Scene) -> Client:
    """Another officer, who alone is named on the plan."""
    person = scene.ward.person("officer")
    account = open_account("planner", None, person, ["hr"], actor="test", now=NOW)
    client = Client()
    client.force_login(account)
    client.post("/purpose/", {"purpose": "transfer"})
    return client


@pytest.mark.parametrize("name", [post.name for post in watchers.POSTS])
def test_nobody_who_is_not_named_meets_a_plan(scene: Scene, name: str) -> None:
    for address in addresses(scene):
        answer = scene.visit(name, visits.Visit(address))
        met = {value.text for value in answer.met if value.what in SECRETS}
        assert not met, address
        if f"/plans/{scene.ward.plan}/" in address and name == "officer":
            here, there = f"/plans/{scene.ward.plan}/", "/plans/9/"
            # As a number that no plan has: not even that there is one is told.
            nothing = address.replace(here, there)
            other = scene.visit(name, visits.Visit(nothing))
            assert answer.status == other.status
            assert answer.text.replace(here, there) == other.text


def test_an_officer_who_is_not_named_is_told_neither_title_nor_count(scene: Scene) -> None:
    page = scene.visit("officer", visits.Visit("/personnel/plans/")).text
    assert "0件" in page
    assert "引き取りを待つ" not in page
    desk = scene.visit("officer", visits.Visit("/personnel/")).text
    task = desk.split('href="/personnel/plans/"')[1].split("</li>")[0]
    assert "件" not in task


def test_who_is_named_meets_it_and_no_log_tells_of_its_people(
    scene: Scene, planner: Client
) -> None:
    before = AuditRecord.objects.count()
    met = ""
    for address in addresses(scene):
        answer = planner.get(address)
        assert answer.status_code in {200, 302, 405, 404}, address
        if answer.status_code == 200:
            met += reading.text(answer, reading.body(answer))
    assert len(secrets(scene, met)) >= 4
    new = AuditRecord.objects.filter(no__gt=before)
    subjects = AuditSubject.objects.filter(record__in=new, record__act="read")
    mate = scene.ward.person("mate")
    own = scene.ward.person("officer")
    assert mate not in set(subjects.values_list("person", flat=True)) - {own}
    for record in new:
        assert not secrets(scene, record.detail), record.detail


def test_sheets_of_a_noticed_plan_are_for_who_is_named_and_no_log_tells_of_its_people(
    scene: Scene, planner: Client
) -> None:
    plan, states = scene.ward.plan, [drawer.DRAFT, drawer.NOTICED]
    hour = clock_now() + timedelta(hours=1)
    drawer.pass_on(plan, drawer.NOTICED, expected=states, notice_at=hour, now=NOW)
    mate = scene.ward.person("mate")
    paths = (f"/personnel/plans/{plan}/sheets/{kind}" for kind in ("informal", "jirei"))
    addresses = [f"/personnel/plans/{plan}/notice/sheets", *paths]
    for name in (post.name for post in watchers.POSTS):
        for address in (*addresses, f"{addresses[1]}?person={mate}"):
            answer = scene.visit(name, visits.Visit(address))
            assert answer.status in {302, 403, 404}, (name, address)
            assert not {value.text for value in answer.met if value.what in SECRETS}, address
    before = AuditRecord.objects.count()
    wording = next(v.text for v in scene.world.values if v.what == "plan")
    for address in addresses:
        answer = planner.get(address)
        assert answer.status_code == 200, address
        assert wording in reading.text(answer, reading.body(answer)).replace("\n", ""), address
    new = AuditRecord.objects.filter(no__gt=before)
    subjects = AuditSubject.objects.filter(record__in=new)
    assert mate not in set(subjects.values_list("person", flat=True))
    for record in new:
        assert not secrets(scene, record.detail), record.detail


def test_the_drawer_has_a_plan_for_this_to_mean_anything(scene: Scene) -> None:
    assert drawer.lines(scene.ward.plan)
    assert drawer.named(scene.ward.plan) == {"planner": "edit"}
