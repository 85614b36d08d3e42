"""Conditions find nobody, and leave nobody out, by what the table does not let a viewer see."""

import re
from datetime import date

import pytest

from meibo.apps.directory.models import FoundSet
from tests.house.canary.walking import Scene
from tests.house.canary.world import TODAY, TURN, Value

NAMES = ("stranger", "clerk", "head", "officer", "payroll")
#: What a canary is → the field of the builder that asks about it, and how.
ASKED = {
    "free:open": ("free:open", "is"),
    "free:closed": ("free:closed", "is"),
    "note": ("note", "is"),
    "address": ("address", "is"),
    "staff_no": ("staff_no", "is"),
    "seat": ("seat", "is"),
    "skill": ("skills", "has"),
}


def asked_of(scene: Scene, name: str, field: str, op: str, value: str, how: str) -> set[str]:
    """Whom the builder finds; nobody where it refuses the field."""
    row = {"g0r0-kind": "test", "g0r0-field": field, "g0r0-op": op, "g0r0-v": value}
    data = {"how": "all", "g0-how": how, **row, "do": "find"}
    answer = scene.clients[name].post("/choose/new", data)
    if answer.status_code != 302 or not (number := re.search(r"/sets/(\d+)", answer["Location"])):
        return set()
    return set(FoundSet.objects.get(pk=number[1]).people)


def today(scene: Scene) -> list[Value]:
    """The values of today of the fields that are asked about, a few of each."""
    found: dict[str, list[Value]] = {}
    for value in scene.world.values:
        if (
            value.what in ASKED
            and value.owner
            and any(grant.starts <= TODAY < grant.ends for grant in value.grants)
        ):
            found.setdefault(value.what, []).append(value)
    assert set(found) == set(ASKED)
    return [value for values in found.values() for value in values[::2]]


@pytest.mark.parametrize("name", NAMES)
def test_a_value_finds_its_person_for_those_alone_who_may_see_it(scene: Scene, name: str) -> None:
    watcher, world = scene.watchers[name], scene.world
    for value in today(scene):
        field, op = ASKED[value.what]
        met = asked_of(scene, name, field, op, value.text, "all")
        # What one sees of oneself alone is nothing to ask others by.
        seen = world.on_card(watcher, value, TODAY) and value.owner != watcher.person
        if seen or value.owner != watcher.person:
            assert met == ({value.owner} if seen else set()), value


@pytest.mark.parametrize("name", NAMES)
def test_who_is_not_meant_is_told_of_those_alone_of_whom_one_may_know(
    scene: Scene, name: str
) -> None:
    watcher, world = scene.watchers[name], scene.world
    for field in ("free:open", "free:closed", "note", "staff_no"):
        met = asked_of(scene, name, field, "is", "鵺鵺鵺", "none")
        rows = [value for value in world.values if value.what == field]
        known = {
            str(value.owner)
            for value in rows
            if world.on_card(watcher, value, TODAY) or value.owner == watcher.person
        }
        assert met <= known, field


@pytest.mark.parametrize("day", [date(2025, 5, 20), TURN])
def test_posts_are_asked_about_by_who_sees_them_and_by_nobody_else(scene: Scene, day: date) -> None:
    unit = scene.world.units["A1"]
    row = {"g0r0-kind": "been", "g0r0-units": unit, "g0r0-never": "1", "do": "find"}
    for name, may in (("stranger", True), ("officer", True), ("it", False), ("left", False)):
        data = {"how": "all", "g0-how": "all", **row}
        answer = scene.clients[name].post(f"/choose/new?on={day}", data)
        found = answer.status_code == 302 and "/sets/" in answer["Location"]
        assert found is may, name
