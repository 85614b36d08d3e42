"""発令 that is killed at any moment has announced everything or nothing, and is done again once."""

import os
import random
import shutil
import signal
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.config.cli.house import House
from tests.config.cli.keeper import Keeper

#: A plan that moves everybody who leads nobody, approved, and the job that announces it.
PREPARE = """
import django, os
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "meibo.config.settings")
django.setup()
from datetime import UTC, date, datetime
from meibo.apps.personnel.actions import deciding
from meibo.domain.book import Effect, Line
from meibo.ledger import drawer, reader
from meibo.ledger.drawer import LineChange
from meibo.platform.audit.actions import Actor
now, day = datetime(2026, 11, 26, tzinfo=UTC), date(2027, 4, 2)
from meibo.domain.disclosure import Viewer
cards = reader.cards(Viewer(frozenset({"hr"}), now.date()), on=date(2026, 11, 1))
cards = [card for card in cards if not str(card["post"]).endswith("長")]
units = [card["unit_code"] for card in cards]
number = drawer.begin("plan", account="jinji", now=now, day=day)
lines = [
    Line(0, day, now, Effect.MOVE, card.id, "配置換", unit=unit)
    for card, unit in zip(cards, units[1:] + units[:1])
]
drawer.put(number, [LineChange(line) for line in lines], account="jinji", now=now)
drawer.pass_on(number, drawer.APPROVED, expected=[drawer.DRAFT], now=now)
version = drawer.plan_for_house(number).version
deciding.ask_to_announce(number, version=version, actor=Actor("jinji"), now=now)
print(len(lines))
"""
WORK = ["work", "--once"]


class Office:
    """A house in which a plan waits to be announced."""

    def __init__(self, house: House, folder: Path) -> None:
        assert house.run(*house.load) in {0, 2}
        said = Keeper(house, folder).say(program=PREPARE)
        assert said.returncode == 0, said.stderr
        self.house, self.orders = house, int(said.stdout.split()[-1])
        self.ready = folder / "ready"
        shutil.copytree(house.data, self.ready)
        self.before = self.book()

    def again(self) -> None:
        """As it was when the plan was ready."""
        shutil.rmtree(self.house.data)
        shutil.copytree(self.ready, self.house.data)

    def book(self) -> tuple[int, str, str]:
        """Lines of the book, the state of the plan, that of the job."""
        with closing(sqlite3.connect(self.house.data / "meibo.sqlite3")) as database:
            (lines,) = database.execute("SELECT count(*) FROM ledger_bookline").fetchone()
            (state,) = database.execute("SELECT state FROM ledger_plan").fetchone()
            (job,) = database.execute("SELECT state FROM jobs_job").fetchone()
        return int(lines), str(state), str(job)


def kill_now_and_then(office: Office, times: int, seed: int) -> tuple[int, int]:
    """How many kills met the work alive, and how many of those found it announced already."""
    house = office.house
    began = time.monotonic()
    assert house.run(*WORK) == 0
    takes, whole = time.monotonic() - began, office.book()
    assert whole == (office.before[0] + office.orders, "announced", "done")
    moments, killed, announced = random.Random(seed), 0, 0
    for _ in range(times):
        office.again()
        child = house.start(WORK)
        time.sleep(moments.uniform(takes * 0.2, takes))
        os.kill(child, signal.SIGKILL)
        met = house.ended() == -signal.SIGKILL
        lines, state, _ = office.book()
        assert (lines, state) in {office.before[:2], whole[:2]}
        assert house.run("verify") == 0
        killed += met
        announced += met and state == "announced"
        assert house.run(*WORK) == 0
        assert office.book() == whole
        assert house.run("verify") == 0
    return killed, announced


@pytest.fixture
def office(house: House, tmp_path: Path) -> Office:
    return Office(house, tmp_path)


def test_an_announcement_that_is_killed_is_whole_or_not_there_and_done_again_once(
    office: Office,
) -> None:
    killed, _ = kill_now_and_then(office, 3, seed=20270401)
    assert killed >= 1  # the rest had ended already


@pytest.mark.soak
def test_it_may_be_killed_a_hundred_times(office: Office) -> None:
    killed, _ = kill_now_and_then(office, 100, seed=20270402)
    assert killed >= 60
