"""The intake: a master of package A's shape delivered again, against the raw rows written bare.

    python benchmarks/bench_intake.py                     10k, 30k and 100k people, both databases
    python benchmarks/bench_intake.py --sizes 10000 --sqlite --rounds 5

In each round the master comes again with a share of its rows changed (`--shares`: two in a hundred
in a week, four in a thousand in a day), is looked through (`check`, nothing is written) and then
loaded, each beside the floor, in turns.

Two floors, for two questions. A delivery *again* is held against a bare executemany of all its
rows, every column as text, into a table without an index, in the same round and database: what
somebody would pay who took the file as it is, and less than any roster could do with. It is the
floor that the goals name (55 % of it at 100,000 rows). A load writes other things: only what has
changed, but that into two books, drawn tables and a search index; so the share of the floor
follows how much has changed, and is printed for each share.

The *first* delivery opens an account for everybody, and the rows of the file are a tenth of what
it has to write: a line or two and a dozen sealed filings a person, stretches, posts, keys and the
terms of the index. A floor without them would leave out most of what must be written. So it is
held against just this: all rows that it has left, written once more, ready made, into empty copies
of the same tables with the same indexes, in one transaction (executemany on SQLite, COPY on
PostgreSQL, as the product does). Nothing that is only a means is in it: no journal of the intake,
no index that is there twice. What is not in it either is all reading, checking, folding and
sealing.

`cpu` is this process's processor alone: of PostgreSQL the server's work is only on the clock.
"""

import argparse
import json
import math
import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.common import table

_RUN = Path(__file__).with_name("intake_run.py")
Measured = dict[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 30_000, 100_000])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--shares", type=float, nargs="+", default=[0.02, 0.004])
    parser.add_argument("--sqlite", action="store_true", help="leave PostgreSQL out")
    parser.add_argument("--postgres", action="store_true", help="leave SQLite out")
    given = parser.parse_args()
    print(f"load of the machine at the start: {os.getloadavg()[0]:.1f}")
    for name, option in (("SQLite", ""), ("PostgreSQL", "--postgres")):
        if (given.sqlite and option) or (given.postgres and not option):
            continue
        shares = [str(share) for share in given.shares]
        arguments = [str(given.rounds), *shares, *filter(None, [option])]
        runs = [_run(size, arguments) for size in given.sizes]
        for share in shares:
            rounds = f"{float(share):.1%} of it changed, medians of {given.rounds}"
            _show(f"{name}, a delivery again, {rounds}", [r | r[share] for r in runs])
        _first(name, runs)


def _run(size: int, arguments: list[str]) -> Measured:
    """One town in a process of its own: Django knows one database at a time."""
    print(f"… {size:,} {' '.join(arguments)}", file=sys.stderr, flush=True)
    done = subprocess.run(
        [sys.executable, str(_RUN), str(size), *arguments],
        stdout=subprocess.PIPE,
        check=True,
    )
    result: Measured = json.loads(done.stdout)
    return result


def _show(title: str, runs: list[Measured]) -> None:
    """`share`: the floor's time for the job's, of the clock and of this process's processor."""
    header = ["people", "job", "s", "rows/s", "share of the floor", "cpu s", "share, cpu"]
    rows: list[list[object]] = []
    for run in runs:
        size = run["size"]
        for job in ("floor", "check", "load"):
            wall, cpu = run[job], run[f"{job}_cpu"]
            shares = [f"{run['floor'] / wall:.1%}", cpu, f"{run['floor_cpu'] / cpu:.1%}"]
            rows.append([f"{size:,}", job, wall, f"{size / wall:,.0f}", *shares])
    table(title, header, rows)
    keys = ("check", "check_cpu", "load", "load_cpu")
    per = [[f"{r['size']:,}", *(r[k] * 100_000 / r["size"] for k in keys)] for r in runs]
    header = ["people", "dry run", "dry run, cpu", "load", "load, cpu"]
    table("s per 100,000 rows", header, per)
    grown = [
        [f"{a['size']:,} → {b['size']:,}", *(_exponent(a, b, key) for key in keys)]
        for a, b in pairwise(runs)
    ]
    if grown:
        table("growth exponent", header, grown)
    counts = ("findings", "filings", "read_master")
    table(
        "what was found and written in the last round",
        ["people", "findings", "filings", "rows"],
        [[f"{r['size']:,}", *(r[name] for name in counts)] for r in runs],
    )


def _first(name: str, runs: list[Measured]) -> None:
    """`floor`: the same rows written bare."""
    rows = [
        [
            f"{r['size']:,}",
            *(r["first"], r["first_cpu"], r["bare"], r["bare_cpu"]),
            *(f"{r['bare'] / r['first']:.1%}", f"{r['bare_cpu'] / r['first_cpu']:.1%}"),
            f"{r['most']:,.0f}",
        ]
        for r in runs
    ]
    header = ["people", "s", "cpu s", "floor s", "floor cpu s", "share", "share, cpu", "MB at most"]
    table(f"{name}, the first delivery of all, once", header, rows)


def _exponent(a: Measured, b: Measured, key: str) -> float:
    return math.log(b[key] / a[key]) / math.log(b["size"] / a["size"])


if __name__ == "__main__":
    main()
