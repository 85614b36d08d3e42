"""Announcing: a plan of many orders becomes the book, as the job does it.

Prints a table for SQLite (PostgreSQL with --postgres): how long the checks and announcing take, on
the clock and of the processor, how often progress was told, and by how much memory grows. Checks
and announcing run in a process of their own each, so that neither hides what the other needs;
growth is from when the program is loaded (what the worker has anyway) to the most it ever took.

    python benchmarks/bench_plans.py [--postgres] [--people 3450] [orders …]
    python benchmarks/bench_plans.py --people 9450 1000 3000 9000     whether memory stays flat

Without numbers: 300, 1,000 and 3,000 orders, one after the other in one ward.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import django
from common import database, table

NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
APRIL = date(2027, 4, 2)
HEADER = ["orders", "checks s", "cpu s", "+MB", "announce s", "cpu s", "told", "+MB"]


def ward(people: int) -> None:
    """A ward of so many."""
    from meibo.platform import demo

    demo.generate(now=NOW, people=people)


def prepare(orders: int) -> int:
    """An approved plan that moves so many of the ward about; its number."""
    from meibo.domain.book import Effect, Line
    from meibo.ledger import drawer
    from meibo.ledger.drawer import LineChange
    from meibo.ledger.reader.people import states_on

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


def check(plan: int) -> dict[str, float]:
    """The checks, as the page of findings asks for them."""
    from meibo.apps.personnel.queries import checking

    return measured(lambda: checking.findings(plan, today=NOW.date()))


def announce(plan: int) -> dict[str, float]:
    """The job. Moves made up are errors: that nobody announces those is left out here."""
    from meibo.apps.personnel.actions import deciding
    from meibo.ledger import drawer
    from meibo.platform.audit.actions import Actor

    deciding.blocking.ERRORS.clear()
    card, told = drawer.plan_for_house(plan), []
    took = measured(
        lambda: deciding.run_announce(
            {"plan": plan, "version": card.version},
            actor=Actor("jinji"),
            now=NOW,
            progress=lambda *step: told.append(step),
        )
    )
    return {"orders": card.lines, "told": len(told), **took}


def measured(job: Callable[[], object]) -> dict[str, float]:
    """Seconds on the clock and of the processor, and MB more than before at the most."""
    before, start, worked = memory("VmRSS"), time.perf_counter(), time.process_time()
    job()
    wall, cpu = time.perf_counter() - start, time.process_time() - worked
    return {"wall": wall, "cpu": cpu, "growth": memory("VmHWM") - before}


def alone(job: str, plan: int) -> dict[str, float]:
    """In a process of its own."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "meibo.config.settings"
    django.setup()
    from meibo.config.cli.work import settle

    settle()
    return {"check": check, "announce": announce}[job](plan)


def memory(name: str) -> float:
    """What this process holds (VmRSS), or held at the most (VmHWM), in MB. Not `ru_maxrss`: that
    is inherited from the process that started this one."""
    lines = Path("/proc/self/status").read_text().splitlines()
    held = dict(line.split(":", 1) for line in lines)
    return int(held[name].split()[0]) / 1024


def say(*words: str) -> dict[str, float]:
    command = [sys.executable, __file__, *words]
    told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    found: dict[str, float] = json.loads(told.splitlines()[-1])
    return found


def row(orders: int) -> list[object]:
    """One line of the table. What was announced stays: the next plan moves the people on."""
    plan = str(prepare(orders))
    checked, done = say("--alone", "check", plan), say("--alone", "announce", plan)
    first = [checked["wall"], checked["cpu"], checked["growth"]]
    return [f"{done['orders']:,}", *first, done["wall"], done["cpu"], done["told"], done["growth"]]


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    reader.add_argument("orders", type=int, nargs="*", default=[300, 1000, 3000])
    reader.add_argument("--people", type=int, default=3450)
    reader.add_argument("--postgres", action="store_true")
    reader.add_argument("--alone", nargs=2, metavar=("JOB", "PLAN"), help="one job; prints JSON")
    asked = reader.parse_args()
    if asked.alone:
        job, plan = asked.alone
        print(json.dumps(alone(job, int(plan))))
        return
    with database(postgres=asked.postgres):
        ward(asked.people)
        name = "PostgreSQL" if asked.postgres else "SQLite"
        people = f"a ward of {asked.people:,}"
        table(f"{name}, {people}", HEADER, [row(orders) for orders in asked.orders])


if __name__ == "__main__":
    main()
