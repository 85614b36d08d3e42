"""Master keys on the command line; what a kill amid a rotation, backup or restore leaves."""

import json
import os
import random
import secrets
import shutil
import signal
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.config.cli.conftest import Meibo
from tests.config.cli.house import PEOPLE, House
from tests.config.cli.keeper import Keeper


@pytest.fixture
def own(house: House, tmp_path: Path) -> Keeper:
    """A house with people in it, whose runner can be told to start what will be killed."""
    assert house.run(*house.load) in {0, 2}
    return Keeper(house, tmp_path)


def birthday(keeper: Keeper) -> str:
    asked = ("person", "0000001", "--as", "tie:hr", "--on", "2026-11-01", "--format", "json")
    said = keeper.say(*asked)
    return str(json.loads(said.stdout)["birth_date"])


def listed(keeper: Keeper) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = json.loads(
        keeper.say("keys", "list", "--format", "json").stdout
    )
    return rows


def test_a_new_key_takes_over_and_the_old_one_is_kept(keeper: Keeper) -> None:
    old = listed(keeper)[0]["id"]
    assert keeper.say("keys", "rotate").returncode == 0
    first, second = listed(keeper)
    assert (first["current"], first["wraps"]) == (True, PEOPLE)
    assert (second["id"], second["wraps"], second["known"]) == (old, 0, True)
    assert birthday(keeper) == "1971-02-02"
    assert keeper.noted("keys") == [
        {"what": "rotate", "before": [old]},
        {"what": "rotated", "now": first["id"], "people": PEOPLE, "factors": 0},
    ]
    shutil.rmtree(keeper.house.data / "master_keys")  # nothing hangs on the old one any more
    assert birthday(keeper) == "1971-02-02"


def test_a_key_from_the_environment_is_not_replaced_behind_its_back(keeper: Keeper) -> None:
    key = (keeper.house.data / "master_key").read_text().strip()
    said = keeper.say("keys", "rotate", MEIBO_MASTER_KEY=key)
    assert said.returncode == 1
    assert "MEIBO_OLD_MASTER_KEYS" in said.stderr
    new = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
    both = {"MEIBO_MASTER_KEY": new, "MEIBO_OLD_MASTER_KEYS": key}
    (keeper.house.data / "master_key").unlink()
    assert keeper.say("verify", MEIBO_MASTER_KEY=new).returncode == 1  # the old one is missing
    assert keeper.say("keys", "rotate", **both).returncode == 0
    assert keeper.say("verify", MEIBO_MASTER_KEY=new).returncode == 0


def test_no_key_is_ever_shown(desk: Meibo) -> None:
    said = desk("keys", "list", "--format", "json")
    key = (Path(os.environ["MEIBO_DATA"]) / "master_key").read_text().strip()
    assert said.code == 0
    assert key not in said.text


def kill_while(house: House, words: list[str], times: int, seed: int, longest: float) -> int:
    """Kill a command so often at any moment; how many kills met it alive."""
    moments, killed = random.Random(seed), 0
    for _ in range(times):
        child = house.start(words)
        time.sleep(moments.uniform(0.0, longest))
        os.kill(child, signal.SIGKILL)
        killed += house.ended() == -signal.SIGKILL
    return killed


def rotate_and_kill(keeper: Keeper, times: int, seed: int) -> int:
    house = keeper.house
    began = time.monotonic()
    assert house.run("keys", "rotate") == 0
    takes, killed = time.monotonic() - began, 0
    for turn in range(times):
        killed += kill_while(house, ["keys", "rotate"], 1, seed + turn, takes)
        with closing(sqlite3.connect(house.data / "meibo.sqlite3")) as database:
            count = database.execute("SELECT count(*) FROM ledger_datakey").fetchone()
        assert count == (PEOPLE,)
        assert house.run("verify") == 0  # refuses where a key is missing
    assert house.run("keys", "rotate") == 0
    assert [row["wraps"] for row in listed(keeper) if row["current"]] == [PEOPLE]
    assert birthday(keeper) == "1971-02-02"
    return killed


def test_a_rotation_that_is_killed_loses_nobody_and_can_be_gone_on_with(own: Keeper) -> None:
    assert rotate_and_kill(own, 3, seed=20261126) >= 1


@pytest.mark.soak
def test_a_rotation_may_be_killed_a_hundred_times(own: Keeper) -> None:
    assert rotate_and_kill(own, 100, seed=secrets.randbits(32)) >= 60


def back_up_and_kill(keeper: Keeper, times: int, seed: int) -> int:
    house = keeper.house
    words = ["backup", "--to", str(keeper.folder), "--recipient", keeper.public]
    began = time.monotonic()
    assert house.run(*words) == 0
    takes, killed = time.monotonic() - began, 0
    for turn in range(times):
        killed += kill_while(house, words, 1, seed + turn, takes)
        assert house.run("backup", "list", "--to", str(keeper.folder)) == 0  # each one is whole
    assert keeper.say("verify").returncode == 0
    time.sleep(1.1)  # its name is its second
    assert house.run(*words) == 0
    left = [each for each in keeper.folder.iterdir() if each.name.startswith(".")]
    assert not left
    assert not list(house.data.glob(".backup-*"))
    return killed


def test_a_backup_that_is_killed_leaves_no_half_one(own: Keeper) -> None:
    assert back_up_and_kill(own, 3, seed=20261126) >= 1


@pytest.mark.soak
def test_a_backup_may_be_killed_a_hundred_times(own: Keeper) -> None:
    assert back_up_and_kill(own, 100, seed=secrets.randbits(32)) >= 60


def restore_and_kill(keeper: Keeper, times: int, seed: int) -> int:
    house, moments, killed = keeper.house, random.Random(seed), 0
    file = keeper.backup()
    words = ["restore", str(file), "--identity", str(keeper.secret), "--force"]
    began = time.monotonic()
    assert house.run(*words) == 0
    takes = time.monotonic() - began
    for _ in range(times):
        child = house.start(words)
        time.sleep(moments.uniform(0.0, takes))
        os.kill(child, signal.SIGKILL)
        killed += house.ended() == -signal.SIGKILL
        # The old roster, the new one, or none; never a part of one.
        assert house.run("init") == 0
        assert house.rows()[2] in {0, PEOPLE}
        assert house.run("verify") == 0
    assert house.run(*words) == 0
    assert house.rows()[2] == PEOPLE
    assert birthday(keeper) == "1971-02-02"
    assert not list(house.data.glob(".restore-*"))
    return killed


def test_a_restore_that_is_killed_leaves_one_whole_roster_or_none(own: Keeper) -> None:
    assert restore_and_kill(own, 2, seed=20261126) >= 1


@pytest.mark.soak
def test_a_restore_may_be_killed_a_hundred_times(own: Keeper) -> None:
    assert restore_and_kill(own, 100, seed=secrets.randbits(32)) >= 60
