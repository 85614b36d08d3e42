"""While a disaster or a drill is open, crisis management meets what the table gives then, and no
more; nobody else meets anything by it; every look is written down and told."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from meibo.config.clock import now as clock_now
from meibo.platform import door
from meibo.platform.audit.actions import Actor
from meibo.platform.audit.models import AuditRecord
from meibo.platform.emergency.actions import close, open_up
from meibo.platform.emergency.models import EmergencyEvent, Kind
from tests.house.canary import visits, watchers
from tests.house.canary.mutating import mutate
from tests.house.canary.probes import page
from tests.house.canary.visits import Visit
from tests.house.canary.walking import Scene, missing
from tests.house.canary.world import TODAY

NAMES = ("crisis", "mate", "officer", "payroll", "it", "audit")
ACTOR = Actor("crisis")


@pytest.fixture
def opened(scene: Scene) -> Iterator[Scene]:
    """An event is open, as crisis management has opened it."""
    now = clock_now()
    open_up(Kind.DRILL, "訓練", "参集のため", 24, actor=ACTOR, now=now)
    known = {
        name: replace(watcher, event="crisis" in watcher.ties)
        for name, watcher in scene.watchers.items()
    }
    yield replace(scene, watchers=known)
    EmergencyEvent.objects.all().delete()


@pytest.mark.parametrize("name", NAMES)
def test_nobody_meets_what_the_table_does_not_give_in_an_event(opened: Scene, name: str) -> None:
    number = [post.name for post in watchers.POSTS].index(name)
    planned = list(visits.planned(opened.ward, number))[number :: 1 if name == "crisis" else 4]
    found = list(opened.walk(name, planned))
    assert not found, "\n".join(map(str, found[:40]))


def test_crisis_management_meets_the_contacts_and_they_whose_they_are_are_told(
    opened: Scene,
) -> None:
    watcher = opened.watchers["crisis"]
    for key in ("mate", "hidden", "maiden"):
        person = opened.ward.person(key)
        before = AuditRecord.objects.filter(act="emergency").count()
        answer = opened.visit("crisis", Visit(f"/people/{person}", about=person))
        met = answer.met | opened.world.met(person)
        found = list(missing(opened.world, watcher, person, TODAY, met, "page"))
        assert not found, "\n".join(map(str, found[:40]))
        assert any(value.what.startswith("contacts") for value in answer.met)
        (record,) = AuditRecord.objects.filter(act="emergency").order_by("no")[before:]
        assert [each.person for each in record.subjects.all()] == [person]
        assert json.loads(record.detail)["fields"] == ["contacts", "emergency"]
        assert record.purpose == "参集のため"
    own = opened.visit("mate", Visit(f"/people/{opened.ward.person('mate')}"))
    assert "あなたの連絡先を見ました" in own.text
    assert "参集のため" in own.text


def test_the_band_is_on_every_page_of_crisis_management_and_of_nobody_else(opened: Scene) -> None:
    for address in ("/", "/list", "/chart", "/disclosure", "/safety/events"):
        assert "band-event" in opened.visit("crisis", Visit(address)).text
    for name in ("mate", "officer", "it"):
        assert "band-event" not in opened.visit(name, Visit("/list")).text


def test_a_closed_event_shows_nothing(opened: Scene) -> None:
    shut = replace(opened.watchers["crisis"], event=False)
    scene = replace(opened, watchers={**opened.watchers, "crisis": shut})
    probe = page("crisis", "/people/{mate}")
    assert list(probe(scene))
    close(actor=ACTOR, now=clock_now())
    assert not list(probe(scene))


def test_an_event_whose_time_is_over_shows_nothing(opened: Scene) -> None:
    shut = replace(opened.watchers["crisis"], event=False)
    scene = replace(opened, watchers={**opened.watchers, "crisis": shut})
    past = clock_now() - timedelta(minutes=1)
    EmergencyEvent.objects.update(opened_at=past - timedelta(hours=24), closes_at=past)
    assert not list(page("crisis", "/people/{mate}")(scene))


def test_an_event_that_is_believed_to_be_open_is_noticed(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    probe = page("crisis", "/people/{mate}")
    assert not list(probe(scene))
    mutate(monkeypatch, door, "_in_event", "if event is None", "if False")
    assert list(probe(scene))
