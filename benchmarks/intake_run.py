"""One town for bench_intake: prints what was measured as JSON."""

import argparse
import csv
import gc
import io
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.common import database
from benchmarks.deliveries import FIRST, HEADER, WEEK, Deliveries

DEFINITION = Path(__file__).resolve().parents[1] / "town" / "feeds" / "package-a.toml"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("size", type=int)
    parser.add_argument("rounds", type=int)
    parser.add_argument("--postgres", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as home, database(postgres=given.postgres):
        print(json.dumps(_measure(given.size, given.rounds, Path(home))))


def _measure(size: int, rounds: int, home: Path) -> dict[str, Any]:
    from meibo.apps.personnel.actions import intake  # Django must be set up first
    from meibo.platform.feeds.house import readings  # so here

    readings()  # made once in a process; two seconds
    town = Deliveries(size)
    times: dict[str, list[Took]] = {"floor": [], "check": [], "load": []}
    first = _took(partial(intake.load, **_what(town, home, 0), actor="bench"))[0]
    done: Any = None
    for week in range(1, rounds + 1):
        town.change()
        what = _what(town, home, week)
        raw = _raw(next(what["folder"].glob("職員マスタ_*")))
        times["floor"].append(_took(partial(_floor, raw))[0])
        took, checked = _took(partial(intake.check, **what))
        times["check"].append(took)
        took, done = _took(partial(intake.load, **what, actor="bench"))
        times["load"].append(took)
        if checked.findings != done.findings:
            raise ValueError("the dry run told something else than the load")
    return {
        **{name: statistics.median(took.wall for took in runs) for name, runs in times.items()},
        **{f"{n}_cpu": statistics.median(t.cpu for t in runs) for n, runs in times.items()},
        "size": size,
        "rounds": rounds,
        "first": first.wall,
        "first_cpu": first.cpu,
        **{name: done.summary[name] for name in ("findings", "filings", "read_master")},
    }


def _what(town: Deliveries, home: Path, week: int) -> dict[str, Any]:
    now = datetime.combine(FIRST + WEEK * week, datetime.min.time(), ZoneInfo("Asia/Tokyo"))
    folder = town.write(home, week)
    return {"definition": DEFINITION, "folder": folder, "now": now + timedelta(hours=9)}


def _raw(path: Path) -> list[tuple[str, ...]]:
    text = path.read_bytes().decode("cp932")
    return [tuple(row) for row in csv.reader(io.StringIO(text, newline=""))][1:]


def _floor(rows: list[tuple[str, ...]]) -> None:
    """The rows as they are, by executemany, in one transaction."""
    from django.db import connection, transaction  # Django must be set up first

    columns = ", ".join(f"c{n} text" for n in range(len(HEADER)))
    places = ", ".join(["%s"] * len(HEADER))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bare_rows")
        cursor.execute(f"CREATE TABLE bare_rows ({columns})")
        cursor.executemany(f"INSERT INTO bare_rows VALUES ({places})", rows)


class Took(NamedTuple):
    """Seconds on the clock, and of this process's processor."""

    wall: float
    cpu: float


def _took(job: Callable[[], Any]) -> tuple[Took, Any]:
    gc.collect()
    gc.disable()
    wall, cpu = time.perf_counter(), time.process_time()
    result = job()
    took = Took(time.perf_counter() - wall, time.process_time() - cpu)
    gc.enable()
    return took, result


if __name__ == "__main__":
    main()
