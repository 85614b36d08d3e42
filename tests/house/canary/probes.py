"""Short walks: a page, a list, a comparison, one person's card; for what is tried many times."""

from collections.abc import Callable, Iterator
from datetime import date
from urllib.parse import quote, urlencode

from meibo.apps.directory.queries.fields import FIELDS
from tests.house.canary.commands import meibo
from tests.house.canary.visits import Visit
from tests.house.canary.walking import Leak, Scene, leaks, missing
from tests.house.canary.watchers import of_tie
from tests.house.canary.world import PAST, TODAY

COLUMNS = urlencode([("col", field.key) for field in FIELDS])
Probe = Callable[[Scene], Iterator[Leak]]


def page(name: str, address: str, *days: date, compares: bool = False) -> Probe:
    """One page of one watcher; `{key}` stands for the id of a person or the code of a unit."""

    def probe(scene: Scene) -> Iterator[Leak]:
        on = f"?on={days[0]}" if days and not compares else ""
        shown = address.format_map({**scene.ward.ids, **scene.world.units})
        about = shown.removeprefix("/people/")
        person = about if about in scene.ward.ids.values() else None
        visit = Visit(shown + on, days or (TODAY,), person, compares=compares)
        yield from scene.walk(name, [visit])

    return probe


def quick(name: str, query: str) -> Probe:
    """What is offered while one types."""
    headers = {"HX-Request": "true", "HX-Target": "quick"}
    return lambda scene: scene.walk(name, [Visit(f"/search?q={query}", headers=headers)])


def roster(name: str) -> Probe:
    """The whole list with all its columns, as a file."""
    return page(name, f"/list.csv?{COLUMNS}")


def comparison(name: str, start: date, end: date) -> Probe:
    return page(name, f"/compare?from={start}&to={end}", start, end, compares=True)


def counted(tie: str) -> Probe:
    """The roster on the command line, which has a line for whoever is there."""

    def probe(scene: Scene) -> Iterator[Leak]:
        answer = meibo("roster", "--as", f"tie:{tie}", "--format", "json")
        shown = Visit("", framed=False)
        yield from leaks(scene.world, of_tie(tie), shown, scene.world.met(answer.text), "roster")

    return probe


def said(tie: str, *words: str) -> Probe:
    """What the command line says of two days compared."""

    def probe(scene: Scene) -> Iterator[Leak]:
        answer = meibo("changes", f"--from={PAST}", f"--to={TODAY}", "--as", f"tie:{tie}", *words)
        shown = Visit("", (PAST, TODAY), compares=True, framed=False)
        yield from leaks(scene.world, of_tie(tie), shown, scene.world.met(answer.text), "changes")

    return probe


def former(name: str) -> Probe:
    """Somebody is searched by a part of a reading that was used before."""

    def probe(scene: Scene) -> Iterator[Leak]:
        known = scene.world.of(scene.ward.person("renamed"))
        (old,) = (v for v in known if v.what == "family reading" and len(v.grants) > 1)
        visit = Visit(f"/search?q={quote(old.text[1:])}")
        assert "以前の氏名" in scene.visit(name, visit).text
        yield from scene.walk(name, [visit])

    return probe


def complete(name: str, key: str) -> Probe:
    """What is missing on somebody's page."""

    def probe(scene: Scene) -> Iterator[Leak]:
        person = scene.ward.person(key)
        answer = scene.visit(name, Visit(f"/people/{person}", about=person))
        met = answer.met | scene.world.met(person)
        yield from missing(scene.world, scene.watchers[name], person, TODAY, met, "page")

    return probe
