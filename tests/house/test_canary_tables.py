"""A municipality changes the disclosure table. Whatever it says then, that is what is shown."""

import csv
import json
import re
import shutil
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import pytest
from pytest_django import Settings

from meibo.domain.disclosure import Viewer
from meibo.ledger import reader
from tests.house.canary import policy, visits
from tests.house.canary.mutating import mutate
from tests.house.canary.policy import TABLE
from tests.house.canary.probes import page
from tests.house.canary.visits import Visit
from tests.house.canary.walking import Leak, Scene, missing
from tests.house.canary.world import DAYS, TODAY

Rows = list[dict[str, str]]
#: What a person is known by, which the first three tables leave to whom it is shown.
HEAD = ("exists", "name", "kana", "romaji", "unit", "post", "concurrent")


def turned(rows: Rows) -> None:
    """Every field of people has the audience that the next but four has now."""
    own = [r for r in rows if r["field"][0] not in "*u" and r["field"] not in HEAD]
    cells = [{k: v for k, v in row.items() if k not in {"field", "label", "kind"}} for row in own]
    for place, row in enumerate(own):
        row.update(cells[(place + 5) % len(own)])


def nearer(rows: Rows) -> None:
    """Who may look at any day may look at a year, and personnel not ahead."""
    for row in rows[:2]:
        row.update({tie: "365" for tie, cell in row.items() if cell == "*"})
    rows[1].update({"hr": "0", "self": "0"})


def bare(rows: Rows) -> None:
    """Colleagues see names and places alone; payroll has no horizon to speak of."""
    for row in rows:
        if row["field"][0] not in "*u" and row["field"] not in HEAD:
            row.update({"staff": "", "unit": "", "clerk": ""})
    rows[0]["payroll"] = rows[1]["payroll"] = "30"


def headless(rows: Rows) -> None:
    """Colleagues see who is there, by name alone."""
    for row in rows:
        if row["field"] in {*HEAD, "history"} - {"exists", "name"}:
            row.update({"staff": "", "unit": "", "clerk": ""})


@pytest.fixture
def town(scene: Scene, settings: Settings, tmp_path: Path) -> Iterator[Callable[..., None]]:
    """Puts another table in force."""
    kept = scene.world.policy

    def enforce(change: Callable[[Rows], None]) -> None:
        shutil.copytree(TABLE.parent, tmp_path / "town")
        with TABLE.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        change(rows)
        path = tmp_path / "town" / "disclosure.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0].keys())
            writer.writeheader()
            writer.writerows(rows)
        settings.MEIBO_TOWN = path.parent
        scene.world.policy = policy.read(path)

    yield enforce
    scene.world.policy = kept


@pytest.mark.parametrize("change", [turned, nearer, bare, headless])
def test_another_table_is_kept_just_so(
    scene: Scene, town: Callable[..., None], change: Callable[[Rows], None]
) -> None:
    town(change)
    found: list[Leak] = []
    for number, name in enumerate(("mate", "head", "officer", "payroll", "crisis")):
        planned = list(visits.planned(scene.ward, number))
        found += scene.walk(name, planned[number::5])
        for key in ("away", "mover", "renamed"):
            person, day = scene.ward.person(key), DAYS[number % 3]
            answer = scene.visit(name, Visit(f"/people/{person}?on={day}", (day,), person))
            if answer.status == 200:
                met = answer.met | scene.world.met(person)
                watcher = scene.watchers[name]
                found += missing(scene.world, watcher, person, day, met, "page")
    assert not found, "\n".join(map(str, found[:40]))


def test_the_tables_tried_are_other_tables(scene: Scene, town: Callable[..., None]) -> None:
    before = scene.world.policy
    town(turned)
    assert scene.world.policy.letters != before.letters
    assert scene.world.policy.letters["exists"] == before.letters["exists"]


def test_where_somebody_is_and_in_which_rank_is_told_by_no_list_and_no_order(
    scene: Scene, town: Callable[..., None]
) -> None:
    town(headless)
    unit, away = scene.world.units["A1a"], scene.ward.person("away")
    for address in (f"/units/{unit}", f"/chart/units/{unit}", f"/list?unit={unit}"):
        answer = scene.visit("stranger", Visit(address))
        assert answer.status == 200
        assert away not in answer.text
    everybody = scene.visit("stranger", Visit("/list")).text.split("<tbody>")[1]
    listed = re.findall(r"/people/(zq[a-z]{4})", everybody)
    others = [person for person in listed if person != scene.ward.person("stranger")]
    assert len(others) > 10
    assert others == sorted(others)  # by ids, which mean nothing
    assert "所属長は空席です" not in scene.visit("stranger", Visit(f"/units/{unit}")).text


def test_a_history_that_goes_beyond_the_horizon_is_noticed(
    scene: Scene, town: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    town(nearer)
    probe = page("officer", "/people/{mate}")
    assert not list(probe(scene))
    history = import_module("meibo.ledger.reader.history")
    old, new = "sight.ties(person_id, row.effective)", "sight.ties(person_id)"
    mutate(monkeypatch, history, "history", old, new)
    assert list(probe(scene))


def test_in_an_event_crisis_management_reaches_people_at_home_and_sees_nothing_else(
    scene: Scene,
) -> None:
    crisis = scene.watchers["crisis"]
    viewer = Viewer(crisis.ties, TODAY, event=True)
    for person in scene.ward.ids.values():
        card = reader.card(viewer, person, on=TODAY)
        met = scene.world.met(json.dumps(dict(card or {}), ensure_ascii=False))
        allowed = {
            value
            for value in scene.world.of(person)
            if scene.world.on_card(crisis, value, TODAY)
            or scene.world.on_card(crisis, value, TODAY, "e")
        }
        assert met <= allowed | {v for v in scene.world.values if v.owner is None}
        wanted = {v for v in allowed if v.what.startswith(("contacts", "emergency"))}
        assert wanted <= met
        assert bool(wanted) is scene.world.in_service(person, TODAY)
