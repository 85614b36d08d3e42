"""What bench_search.py measures in one town. Imported once Django is set up."""

import argparse
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from benchmarks.common import alternating
from benchmarks.search_recall import Recall
from benchmarks.town import FIRST_DAY, TODAY, Staff, Town
from meibo.domain.book import OPEN
from meibo.domain.finding import (
    Grant,
    Key,
    Question,
    Scope,
    field_named,
    parse,
    person_keys,
    unit_keys,
)
from meibo.ledger import search
from meibo.ledger.search import eras
from meibo.ledger.search.opening import index

FIELDS = frozenset(
    {"name", "kana", "romaji", "former_name", "unit", "post", "concurrent", "allotment"}
    | {"extension", "mail", "place", "skill", "unit.name", "unit.duties", "unit.phone"}
)
_PEOPLE = [field_named(name) for name in sorted(FIELDS) if not name.startswith("unit.")]
_NUMBER = frozenset({"staff_no"})
_SAMPLE = 1500


def measure(given: argparse.Namespace) -> dict[str, Any]:
    """Make the town, write it, ask it."""
    past = {"moves": 9, "gone": 1.0} if given.history else {}
    town = Town(given.size, **past)
    sample: list[Staff] = []
    recall = Recall()
    start = time.perf_counter()
    with transaction.atomic():
        search.write(_keys(town, sample, recall))
        if given.eras:
            search.arrange(FIRST_DAY, TODAY)
    written = time.perf_counter() - start
    _settle()
    result = {"size": given.size, "written": written, "bytes": _bytes()}
    if given.recall:
        return result | recall.ask(sample, Scope(FIELDS, FIELDS))
    home, bureau = sample[0].seats[-1][2].units[1][0], sample[0].seats[-1][2].units[0][0]
    staff = Scope(FIELDS, FIELDS, home=frozenset({home}))
    grants = (Grant(_NUMBER, _NUMBER, units=frozenset({bureau})),)
    head = Scope(FIELDS, FIELDS, grants, frozenset({home}))
    return result | {
        "queries": _ask(_queries(sample[1]), staff, head),
        "hard": _ask(_HARD, staff, head),
    }


def _keys(town: Town, sample: list[Staff], recall: Recall) -> Iterator[Key]:
    for code, (name, order) in _units(town).items():
        values = {"unit.name": [name], "@sort": [order], "@unit": [code]}
        yield from unit_keys(f"unit:{code}", [(FIRST_DAY, OPEN, values)])
    for staff in town.people():
        if len(sample) < _SAMPLE:
            sample.append(staff)
        recall.note(staff)
        yield from person_keys(staff.id, staff.periods())


def _units(town: Town) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for path in town.units:
        for code, name in path:
            found.setdefault(code, (name, f"{len(found):06}"))
    return found


def _settle() -> None:
    """As a database that has run for a while."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM ANALYZE")
        else:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _bytes() -> int:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_total_relation_size('ledger_searchentry')")
            return int(cursor.fetchone()[0])
    return (settings.MEIBO_DATA / "meibo.sqlite3").stat().st_size


def _queries(someone: Staff) -> dict[str, str]:
    return {
        "one kanji": "高",
        "two kanji": "高橋",
        "full name": someone.name,
        "kana, beginning": "たか",
        "kana, inside": "かはし",
        "romaji": "takahashi",
        "romaji, beginning": "taka",
        "section and name": "障害者福祉 高橋",
        "post and section": "課長 税務",
        "extension": "2345",
        "duty": "保険証",
        "nothing": "該当者無",
    }


_HARD = {
    "one digit": "9",
    "one Latin letter": "a",
    "one kana": "ン",
    "in every record": "課",
    "in many records": "係",
    "two of them": "係 子",
    "a kanji and a digit": "木 9",
    "three grams apart": "haras",
    "eight words": "高 橋 子 課 係 主 2 た",
    "a hundred letters": "タカハシ" * 25,
}


def _ask(queries: dict[str, str], staff: Scope, head: Scope) -> dict[str, Any]:
    jobs: dict[tuple[str, str], Callable[[], object]] = {}
    for kind, text in queries.items():
        jobs[kind, "staff"] = partial(search.search, staff, text, on=TODAY)
        jobs[kind, "head"] = partial(search.search, head, text, on=TODAY)
        jobs[kind, "floor"] = _floor(text)
    timed = alternating(jobs)
    return {kind: _measured(text, kind, timed, jobs) for kind, text in queries.items()}


def _measured(text: str, kind: str, timed: Any, jobs: Any) -> dict[str, Any]:
    found = jobs[kind, "staff"]().people
    return {
        "text": text[:20],
        "p50": timed[kind, "staff"].p50,
        "quiet": timed[kind, "staff"].quiet,
        "p99": timed[kind, "staff"].at(0.99),
        "head": timed[kind, "head"].p50,
        "floor": timed[kind, "floor"].p50,
        "total": found.total,
        "capped": found.capped,
    }


def _floor(text: str) -> Callable[[], object]:
    """The bare index: the same words anywhere, 20 places, nothing checked or read."""
    era = eras.era_of(TODAY)

    def ask() -> list[int]:
        wanted = Question(parse(text), _PEOPLE).anywhere
        if wanted is None:
            return []
        with index() as books:
            return books.places(era, wanted, 0, 20)

    return ask
