"""Whatever is opened by mistake, and by whichever way it gets out, the canary test notices."""

import logging
from collections.abc import Callable
from importlib import import_module
from typing import Any
from urllib.parse import quote

import pytest

from meibo.apps.directory.views import people
from meibo.domain import disclosure
from meibo.platform.papers.files import as_xlsx
from tests.house.canary.policy import read
from tests.house.canary.probes import Probe, page, quick, roster
from tests.house.canary.visits import Visit
from tests.house.canary.walking import Scene
from tests.house.canary.world import PAST

#: What comes with `exists`: nobody sees a person without seeing these.
TOGETHER = {"exists", "name", "kana", "romaji", "unit", "post", "concurrent"} | {
    *("extension", "mail"),
}
#: On no card at all: a page of their own shows them (tests/apps/personnel/test_conduct.py).
APART = {"discipline", "status", "award", "accident"}


def test_every_field_that_somebody_sees_and_somebody_does_not_is_tried(scene: Scene) -> None:
    fields = {name for name in scene.world.policy.letters if not name.startswith("unit.")}
    assert fields - TOGETHER - APART - {"history"} == set(opened())


def opened() -> list[str]:
    """The fields of the table that not all see who see anybody. A history lies in the past, which
    they who do not see it may not look at either."""
    policy = read()
    seeing = {tie for tie, letters in policy.letters["exists"].items() if "v" in letters}
    seeing -= {"conduct"}  # nobody holds that duty who is not of the staff
    return [
        name
        for name, row in policy.letters.items()
        if not name.startswith("unit.")
        and name not in {"history", *APART}
        and not all("v" in row[tie] for tie in seeing)
    ]


@pytest.mark.parametrize("field", opened())
def test_one_field_too_many_is_noticed(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, field: str
) -> None:
    """Somebody who may see people, but not this field of theirs, gets it all the same."""
    holds = scene.world.policy.letters[field]
    ties = {"stranger": "staff", "payroll": "payroll", "crisis": "crisis"}
    name = next(name for name, tie in ties.items() if "v" not in holds[tie])
    seen = disclosure.Table.seen

    def more(table: Any, held: frozenset[str], *, event: bool = False) -> frozenset[str]:
        return seen(table, held, event=event) | {field}

    probes = (roster(name), page(name, "/people/{away}"), page(name, "/people/{chief}/photo"))
    assert not says_away(scene, "stranger")
    assert not [leak for probe in probes for leak in probe(scene)]
    monkeypatch.setattr(disclosure.Table, "seen", more)
    found = [leak for probe in probes for leak in probe(scene)]
    assert found if field != "away" else says_away(scene, name)


def says_away(scene: Scene, name: str) -> bool:
    """Whether the page of who is away says so: a word, and no value of anybody's own."""
    return "不在" in scene.visit(name, Visit(f"/people/{scene.ward.person('away')}")).text


def secret_of(scene: Scene) -> str:
    return next(value.text for value in scene.world.values if value.what == "kept:evaluation")


#: Each way out of the house: where a secret is dropped in, and who passes there.
Dropping = Callable[[pytest.MonkeyPatch, str], None]


def _into(target: str, change: Callable[[Any, str], Any]) -> Dropping:
    """Have what a function returns changed by the secret."""

    def drop(patch: pytest.MonkeyPatch, secret: str) -> None:
        place, _, name = target.rpartition(".")
        holder = import_module(place)
        kept = getattr(holder, name)
        patch.setattr(holder, name, lambda *a, **k: change(kept(*a, **k), secret))

    return drop


def _said(record: Any, secret: str) -> Any:
    logging.getLogger("meibo").debug("%s", secret)
    return record


def _body(response: Any, secret: str) -> Any:
    response.content += secret.encode()
    return response


def _head(response: Any, secret: str) -> Any:
    response.headers["X-Note"] = quote(secret)
    return response


VIEWS = "meibo.apps.directory.views"
WAYS_OUT: dict[str, tuple[Dropping, Probe]] = {
    "csv": (_into(f"{VIEWS}.listing.rows", lambda r, s: [*r, [s]]), page("mate", "/list.csv")),
    "xlsx": (
        _into(f"{VIEWS}.listing.rows", lambda r, s: [[*row[1:], s] for row in r]),
        page("mate", "/list.xlsx"),
    ),
    "name of a sheet": (
        _into(f"{VIEWS}.listing.as_xlsx", lambda r, s: as_xlsx(s, [], [])),
        page("mate", "/list.xlsx"),
    ),
    "vcard": (
        _into(f"{VIEWS}.people.vcard", lambda r, s: r.replace("VERSION", f"NOTE:{s}\r\n ")),
        page("mate", "/people/{head}/card.vcf"),
    ),
    "page": (_into("meibo.platform.layout.frame.town", lambda r, s: s), page("mate", "/help")),
    "marked text": (
        _into("meibo.apps.directory.queries.finding.besides", lambda r, s: s),
        page("mate", "/search?q=%E9%B5%BA"),
    ),
    "autocomplete": (
        _into("meibo.apps.directory.queries.finding.besides", lambda r, s: s),
        quick("mate", "鵺"),
    ),
    "part of a chart": (
        _into(f"{VIEWS}.chart.mark_safe", lambda r, s: r + s),
        page("mate", "/chart/units/{A1b}"),
    ),
    "header": (_into(f"{VIEWS}.reference.render", _head), page("mate", "/disclosure")),
    "error": (
        _into(f"{VIEWS}.people.render", _body),
        page("it", "/people/{mate}", PAST),
    ),
    "log": (_into(f"{VIEWS}.people.person_page", _said), page("mate", "/people/{mate}")),
}


@pytest.mark.parametrize("way", WAYS_OUT)
def test_a_secret_that_gets_out_this_way_is_noticed(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    drop, probe = WAYS_OUT[way]
    assert not list(probe(scene))
    drop(monkeypatch, secret_of(scene))
    assert list(probe(scene))


def test_a_log_that_tells_what_templates_were_given_is_noticed(scene: Scene) -> None:
    logger = logging.getLogger("django.template")
    level = logger.level
    logger.setLevel(logging.DEBUG)
    try:
        assert list(page("officer", "/people/{mate}")(scene))
    finally:
        logger.setLevel(level)


def test_the_name_of_a_picture_file_is_noticed_in_a_header(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    probe = page("officer", "/people/{mate}/photo")
    assert not list(probe(scene))
    kept = people.FileResponse

    def plain(*arguments: Any, filename: str, **options: Any) -> Any:
        return kept(*arguments, **options)

    monkeypatch.setattr(people, "FileResponse", plain)
    assert list(probe(scene))
