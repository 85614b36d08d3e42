"""A load that is killed at any moment leaves the books as they were, or loaded whole."""

import os
import random
import secrets
import signal
import subprocess
import sys
import time

import pytest

from tests.config.cli.house import PEOPLE, House, surroundings


def kill_now_and_then(house: House, times: int, seed: int) -> tuple[int, int]:
    """Kill a load so often; how many kills met it alive, and how many loads were whole before."""
    assert house.run(*house.load) in {0, 2}  # the first one is slow, and would be no measure
    house.reset()
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
    killed, _ = kill_now_and_then(house, 5, seed=20261123)
    assert killed >= 2  # the rest had ended already


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
