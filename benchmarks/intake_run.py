"""One town for bench_intake: prints what was measured as JSON."""

import argparse
import csv
import gc
import io
import json
import resource
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import floors
from benchmarks.common import database
from benchmarks.deliveries import FIRST, WEEK, Deliveries

DEFINITION = Path(__file__).resolve().parents[1] / "town" / "feeds" / "package-a.toml"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("size", type=int)
    parser.add_argument("rounds", type=int)
    parser.add_argument("shares", type=float, nargs="+")
    parser.add_argument("--postgres", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as home, database(postgres=given.postgres):
        print(json.dumps(_measure(given.size, given.rounds, given.shares, Path(home))))


def _measure(size: int, rounds: int, shares: list[float], home: Path) -> dict[str, Any]:
    from meibo.platform.feeds.house import readings  # Django must be set up first

    readings()  # made once in a process; two seconds
    town = Deliveries(size)
    first = _took(partial(_intake("load"), **_what(town, home, 0), actor="bench"))[0]
    bare, bare_cpu = floors.books()
    _again(town, home, 1)  # what a first load has written is read once more
    week, runs = 1, {share: Runs() for share in shares}
    for _ in range(rounds):
        for share, own in runs.items():
            week, town.share = week + 1, share
            town.change()
            own.add(*_round(_what(town, home, week)))
    told = {str(share): own.medians() for share, own in runs.items()}
    opened = {"first": first.wall, "first_cpu": first.cpu, "bare": bare, "bare_cpu": bare_cpu}
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"size": size, "rounds": rounds, "most": most} | opened | told


def _intake(name: str) -> Callable[..., Any]:
    from meibo.apps.personnel.actions import intake  # Django must be set up first

    return {"check": intake.check, "load": intake.load}[name]


def _again(town: Deliveries, home: Path, week: int) -> None:
    _intake("load")(**_what(town, home, week), actor="bench")


@dataclass(slots=True)
class Runs:
    """The rounds of deliveries of which the same share had changed."""

    took: dict[str, list["Took"]] = field(default_factory=lambda: defaultdict(list))
    last: dict[str, int] = field(default_factory=dict)

    def add(self, took: dict[str, "Took"], summary: dict[str, int]) -> None:
        """One more round."""
        for name, one in took.items():
            self.took[name].append(one)
        self.last = {name: summary[name] for name in ("findings", "filings", "read_master")}

    def medians(self) -> dict[str, float]:
        """Seconds of each job, on the clock and of the processor, and the last round's counts."""
        wall = {n: statistics.median(t.wall for t in runs) for n, runs in self.took.items()}
        cpu = {f"{n}_cpu": statistics.median(t.cpu for t in runs) for n, runs in self.took.items()}
        return {**wall, **cpu, **self.last}


def _round(what: dict[str, Any]) -> tuple[dict[str, "Took"], dict[str, int]]:
    raw = _raw(next(what["folder"].glob("職員マスタ_*")))
    floor, _ = _took(partial(floors.rows, raw))
    check, checked = _took(partial(_intake("check"), **what))
    load, done = _took(partial(_intake("load"), **what, actor="bench"))
    if checked.findings != done.findings:
        raise ValueError("the dry run told something else than the load")
    return {"floor": floor, "check": check, "load": load}, done.summary


def _what(town: Deliveries, home: Path, week: int) -> dict[str, Any]:
    now = datetime.combine(FIRST + WEEK * week, datetime.min.time(), ZoneInfo("Asia/Tokyo"))
    folder = town.write(home, week)
    return {"definition": DEFINITION, "folder": folder, "now": now + timedelta(hours=9)}


def _raw(path: Path) -> list[tuple[str, ...]]:
    text = path.read_bytes().decode("cp932")
    return [tuple(row) for row in csv.reader(io.StringIO(text, newline=""))][1:]


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
