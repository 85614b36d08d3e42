"""Conditions: how long until a viewer knows whom they mean, warm, in process, on SQLite.

    python benchmarks/bench_conditions.py              a demo ward of 3,400, and 100,000 people
    python benchmarks/bench_conditions.py --sizes 3400 --postgres

`floor` is reading and parsing the states of everybody in service on the day, which every answer
about the present needs. The larger town is the demo ward, its drawn rows of the day and all posts
copied under other ids; so are the values of its free field, each sealed anew under its own key.
"""

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.common import alternating, database, table

WARD = 3400
TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[WARD, 100_000])
    parser.add_argument("--postgres", action="store_true", help="PostgreSQL instead of SQLite")
    given = parser.parse_args()
    print(f"load of the machine at the start: {os.getloadavg()[0]:.1f}")
    with database(postgres=given.postgres):
        from meibo.platform import demo

        demo.generate(now=NOW, people=WARD)
        base = _count()
        for size in given.sizes:
            _grow(base, size)
            _measure(size)


def _count() -> int:
    from meibo.ledger.models import Stretch

    return Stretch.objects.filter(starts__lte=TODAY, ends__gt=TODAY).count()


def _grow(base: int, size: int) -> None:
    """Copy everybody until there are so many in service."""
    from django.db import connection, transaction

    from meibo.ledger import draw

    copies = max(round(size / base), 1)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_stretch WHERE person LIKE 'p%%-%%'")
        if copies == 1 or cursor.fetchone()[0]:
            return
        for number in range(1, copies):
            _copy(cursor, number)
        draw.stale()


def _copy(cursor: Any, number: int) -> None:
    """Stretches and posts under ids of their own; of the free field every value, sealed anew."""
    from meibo.ledger.models import DataKey, FilingLine, Person, Stretch
    from meibo.ledger.vault import Vault
    from meibo.ledger.writer import NewFiling, _append_filings
    from meibo.platform.demo.free import LANGUAGE

    today = f" AND starts <= '{TODAY}' AND ends > '{TODAY}'"
    for name, columns, which in (
        ("ledger_seat", "unit, post, kind, starts, ends", ""),
        ("ledger_stretch", "starts, ends, unit, post, kana, state", today),
    ):
        cursor.execute(
            f"INSERT INTO {name} (person, {columns}) SELECT person || '-{number}', {columns} "
            f"FROM {name} WHERE person NOT LIKE '%%-%%'{which}"
        )
    speaking = FilingLine.objects.filter(field=LANGUAGE).exclude(subject__contains="-")
    vault = Vault()
    owners = [row.subject for row in speaking]
    Person.objects.bulk_create(Person(id=f"{owner}-{number}") for owner in owners)
    Vault().create(f"{owner}-{number}" for owner in owners)
    filings = [
        NewFiling(
            f"{row.subject}-{number}",
            LANGUAGE,
            vault.open(row.subject, LANGUAGE, str(row.value)),
            row.effective,
            NOW,
        )
        for row in speaking
    ]
    _append_filings(filings, "bench", NOW)
    made = dict(
        FilingLine.objects.filter(subject__endswith=f"-{number}").values_list("subject", "no")
    )
    old = dict(speaking.values_list("subject", "no"))
    changed = []
    for row in Stretch.objects.filter(person__in=list(made)):
        before = f'"{LANGUAGE}":{old[row.person.rpartition("-")[0]]}'
        row.state = row.state.replace(before, f'"{LANGUAGE}":{made[row.person]}')
        changed.append(row)
    Stretch.objects.bulk_update(changed, ["state"], batch_size=500)
    assert DataKey.objects.filter(person__in=list(made)).count() == len(made)


def _measure(size: int) -> None:
    from meibo.domain.conditions import Been, Compared, Group, Held
    from meibo.domain.disclosure import Viewer
    from meibo.ledger import house, reader
    from meibo.ledger.reader.people import states_on

    tree = house.organisation(TODAY)
    units = {str(state["name"]): code for code, state in tree.states.items()}
    posts = {row.name: code for code, row in house.codes().table("post").items()}
    heads = Held((posts["係長"],), mode="now", months=36)
    nurse = Compared("job", "in", ("保健師",))
    away = Been((units["健康部"],), date(2020, 1, 1), never=True)
    asked = {
        "職が係長": (Compared("post", "in", (posts["係長"],)),),
        "年齢50以上・級3以上": (Compared("age", "ge", ("50",)), Compared("grade", "ge", ("3",))),
        "自由項目（通訳）": (Compared("free:language", "in", ("英語", "中国語")),),
        "住所に「丁目」": (Compared("address", "has", ("丁目",)),),
        "係長3年以上": (heads,),
        "係長3年以上・保健師・健康部でない": (heads, nurse, away),
    }
    viewer = Viewer(frozenset({"staff", "hr"}), TODAY)

    def ask(parts: tuple[Any, ...]) -> Callable[[], list[str]]:
        return lambda: reader.choose(viewer, Group("all", parts), on=TODAY)

    jobs: dict[str, Callable[[], object]] = {"floor": lambda: states_on(TODAY)}
    jobs |= {name: ask(parts) for name, parts in asked.items()}
    small = size < 20_000
    timed = alternating(jobs, rounds=5, each=3 if small else 1)
    floor = timed["floor"].p50
    there = len(states_on(TODAY))
    rows = [
        [
            name,
            len(ask(asked[name])()) if name in asked else there,
            t.p50,
            t.quiet,
            _cpu(jobs[name]),
            t.p50 / floor,
        ]
        for name, t in timed.items()
    ]
    table(
        f"{there:,} people in service, ms",
        ["condition", "hits", "p50", "quiet round", "CPU", "× floor"],
        rows,
    )


def _cpu(job: Callable[[], object]) -> float:
    """Milliseconds of this process alone, whoever else is on the machine."""
    runs = []
    for _ in range(3):
        start = time.process_time()
        job()
        runs.append(time.process_time() - start)
    return statistics.median(runs) * 1000


if __name__ == "__main__":
    main()
