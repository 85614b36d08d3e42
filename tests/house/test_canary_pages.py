"""The canary test: every value of every person, unit, order and drawer is a string of its own, and
each is met exactly where the disclosure table allows."""

from datetime import date
from typing import Any

import pytest
import segno

from tests.house.canary import reading, visits, watchers
from tests.house.canary.visits import Visit
from tests.house.canary.walking import Leak, Scene, missing
from tests.house.canary.world import DAYS, FUTURE, PAST, TODAY

NAMES = [post.name for post in watchers.POSTS]


def told(found: list[Leak]) -> str:
    return "\n".join(map(str, found[:40]))


@pytest.mark.parametrize("name", NAMES)
def test_nobody_meets_what_the_table_does_not_allow(scene: Scene, name: str) -> None:
    planned = visits.planned(scene.ward, NAMES.index(name))
    found = list(scene.walk(name, planned))
    assert not found, told(found)


@pytest.mark.soak
@pytest.mark.parametrize("name", NAMES)
def test_nobody_meets_it_on_any_page_of_anybody_on_any_day(scene: Scene, name: str) -> None:
    found = list(scene.walk(name, visits.planned(scene.ward, 0, all_of_them=True)))
    assert not found, told(found)


#: Whose eyes, and on which days, are looked through for what has to be there.
COMPLETE = (
    ("stranger", TODAY),
    ("mate", PAST),
    ("clerk", TODAY),
    ("head", FUTURE),
    ("director", TODAY),
    ("officer", PAST),
    ("officer", TODAY),
    ("officer", FUTURE),
    ("payroll", TODAY),
    ("crisis", TODAY),
)


@pytest.mark.parametrize(("name", "day"), COMPLETE)
def test_what_the_table_allows_is_on_the_persons_page(scene: Scene, name: str, day: date) -> None:
    found: list[Leak] = []
    for person in scene.ward.ids.values():
        answer = scene.visit(name, Visit(f"/people/{person}?on={day}", (day,), person))
        assert answer.status == (200 if scene.there(name, person, day) else 404)
        # What the address says is on the page, too.
        met = answer.met | scene.world.met(person)
        if answer.status == 200:
            found += missing(scene.world, scene.watchers[name], person, day, met, "page")
    assert not found, told(found)


@pytest.mark.parametrize("name", ["stranger", "mate", "chief", "officer", "payroll", "crisis"])
def test_a_photo_is_seen_by_whom_its_person_chose(scene: Scene, name: str) -> None:
    found: list[Leak] = []
    for person in scene.ward.ids.values():
        answer = scene.visit(name, Visit(f"/people/{person}/photo"))
        found += missing(scene.world, scene.watchers[name], person, TODAY, answer.met, "photo")
        on_page = f"/people/{person}/photo" in scene.visit(name, Visit(f"/people/{person}")).text
        assert on_page is (answer.status == 200)
    assert not found, told(found)


def test_everybody_sees_all_of_their_own_record(scene: Scene) -> None:
    for name, watcher in scene.watchers.items():
        if watcher.person is None:
            continue
        for day in DAYS:
            answer = scene.visit(name, Visit(f"/people/{watcher.person}?on={day}", (day,)))
            met = answer.met | scene.world.met(watcher.person)
            found = list(missing(scene.world, watcher, watcher.person, day, met, "page"))
            assert not found, told(found)


#: Addresses at which nobody signs in: the entrance, a signed link to an answer, a signing hub.
OPEN = ("account_", "answer:", "telegrams:hub", "safety:told", "safety:push_")


@pytest.mark.parametrize(
    "page", ["", "/people", "/desk", "/muster", "/reaching", "/report", "/log"]
)
def test_there_is_a_check_to_walk_through(scene: Scene, page: str) -> None:
    assert scene.visit("crisis", Visit(f"/safety/checks/1{page}")).status == 200


@pytest.mark.parametrize("route", sorted(visits.ROUTES))
def test_who_has_not_signed_in_gets_to_no_page_and_meets_nothing(scene: Scene, route: str) -> None:
    for visit in list(visits.ROUTES[route](scene.ward))[:3]:
        status, text = reading.anybody(visit.address)
        assert status in {200, 302, 404, 405, 410}
        assert route.startswith(OPEN) or status == 302
        assert not scene.world.met(text) - scene.world.met(visit.address)


def test_whose_browser_was_left_open_is_signed_out_after_the_last_day(scene: Scene) -> None:
    client = watchers.sign_in("left")
    answer = client.get("/list")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/start/closed")
    assert "_auth_user_id" not in client.session


def test_every_address_of_the_house_is_walked() -> None:
    named = list(visits.named_routes())
    assert sorted(named) == sorted(visits.ROUTES), "add the new address to canary/visits.py"


def test_a_code_holds_what_the_card_to_take_away_holds(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []
    make = segno.make

    def spy(text: str, **options: Any) -> Any:
        drawn.append(text)
        return make(text, **options)

    monkeypatch.setattr("meibo.apps.directory.views.people.segno.make", spy)
    for person in list(scene.ward.ids.values())[:5]:
        code = scene.visit("mate", Visit(f"/people/{person}/card.svg"))
        card = scene.visit("mate", Visit(f"/people/{person}/card.vcf"))
        assert code.status == 200
        assert drawn.pop() == card.content.decode()


@pytest.mark.parametrize("address", ["card.vcf", "card.svg"])
def test_nobody_takes_along_the_card_of_somebody_protected(scene: Scene, address: str) -> None:
    maiden, hidden = scene.ward.person("maiden"), scene.ward.person("hidden")
    for name in ("stranger", "chief", "officer", "crisis"):
        for person in (maiden, hidden):
            assert scene.visit(name, Visit(f"/people/{person}/{address}")).status == 404
        page = scene.visit(name, Visit(f"/people/{maiden}")).text
        assert "連絡先を電話に入れる" not in page
    other = scene.ward.person("mate")
    assert scene.visit("stranger", Visit(f"/people/{other}/{address}")).status == 200
