"""The search core: verified and disclosed, in process, against the bare index in the same run.

    python benchmarks/bench_search.py                    10k and 100k people, both databases
    python benchmarks/bench_search.py --million          and a million, on SQLite
    python benchmarks/bench_search.py --sizes 10000 --sqlite

`floor` is the bare index (FTS5 MATCH, GIN) answering the same words, unranked beyond order of
display, unverified, undisclosed, 20 rows, no keys read.
"""

import argparse
import json
import math
import os
import subprocess
import sys
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.common import table

Measured = dict[str, Any]
_RUN = Path(__file__).with_name("search_run.py")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--million", action="store_true", help="SQLite with 1,000,000 as well")
    parser.add_argument("--sqlite", action="store_true", help="leave PostgreSQL out")
    given = parser.parse_args()
    print(f"load of the machine at the start: {os.getloadavg()[0]:.1f}")
    sizes = [*given.sizes, *([1_000_000] if given.million else [])]
    _database("SQLite", [_run(size) for size in sizes])
    if not given.sqlite:
        _database("PostgreSQL", [_run(size, "--postgres") for size in given.sizes])
    _history(given.sizes[0])
    _recall(_run(given.sizes[0], "--recall"))


def _run(size: int, *options: str) -> Measured:
    """One town in a process of its own: Django knows one database at a time."""
    print(f"… {size:,} {' '.join(options)}", file=sys.stderr, flush=True)
    done = subprocess.run(
        [sys.executable, str(_RUN), str(size), *options], stdout=subprocess.PIPE, check=True
    )
    result: Measured = json.loads(done.stdout)
    return result


def _database(name: str, runs: list[Measured]) -> None:
    sizes = [f"{run['size']:,}" for run in runs]
    for part, title in (("queries", "twelve kinds of query"), ("hard", "short and awkward words")):
        header = ["query", "text"]
        for size in sizes:
            header += [f"{size}: staff p50", "quiet round", "p99", "head p50", "floor", "×", "hits"]
        rows = [_row(kind, [run[part] for run in runs]) for kind in runs[0][part]]
        table(f"{name}, {title}, ms", header, [*rows, _worst([run[part] for run in runs])])
    _growth(name, runs)
    table(
        f"{name}, writing",
        ["people", "made and written in s", "a person, ms", "database, MB"],
        [
            [s, r["written"], r["written"] / r["size"] * 1000, r["bytes"] / 1e6]
            for s, r in zip(sizes, runs, strict=True)
        ],
    )


def _row(kind: str, runs: list[Measured]) -> list[object]:
    row: list[object] = [kind, runs[0][kind]["text"]]
    for run in runs:
        one = run[kind]
        hits = f"{one['total']}{'+' if one['capped'] else ''}"
        row += [
            one["p50"],
            one["quiet"],
            one["p99"],
            one["head"],
            one["floor"],
            one["p50"] / one["floor"],
            hits,
        ]
    return row


def _worst(runs: list[Measured]) -> list[object]:
    row: list[object] = ["**worst**", ""]
    for run in runs:
        ratio = max(one["p50"] / one["floor"] for one in run.values())
        row += [*(_top(run, key) for key in ("p50", "quiet", "p99", "head", "floor")), ratio, ""]
    return row


def _top(run: Measured, key: str) -> float:
    return max(float(one[key]) for one in run.values())


def _growth(name: str, runs: list[Measured]) -> None:
    """How the worst query's time grows: 0 is not at all, 1 is as fast as the town."""
    if len(runs) < 2:
        return
    rows = []
    for part in ("queries", "hard"):
        for a, b in pairwise(runs):
            exponent = _exponent(a, b, _top(a[part], "quiet"), _top(b[part], "quiet"))
            each = [_exponent(a, b, a[part][k]["quiet"], b[part][k]["quiet"]) for k in a[part]]
            rows.append([part, f"{a['size']:,} → {b['size']:,}", exponent, sum(each) / len(each)])
    table(
        f"{name}, growth exponent of the quiet round",
        ["", "people", "worst query", "mean of all"],
        rows,
    )


def _exponent(a: Measured, b: Measured, before: float, after: float) -> float:
    return math.log(after / before) / math.log(b["size"] / a["size"])


def _history(size: int) -> None:
    """Every person with nine seats behind them, and as many people gone as are there."""
    runs = {
        "no history": _run(size),
        "with history, one era": _run(size, "--history"),
        "with history, eras": _run(size, "--history", "--eras"),
    }
    rows = [
        [kind, *(run["queries"][kind]["p50"] for run in runs.values())]
        for kind in runs["no history"]["queries"]
    ]
    worst = ["**worst**", *(_top(run["queries"], "p50") for run in runs.values())]
    table(
        f"SQLite, {size:,} people, what history costs today, ms p50",
        ["query", *runs],
        [*rows, worst],
    )


def _recall(run: Measured) -> None:
    rows: Iterable[list[object]] = (
        [kind, one["asked"], one["found"], f"{one['found'] / one['asked']:.1%}"]
        for kind, one in run["recall"].items()
    )
    table(
        f"Found, of {run['size']:,} people", ["asked for by", "asked", "found", "rate"], list(rows)
    )
    same = run["namesakes"]
    table(
        "Namesakes and strangers",
        ["groups of namesakes", "people in them", "listed one by one", "hits that do not match"],
        [[same["groups"], same["people"], same["listed"], same["wrong"]]],
    )


if __name__ == "__main__":
    main()
