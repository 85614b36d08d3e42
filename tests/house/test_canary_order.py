"""What may not be seen orders, filters and counts nothing, and is not told by an error either."""

import csv
import io
import re
from datetime import date
from urllib.parse import urlencode

import pytest
from python_calamine import CalamineWorkbook

from meibo.apps.directory.queries.fields import FIELDS
from tests.house.canary.policy import Grant
from tests.house.canary.visits import Visit
from tests.house.canary.walking import Scene
from tests.house.canary.world import FUTURE, PAST, TODAY

NAMES = ("stranger", "mate", "head", "payroll", "crisis")
_TOKENS = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')


def listed(scene: Scene, name: str, *parameters: tuple[str, str]) -> list[str]:
    """The people of the list in its order, by their names in the file that is made of it."""
    asked = urlencode([("col", "name"), *parameters])
    lines = lines_of(scene.visit(name, Visit(f"/list.csv?{asked}")).content)[1:]
    owners = [{value.owner for value in scene.world.met(line[0])} for line in lines]
    return [owner for (owner,) in owners if owner is not None]


def lines_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def without_self(scene: Scene, name: str, people: list[str]) -> list[str]:
    return [person for person in people if person != scene.watchers[name].person]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("turned", ["", "-"])
def test_sorting_by_what_is_hidden_leaves_everybody_in_place(
    scene: Scene, name: str, turned: str
) -> None:
    plain = without_self(scene, name, listed(scene, name))
    watcher = scene.watchers[name]
    for field in FIELDS:
        hidden = [
            person
            for person in plain
            if not scene.world.may(watcher, person, Grant(field.row), TODAY)
        ]
        found = without_self(scene, name, listed(scene, name, ("sort", turned + field.key)))
        assert sorted(found) == sorted(plain)
        assert behind(found, plain).issuperset(hidden), field.key


def behind(found: list[str], plain: list[str]) -> set[str]:
    """Those at the end who stand as they stand without sorting: whoever has nothing to sort by."""
    place = {person: number for number, person in enumerate(plain)}
    last = len(found) - 1
    while last > 0 and place[found[last - 1]] < place[found[last]]:
        last -= 1
    return set(found[last:])


def test_a_sort_key_that_nobody_knows_changes_nothing(scene: Scene) -> None:
    plain = listed(scene, "stranger")
    assert len(plain) > 10
    for key in ("staff_no", "-staff_no", "birth_date", "nonsense", "kept:training", "id"):
        assert listed(scene, "stranger", ("sort", key)) == plain


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("key", ["post", "employment", "job", "place"])
def test_filtering_by_a_value_finds_only_people_of_whom_it_is_shown(
    scene: Scene, name: str, key: str
) -> None:
    watcher, whats = scene.watchers[name], {"place": "building"}
    own = [v for v in scene.world.values if v.what == whats.get(key, key) and v.owner]
    for value in own[NAMES.index(name) % 3 :: 3]:
        found = listed(scene, name, (key, value.text))
        expected = [value.owner] if scene.world.on_card(watcher, value, TODAY) else []
        assert found == expected, value


@pytest.mark.parametrize("name", NAMES)
def test_who_is_away_is_listed_as_such_for_those_who_may_know(scene: Scene, name: str) -> None:
    watcher = scene.watchers[name]
    known = [
        person
        for key in ("away", "sent")
        if scene.world.may(watcher, person := scene.ward.person(key), Grant("away"), TODAY)
    ]
    assert sorted(listed(scene, name, ("away", "1"))) == sorted(known)
    for person in scene.ward.ids.values():
        if scene.world.in_service(person, TODAY):
            page = scene.visit(name, Visit(f"/people/{person}")).text
            assert ("不在" in page) is (person in known)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("day", [PAST, TODAY, FUTURE])
def test_the_number_of_people_is_the_number_of_those_who_are_seen(
    scene: Scene, name: str, day: object
) -> None:
    lines = lines_of(scene.visit(name, Visit(f"/list.csv?on={day}")).content)[1:]
    page = scene.visit(name, Visit(f"/list?on={day}")).text
    assert f"{len(lines)}人" in page if lines else "当てはまる人はいません" in page


def test_the_workbook_holds_the_cells_of_the_csv_file_and_no_others(scene: Scene) -> None:
    columns = urlencode([("col", field.key) for field in FIELDS])
    for name in ("stranger", "head", "officer", "it"):
        lines = lines_of(scene.visit(name, Visit(f"/list.csv?{columns}")).content)
        book = scene.visit(name, Visit(f"/list.xlsx?{columns}")).content
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(book))
        assert len(workbook.sheet_names) == 1
        cells = workbook.get_sheet_by_index(0).to_python()
        assert [list(map(said, row)) for row in cells] == [line for line in lines if line]


def said(cell: object) -> str:
    """A cell of a workbook as the text file has it: of numbers there are only grades."""
    if isinstance(cell, date):
        return f"{cell.year}年{cell.month}月{cell.day}日"
    return f"{cell:.0f}級" if isinstance(cell, float) else str(cell)


@pytest.mark.parametrize("path", ["", "/card.vcf", "/card.svg", "/photo", "/sharing"])
@pytest.mark.parametrize("name", ["it", "audit", "crisis", "stranger"])
def test_who_may_not_be_seen_reads_like_who_does_not_exist(
    scene: Scene, name: str, path: str
) -> None:
    day = PAST if name == "crisis" else TODAY
    # Whoever has left is there for nobody today; everybody else not for these watchers.
    unseen = scene.ward.person("left" if name == "stranger" else "mate")
    answers = []
    for person in (unseen, "zqzzzz"):
        visit = Visit(f"/people/{person}{path}?on={day}")
        answer = scene.clients[name].get(visit.address)
        headers = {k: v for k, v in answer.headers.items() if k != "Set-Cookie"}
        headers.pop("Content-Length", None)
        headers.pop("Expires", None)  # the second of the answer
        text = _TOKENS.sub("", answer.content.decode()).replace(person, "someone")
        answers.append((answer.status_code, headers, text))
    if name == "crisis" and not path:
        # That one is there today, where the page leads back to.
        assert answers[0][0] == answers[1][0] == 404
        return
    assert answers[0][0] in {404, 405}
    assert answers[0] == answers[1]


@pytest.mark.parametrize("path", ["/units/{}/edit", "/chart/units/{}"])
def test_a_unit_that_one_may_not_touch_reads_like_one_that_does_not_exist(
    scene: Scene, path: str
) -> None:
    for name in ("it", "audit"):
        answers = []
        for code in (scene.world.units["A1"], "zqzzzz"):
            answer = scene.clients[name].get(path.format(code))
            text = _TOKENS.sub("", answer.content.decode()).replace(code, "somewhere")
            answers.append((answer.status_code, text))
        assert answers[0] == answers[1]
