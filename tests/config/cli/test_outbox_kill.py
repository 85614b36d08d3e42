"""A worker that is killed at any moment while it sends: nobody is left out, and nobody gets more
than one message twice, however often that happens."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests import surroundings as surroundings_of_run
from tests.apps.safety.receivers import Gateway, Postbox, gateway_server, good, mail_server
from tests.config.cli.house import ROOT, House, surroundings
from tests.config.cli.keeper import START, Keeper

#: A check of everybody; the address of each is made from their place in the roster.
PREPARE = """
import django, os
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "meibo.config.settings")
django.setup()
from datetime import UTC, datetime, timedelta
from meibo.apps.safety.models import Called, Check, Message
from meibo.apps.safety.queries.routes import ADDRESS
from meibo.ledger.reader.people import states_on
from meibo.ledger.vault import Vault
now = datetime.now(UTC)
check = Check.objects.create(kind="drill", title="訓練", message="訓練", started_at=now,
    started_by="t", until=now + timedelta(days=7))
people = sorted(states_on(now.date()))
vault = Vault()
vault.prepare(people)
for place, person in enumerate(people):
    called = Called.objects.create(check_asked=check, person=person)
    for route, address in (("mail", f"p{place:04}@x.example"), ("sms", f"0900000{place:04}")):
        sealed = vault.seal(person, ADDRESS, address)
        Message.objects.create(called=called, route=route, address=sealed, due_at=now)
print(len(people))
"""
PLACES = 4
GATEWAY = """
[resend]
automatic = false
[[gateway]]
name = "sms-a"
route = "sms"
url = "{url}"
body = '{{"to": "{{address}}", "text": "{{text}}"}}'
reference = "id"
timeout = 30
"""


class Exchange:
    """A house with a full outbox, and who takes what it sends."""

    def __init__(self, house: House, folder: Path, mail: str, gateway: str) -> None:
        keeper, self.data = Keeper(house, folder), house.data
        self.url = surroundings_of_run.own_database("outbox")
        env = {"MEIBO_DATABASE_URL": self.url} if self.url else {}
        if self.url:
            assert keeper.say("init", **env).returncode == 0
        assert keeper.say(*house.load, **env).returncode in {0, 2}
        said = keeper.say(program=PREPARE, **env)
        assert said.returncode == 0, said.stderr
        self.people = int(said.stdout.split()[-1])
        town = folder / "town"
        shutil.copytree(ROOT / "town", town)
        (town / "reaching.toml").write_text(GATEWAY.format(url=gateway))
        own = {"MEIBO_SMTP_URL": mail, "MEIBO_TOWN": str(town)}
        self._env = surroundings(house.data) | own | env

    def work(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-c", START, "work"], env=self._env)

    def states(self) -> Counter[str]:
        query = "SELECT state, count(*) FROM safety_message GROUP BY state"
        if self.url:
            with psycopg.connect(self.url) as connection:
                return Counter(dict(connection.execute(query).fetchall()))
        with closing(sqlite3.connect(self.data / "meibo.sqlite3", timeout=20)) as database:
            return Counter(dict(database.execute(query).fetchall()))

    def over(self) -> bool:
        """Whether nothing is on its way any more."""
        left = self.states()
        return left["sent"] + left["failed"] == left.total()


def until(true: Callable[[], bool], child: subprocess.Popen[bytes], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert child.poll() is None
        assert time.monotonic() < end
        time.sleep(0.001)


def killed_often(house: House, folder: Path, times: int) -> None:
    """Kill the worker so many times while it sends; then look at what arrived."""
    box, gateway = Postbox(), Gateway(lambda asked: (*good(asked)[:2], 0.01))
    with mail_server(box) as mail, gateway_server(gateway) as url:
        office = Exchange(house, folder, mail, url)
        taken = lambda: len(box.letters) + len(gateway.asked)  # noqa: E731  # read again and again
        for kill in range(1, times + 1):
            child = office.work()
            share = 2 * office.people * kill // (times + 2)
            until(lambda share=share: taken() >= share, child)  # type: ignore[misc]  # a default of a lambda
            os.kill(child.pid, signal.SIGKILL)
            assert child.wait() == -signal.SIGKILL
        child = office.work()
        until(office.over, child)
        child.kill()
        child.wait()
        left = office.states()
    counts = Counter(box.addresses) + Counter(gateway.numbers)
    assert len(counts) == 2 * office.people  # each message went out
    twice: Counter[str] = Counter()
    for address, count in counts.items():
        twice[address.removesuffix("@x.example")[-PLACES:]] += count - 1
    assert max(twice.values()) <= 1  # nobody got more than one message twice
    assert len(twice) == office.people
    # How many stay open follows from how many were on their way at each kill, eight on each route.
    told = f"{times} kills, {office.people} people: {twice.total()} twice, {left['failed']} open"
    print(told)  # noqa: T201  # the figure of the long run


def test_a_sender_that_is_killed_leaves_nobody_out_and_writes_to_nobody_a_third_time(
    house: House, tmp_path: Path
) -> None:
    killed_often(house, tmp_path, 4)


@pytest.mark.soak
def test_it_may_be_killed_fifty_times(house: House, tmp_path: Path) -> None:
    killed_often(house, tmp_path, 50)


def test_a_gateway_that_hangs_delays_no_mail(house: House, tmp_path: Path) -> None:
    def hangs(asked: dict[str, Any]) -> tuple[int, str, float]:
        return 200, json.dumps({"id": asked["to"]}), 20.0

    box, gateway = Postbox(), Gateway(hangs)
    with mail_server(box) as mail, gateway_server(gateway) as url:
        office = Exchange(house, tmp_path, mail, url)
        child = office.work()
        until(lambda: bool(gateway.asked), child)
        began = time.monotonic()
        until(lambda: len(box.letters) == office.people, child)
        until(lambda: office.states()["sent"] == office.people, child)
        assert time.monotonic() - began < 15
        child.kill()
        child.wait()
    assert len(gateway.asked) <= 8
