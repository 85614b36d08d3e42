"""A load that is killed at any moment leaves the books as they were, or loaded whole."""

import json
import os
import random
import secrets
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

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

    def reset(self) -> None:
        """As it was before anything was loaded."""
        shutil.rmtree(self.data)
        shutil.copytree(self.empty, self.data)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
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


def kill_now_and_then(house: House, times: int, seed: int) -> tuple[int, int]:
    """Kill a load so often; how many kills met it alive, and how many loads were whole before."""
    began = time.monotonic()
    assert house.run(*house.load) in {0, 2}
    takes, whole = time.monotonic() - began, house.rows()
    assert whole[0] > PEOPLE
    moments, killed, complete = random.Random(seed), 0, 0
    for _ in range(times):
        if house.rows() == whole:
            house.reset()
            complete += 1
        child = house.start(house.load)
        time.sleep(moments.uniform(0, takes))
        os.kill(child, signal.SIGKILL)
        killed += house.ended() == -signal.SIGKILL
        assert house.rows() in ([0, 0, 0, 0], whole)
        assert house.run("verify") == 0
    assert house.run(*house.load) in {0, 2}
    assert house.rows() == whole
    assert house.run("verify") == 0
    return killed, complete


def test_a_load_that_is_killed_is_whole_or_not_there_and_can_be_done_again(house: House) -> None:
    killed, _ = kill_now_and_then(house, 15, seed=20261123)
    assert killed >= 8  # the rest had ended already


@pytest.mark.soak
def test_it_may_be_killed_hundreds_of_times(house: House) -> None:
    killed, complete = kill_now_and_then(house, 400, seed=secrets.randbits(32))
    assert killed >= 300
    assert complete >= 1  # some were killed after everything had been written


@pytest.mark.soak
def test_the_command_as_it_is_typed_may_be_killed_as_well(house: House) -> None:
    """As above, with the program itself: its start, its imports, its end."""
    words = [sys.executable, "-c", "from meibo.config.cli import main; main()", *house.load]
    moments = random.Random(7)
    for _ in range(60):
        if house.rows()[0]:
            house.reset()
        with subprocess.Popen(
            words,
            env=surroundings(house.data),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as child:
            time.sleep(moments.uniform(0.3, 2.0))
            child.kill()
        assert house.run("verify") == 0
