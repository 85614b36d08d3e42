"""The canary test on the command line: roster, person, search and changes, in every format."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pytest

from tests.house.canary.commands import KEYS, at_the_desk, meibo
from tests.house.canary.policy import Grant, Watcher
from tests.house.canary.visits import Visit
from tests.house.canary.walking import Leak, Scene, leaks, missing
from tests.house.canary.watchers import TIES, of_tie
from tests.house.canary.world import DAYS, FUTURE, PAST, TODAY

PEOPLE = ("mate", "clerk", "head", "chief", "officer", "left")
VIEWERS = (*(f"tie:{tie}" for tie in TIES), *PEOPLE)


@pytest.fixture
def scene(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> Scene:
    at_the_desk(monkeypatch)
    return scene


def watcher_of(scene: Scene, name: str) -> Watcher:
    return of_tie(name.removeprefix("tie:")) if name not in PEOPLE else scene.watchers[name]


def as_of(scene: Scene, name: str) -> list[str]:
    return ["--as", scene.world.numbers[name] if name in PEOPLE else name]


def run(scene: Scene, name: str, shown: Visit, *words: str) -> Iterator[Leak]:
    """What should not have been said, aloud or into the log. What was typed is no news."""
    scene.ear.take()
    said = meibo(*words, *as_of(scene, name))
    told = scene.world.met(" ".join([*words, *as_of(scene, name)]))
    met = scene.world.met(f"{said.text}\n{scene.ear.take()}") - told
    yield from leaks(scene.world, watcher_of(scene, name), shown, met, " ".join(words))


@pytest.mark.parametrize("name", VIEWERS)
def test_no_command_says_what_the_table_does_not_allow(scene: Scene, name: str) -> None:
    found: list[Leak] = []
    for number, day in enumerate(DAYS):
        form = ("json", "csv", "table")[(VIEWERS.index(name) + number) % 3]
        shown, common = Visit("", (day,), framed=False), ["--on", day.isoformat(), "--format", form]
        found += run(scene, name, shown, "roster", *common)
        found += run(scene, name, shown, "search", "鵺", "--limit", "99", *common)
    for start, end in ((PAST, TODAY), (TODAY, FUTURE), (FUTURE, PAST)):
        shown = Visit("", (start, end), compares=True, framed=False)
        days = [f"--from={start}", f"--to={end}"]
        for form in ("json", "csv"):
            found += run(scene, name, shown, "changes", *days, "--format", form)
    assert not found, "\n".join(map(str, found[:40]))


@pytest.mark.parametrize("name", VIEWERS)
def test_a_person_in_json_holds_all_that_is_allowed_and_nothing_else(
    scene: Scene, name: str
) -> None:
    watcher, found = watcher_of(scene, name), []
    for number, (key, person) in enumerate(scene.ward.ids.items()):
        day = DAYS[(VIEWERS.index(name) + number) % 3]
        words = ["person", scene.world.numbers[key], "--on", day.isoformat(), "--format", "json"]
        found += run(scene, name, Visit("", (day,), framed=False), *words)
        said = meibo(*words, *as_of(scene, name))
        assert said.code == 0
        card = json.loads(said.out)
        seen = scene.world.in_service(person, day) and scene.world.may(
            watcher, person, Grant("exists"), day
        )
        assert (card is not None) is seen
        if card is not None:
            met = frozenset(scene.world.met(said.out))
            found += missing(scene.world, watcher, person, day, met, "json")
            assert not wrong_keys(scene, watcher, card, day)
    assert not found, "\n".join(map(str, found[:40]))


def wrong_keys(scene: Scene, watcher: Watcher, card: Mapping[str, Any], day: date) -> list[str]:
    """Keys that are there and should not be, even if there is nothing in them."""
    role = scene.ward.role(card["id"])
    shares = {"photo": role.photo, "skill": role.skill}
    grants = {key: Grant(KEYS[key], share=shares.get(KEYS[key], "all")) for key in card}
    return [
        key for key, grant in grants.items() if not scene.world.may(watcher, card["id"], grant, day)
    ]


@pytest.mark.parametrize("name", VIEWERS)
def test_both_sides_of_a_change_hold_only_keys_that_are_allowed(scene: Scene, name: str) -> None:
    words = ["changes", f"--from={PAST}", f"--to={TODAY}", "--format", "json"]
    rows = json.loads(meibo(*words, *as_of(scene, name)).out)
    watcher = watcher_of(scene, name)
    assert bool(rows) is bool(watcher.ties & {"staff", "unit", "clerk", "head", "hr", "payroll"})
    for row in rows:
        assert row.keys() == {"id", "kind", "label", "before", "after", "effective", "recorded"}
        for side, day in ((row["before"], PAST), (row["after"], TODAY)):
            assert not wrong_keys(scene, watcher, {**(side or {}), "id": row["id"]}, day)
        orders = scene.world.may(watcher, row["id"], Grant("orders"), PAST)
        assert orders or row["recorded"] is None


def test_who_may_not_be_seen_reads_like_who_does_not_exist(scene: Scene) -> None:
    for form in ("json", "csv", "table"):
        there, nowhere = (
            meibo("person", number, "--as", "tie:it", "--format", form)
            for number in (scene.world.numbers["mate"], "9999999")
        )
        same = there.text.replace(scene.world.numbers["mate"], "9999999")
        assert (there.code, same) == (nowhere.code, nowhere.text)
