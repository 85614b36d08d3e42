"""A house of its own on SQLite, whose commands run in processes that may be killed."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.config.cli.package import many

ROOT = Path(__file__).resolve().parents[3]
PEOPLE = 120
TABLES = ("ledger_bookline", "ledger_filingline", "ledger_person", "personnel_openfinding")


def surroundings(data: Path) -> dict[str, str]:
    """The environment of a house of its own, on SQLite."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MEIBO_")}
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    return kept | {"MEIBO_DATA": str(data), "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}


@dataclass
class House:
    """A data directory with an empty roster, and a package to be loaded into it."""

    data: Path
    empty: Path
    load: list[str]
    runner: subprocess.Popen[str]

    def start(self, words: list[str]) -> int:
        """Start a command; the id of its process."""
        assert self.runner.stdin is not None
        assert self.runner.stdout is not None
        self.runner.stdin.write(json.dumps(words) + "\n")
        self.runner.stdin.flush()
        return int(self.runner.stdout.readline())

    def ended(self) -> int:
        """Wait for it; its exit code."""
        assert self.runner.stdin is not None
        assert self.runner.stdout is not None
        self.runner.stdin.write("\n")
        self.runner.stdin.flush()
        return int(self.runner.stdout.readline())

    def run(self, *words: str) -> int:
        self.start(list(words))
        return self.ended()

    def rows(self) -> list[int]:
        """How many rows each book holds; the file itself must be sound."""
        with closing(sqlite3.connect(self.data / "meibo.sqlite3")) as database:
            assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            count = "SELECT count(*) FROM {}"
            return [database.execute(count.format(table)).fetchone()[0] for table in TABLES]

    def size(self) -> int:
        """Bytes of the book's file, with everything in it that still lay in its log."""
        with closing(sqlite3.connect(self.data / "meibo.sqlite3")) as database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return (self.data / "meibo.sqlite3").stat().st_size

    def reset(self) -> None:
        """As it was before anything was loaded."""
        shutil.rmtree(self.data)
        shutil.copytree(self.empty, self.data)


@contextmanager
def opened(tmp_path: Path) -> Iterator[House]:
    """A house without people, and who runs its commands."""
    data, empty = tmp_path / "data", tmp_path / "empty"
    data.mkdir(mode=0o700)
    with subprocess.Popen(
        [sys.executable, "-m", "tests.config.cli.runner"],
        cwd=ROOT,
        env=surroundings(data),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as runner:
        made = House(
            data,
            empty,
            ["intake", "load", *many(tmp_path, PEOPLE).without_readings().write()],
            runner,
        )
        assert made.run("init") == 0
        shutil.copytree(data, empty)
        yield made
        assert runner.stdin is not None
        runner.stdin.close()
