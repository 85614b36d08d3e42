"""Announcing: a plan of many orders becomes the book, as the job does it.

Prints a table for SQLite (PostgreSQL with --postgres): seconds of the checks and of announcing, how
much of it the processor worked, how often progress was told, and how much memory the process that
announces took at most. `python benchmarks/bench_plans.py [--postgres] [--people 3450] [orders …]`
(default 300, 1,000 and 3,000 orders).
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from datetime import UTC, date, datetime

import django
from common import database, table

NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
APRIL = date(2027, 4, 2)
HEADER = ["orders", "checks s", "announce s", "of it cpu s", "told", "MB checked", "MB at most"]


def prepare(orders: int, people: int) -> int:
    """A ward, and an approved plan that moves so many of it about; its number."""
    from meibo.domain.book import Effect, Line
    from meibo.ledger import drawer
    from meibo.ledger.drawer import LineChange
    from meibo.ledger.reader.people import states_on
    from meibo.platform import demo

    demo.generate(now=NOW, people=people)
    states = list(states_on(APRIL).items())
    places = [(s["unit"], s["post"]) for _, s in states]
    lines = [
        Line(0, APRIL, NOW, Effect.MOVE, person, "配置換", unit=unit, post=post)
        for (person, _), (unit, post) in zip(states[:orders], places[1:] + places[:1], strict=False)
    ]
    plan = drawer.begin("bench", account="jinji", now=NOW, day=APRIL)
    drawer.put(plan, [LineChange(line) for line in lines], account="jinji", now=NOW)
    drawer.pass_on(plan, drawer.APPROVED, expected=[drawer.DRAFT], now=NOW)
    return plan


def announce(plan: int) -> dict[str, float]:
    """In a process of its own: the checks, then the job."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "meibo.config.settings"
    django.setup()
    from meibo.apps.personnel.actions import deciding
    from meibo.apps.personnel.queries import checking
    from meibo.config.cli.work import settle
    from meibo.ledger import drawer
    from meibo.platform.audit.actions import Actor

    settle()
    card, told = drawer.plan_for_house(plan), []
    start = time.perf_counter()
    checking.findings(plan, today=NOW.date())
    checks = time.perf_counter() - start
    deciding.blocking.ERRORS.clear()  # moves made up are errors; what checks cost is said apart
    before = peak()
    start, worked = time.perf_counter(), time.process_time()
    deciding.run_announce(
        {"plan": plan, "version": card.version},
        actor=Actor("jinji"),
        now=NOW,
        progress=lambda *step: told.append(step),
    )
    return {
        "orders": card.lines,
        "checks": checks,
        "announce": time.perf_counter() - start,
        "cpu": time.process_time() - worked,
        "told": len(told),
        "checked": before,
        "peak": peak(),
    }


def peak() -> float:
    """The most memory that this process has had so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def say(*words: str) -> str:
    command = [sys.executable, __file__, *words]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def main() -> None:
    reader = argparse.ArgumentParser()
    reader.add_argument("orders", type=int, nargs="*", default=[300, 1000, 3000])
    reader.add_argument("--people", type=int, default=3450)
    reader.add_argument("--postgres", action="store_true")
    reader.add_argument("--one", action="store_true", help="prepare one and print it as JSON")
    reader.add_argument("--announce", type=int, help="announce this plan and print JSON")
    asked = reader.parse_args()
    if asked.announce:
        print(json.dumps(announce(asked.announce)))
    elif asked.one:
        with database(postgres=asked.postgres):
            plan = prepare(asked.orders[0], asked.people)
            print(say("--announce", str(plan)).splitlines()[-1])
    else:
        more = ["--people", str(asked.people), *(["--postgres"] if asked.postgres else [])]
        rows = [json.loads(say("--one", str(n), *more).splitlines()[-1]) for n in asked.orders]
        name = "PostgreSQL" if asked.postgres else "SQLite"
        table(name, HEADER, [list(row.values()) for row in rows])


if __name__ == "__main__":
    main()
