"""Who has not said what for sees what a colleague sees, on every page and by every search."""

from dataclasses import replace

import pytest
from django.core.cache import cache

from meibo.ledger import ties
from tests.house.canary import visits, watchers
from tests.house.canary.mutating import mutate
from tests.house.canary.probes import page
from tests.house.canary.visits import Visit
from tests.house.canary.walking import Scene, missing
from tests.house.canary.world import TODAY

NAMES = ("officer", "payroll", "crisis", "head")
WAITING = frozenset({"hr", "payroll"})


@pytest.fixture
def silent(scene: Scene) -> Scene:
    """The same people at other browsers, in which nobody has said what for."""
    cache.clear()  # where sign-ins are counted
    clients = {name: watchers.sign_in(name, purpose="") for name in NAMES}
    known = {
        name: replace(scene.watchers[name], ties=scene.watchers[name].ties - WAITING)
        for name in NAMES
    }
    return replace(scene, watchers=known, clients=clients)


@pytest.mark.parametrize("name", NAMES)
def test_nobody_meets_more_than_a_colleague(silent: Scene, name: str) -> None:
    number = NAMES.index(name)
    found = list(silent.walk(name, list(visits.planned(silent.ward, number))[number::3]))
    assert not found, "\n".join(map(str, found[:40]))


def test_and_nobody_meets_less(silent: Scene) -> None:
    for name in ("officer", "head"):
        for person in silent.ward.ids.values():
            if not silent.there(name, person, TODAY):
                continue
            answer = silent.visit(name, Visit(f"/people/{person}", about=person))
            met = answer.met | silent.world.met(person)
            watcher = silent.watchers[name]
            found = list(missing(silent.world, watcher, person, TODAY, met, "page"))
            assert not found, "\n".join(map(str, found[:40]))


def test_no_list_of_people_goes_out(silent: Scene) -> None:
    asked = [
        visit
        for visit in visits.planned(silent.ward, 0, all_of_them=True)
        if visit.address.split("?")[0].endswith((".csv", ".xlsx"))
        and visit.address != "/privacy/register.csv"  # of fields, not of people
    ]
    assert len(asked) > 20
    for visit in asked:
        status = silent.visit("officer", visit).status
        assert status == (403 if visit.address.startswith(("/audit", "/safety")) else 302)


def test_a_door_that_forgets_to_ask_is_noticed(
    silent: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    probe = page("officer", "/people/{mate}")
    assert not list(probe(silent))
    mutate(monkeypatch, ties, "waiting", "ties=viewer.ties - waits", "ties=viewer.ties")
    assert list(probe(silent))
