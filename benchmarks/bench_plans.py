"""Announcing: a plan of many orders becomes the book, as the job does it.

Prints a table for SQLite and PostgreSQL: seconds for the checks, for announcing, processor seconds of it, how often progress
was told, and how much memory it took beyond what the process had. `python benchmarks/bench_plans.py
[--postgres] [--people 3450] [orders …]` (default 300, 1,000 and 3,000).
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from datetime import UTC, date, datetime

from common import database, table

NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
APRIL = date(2027, 4, 2)


def memory() -> float:
    """The most memory this process has had so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(orders: int, people: int, *, postgres: bool) -> dict[str, float]:
    """One plan of so many orders in a ward of its own, in this process."""
    with database(postgres=postgres):
        from meibo.apps.personnel.actions import deciding
        from meibo.apps.personnel.queries import checking
        from meibo.domain.book import Effect, Line
        from meibo.ledger import drawer
        from meibo.ledger.drawer import LineChange
        from meibo.ledger.reader.people import states_on
        from meibo.platform import demo
        from meibo.platform.audit.actions import Actor

        demo.generate(now=NOW, people=people)
        states = list(states_on(APRIL).items())
        places = [(s["unit"], s["post"]) for _, s in states]
        lines = [
            Line(0, APRIL, NOW, Effect.MOVE, person, "配置換", unit=unit, post=post)
            for (person, state), (unit, post) in zip(
                states[:orders], places[1:] + places[:1], strict=False
            )
        ]
        plan = drawer.begin("bench", account="jinji", now=NOW, day=APRIL)
        drawer.put(plan, [LineChange(line) for line in lines], account="jinji", now=NOW)
        drawer.pass_on(plan, drawer.APPROVED, expected=[drawer.DRAFT], now=NOW)
        before, told = memory(), []
        start = time.perf_counter()
        checking.findings(plan, today=NOW.date())
        checks = time.perf_counter() - start
        from meibo.apps.personnel.actions.deciding import blocking

        blocking.ERRORS.clear()  # made-up moves leave vacancies; what they cost is measured above
        version = drawer.plan_for_house(plan).version
        checked, start, worked = memory(), time.perf_counter(), time.process_time()
        deciding.run_announce(
            {"plan": plan, "version": version},
            actor=Actor("jinji"),
            now=NOW,
            progress=lambda *step: told.append(step),
        )
        seconds, cpu = time.perf_counter() - start, time.process_time() - worked
        return {
            "orders": len(lines),
            "checks": checks,
            "announce": seconds,
            "cpu": cpu,
            "told": len(told),
            "checks_mb": checked - before,
            "announce_mb": memory() - checked,
        }


def main() -> None:
    reader = argparse.ArgumentParser()
    reader.add_argument("orders", type=int, nargs="*", default=[300, 1000, 3000])
    reader.add_argument("--people", type=int, default=3450)
    reader.add_argument("--postgres", action="store_true")
    reader.add_argument("--one", action="store_true", help="measure here and print JSON")
    asked = reader.parse_args()
    if asked.one:
        print(json.dumps(measure(asked.orders[0], asked.people, postgres=asked.postgres)))
        return
    rows = []
    for orders in asked.orders:  # each in a process of its own, for its memory
        command = [sys.executable, __file__, "--one", str(orders), "--people", str(asked.people)]
        command += ["--postgres"] if asked.postgres else []
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        found = json.loads(said.splitlines()[-1])
        rows.append(list(found.values()))
    header = ["orders", "checks s", "announce s", "of it cpu s", "progress told", "checks +MB"]
    table("PostgreSQL" if asked.postgres else "SQLite", [*header, "announce +MB"], rows)


if __name__ == "__main__":
    main()
