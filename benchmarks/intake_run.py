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
from pathlib import Path
from typing import Any
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
    times: dict[str, list[float]] = {"floor": [], "check": [], "load": []}
    first = _seconds(lambda: intake.load(**_what(town, home, 0), actor="bench"))
    done = checked = None
    for week in range(1, rounds + 1):
        town.change()
        what = _what(town, home, week)
        raw = _raw(next(what["folder"].glob("職員マスタ_*")))
        times["floor"].append(_seconds(lambda rows=raw: _floor(rows)))
        times["check"].append(_seconds(lambda: _keep("check", intake.check(**what))))
        times["load"].append(_seconds(lambda: _keep("load", intake.load(**what, actor="bench"))))
        checked, done = _KEPT["check"], _KEPT["load"]
        if checked.findings != done.findings:
            raise ValueError("the dry run told something else than the load")
    found = {name: statistics.median(runs) for name, runs in times.items()}
    summary = done.summary if done else {}
    return {
        **found,
        "size": size,
        "rounds": rounds,
        "first": first,
        "findings": summary["findings"],
        "filings": summary["filings"],
        "read": summary["read_master"],
    }


_KEPT: dict[str, Any] = {}


def _keep(name: str, outcome: object) -> None:
    _KEPT[name] = outcome


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


def _seconds(job: Callable[[], object]) -> float:
    gc.collect()
    gc.disable()
    start = time.perf_counter()
    job()
    taken = time.perf_counter() - start
    gc.enable()
    return taken


if __name__ == "__main__":
    main()
