"""The outbox: how long a check takes to be queued, and how fast its mail goes out.

Prints two tables for SQLite (PostgreSQL with --postgres). Mail goes to a mail server in a process
of its own; `bare` is what that server takes from loops of smtplib that do nothing else, as many as
ours has connections, measured in turns with ours.
`python benchmarks/bench_outbox.py [--postgres] [--people 10000] [--mails 3000]`
"""

import argparse
import json
import os
import smtplib
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from common import database, table

NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
ROUNDS = 5
TURNS = 9
CONNECTIONS = 4
ROOT = Path(__file__).resolve().parents[1]


@contextmanager
def server() -> Iterator[int]:
    """A mail server beside; its port."""
    with tempfile.TemporaryDirectory() as folder:
        port = Path(folder) / "port"
        words = [sys.executable, "-m", "tests.apps.safety.receivers", str(port), "-"]
        with subprocess.Popen(words, cwd=ROOT) as child:
            while not port.exists() or not port.read_text():
                time.sleep(0.05)
            try:
                yield int(port.read_text())
            finally:
                child.kill()


def filled(people: int) -> list[str]:
    """A ward in which everybody has a mail at work, one of their own, and a mobile telephone."""
    from meibo.ledger.reader.people import states_on
    from meibo.ledger.writer import Batch, NewFiling, append
    from meibo.platform import demo

    demo.generate(now=NOW, people=people)
    ids = list(states_on(NOW.date()))
    filings = []
    for place, person in enumerate(ids):
        contacts = [
            {"kind": "携帯", "value": f"090{place:08}"},
            {"kind": "メール", "value": f"own{place}@home.example"},
        ]
        filed = json.dumps(contacts, ensure_ascii=False)
        filings.append(NewFiling(person, "contacts", filed, date(2026, 4, 1), NOW))
    append(Batch(filings=filings), actor="bench", now=NOW)
    return ids


def queued() -> tuple[float, float, int, int]:
    """Seconds of starting a check of the whole house, of the processor; people; messages."""
    from meibo.apps.safety.actions.starting import Wanted, close, start
    from meibo.apps.safety.models import Check, Message
    from meibo.platform.audit.actions import Actor
    from meibo.platform.emergency.models import Kind

    for check in Check.objects.filter(closed_at=None):
        close(check, actor=Actor("bench"), now=NOW)
    Message.objects.all().delete()
    began, worked = time.perf_counter(), time.process_time()
    check = start(Wanted(Kind.DRILL, "訓練", "訓練です。"), actor=Actor("bench"), now=NOW)
    took = time.perf_counter() - began
    cpu = time.process_time() - worked
    return took, cpu, check.called.count(), Message.objects.count()


def ours(port: int, mails: int, lanes: int) -> float:
    """Mails a second from the outbox."""
    from meibo.apps.safety.actions.reaching.sender import Sender
    from meibo.apps.safety.models import Message
    from meibo.domain.safety.gateways import Provider, Reaching

    later = NOW + timedelta(minutes=1)
    rows = Message.objects.filter(route="mail")
    rows.update(state="dropped")
    some = rows.order_by("pk").values_list("pk", flat=True)[:mails]
    Message.objects.filter(pk__in=list(some)).update(state="queued", due_at=NOW, tries=0)
    provider = Provider("smtp-1", "mail", f"smtp://127.0.0.1:{port}", parallel=lanes)
    with tempfile.TemporaryDirectory() as folder:
        reaching = Reaching("https://meibo.example", "a@meibo.example", (provider,))
        sender = Sender("mail", reaching, Path(folder))
        began, count = time.perf_counter(), 0
        while taken := sender.round(lambda: later):
            count += taken
        took = time.perf_counter() - began
        sender.close()
    assert Message.objects.filter(route="mail", state="sent").count() == count == mails
    return count / took


def bare(port: int, mails: int, lanes: int) -> float:
    """Mails a second from loops that do nothing else."""
    letter = ("From: <a@b.example>\r\nSubject: x\r\n\r\n" + ("x" * 72 + "\r\n") * 9).encode()

    def loop(_: int) -> None:
        with smtplib.SMTP("127.0.0.1", port) as server:
            for number in range(mails // lanes):
                server.sendmail("a@b.example", [f"p{number}@b.example"], letter)

    with ThreadPoolExecutor(lanes) as pool:
        began = time.perf_counter()
        list(pool.map(loop, range(lanes)))
        return mails // lanes * lanes / (time.perf_counter() - began)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--mails", type=int, default=3_000)
    options = parser.parse_args()
    with database(postgres=options.postgres), server() as port:
        filled(options.people)
        runs = [queued() for _ in range(ROUNDS)]
        pairs = {
            lanes: [
                (ours(port, options.mails, lanes), bare(port, options.mails, lanes))
                for _ in range(TURNS)
            ]
            for lanes in (1, CONNECTIONS)
        }
    people, messages = runs[0][2:]
    took = [statistics.median(run[place] for run in runs) for place in (0, 1)]
    header = ["people", "messages", "queued s", "of it cpu s"]
    table(f"Queueing (medians of {ROUNDS})", header, [[f"{people:,}", f"{messages:,}", *took]])
    rows = []
    for lanes, found in pairs.items():
        mine, theirs = (statistics.median(pair[place] for pair in found) for place in (0, 1))
        share = statistics.median(a / b for a, b in found)
        rows.append([lanes, f"{mine:,.0f}", f"{theirs:,.0f}", f"{share:.0%}"])
    header = ["connections", "ours mails/s", "bare mails/s", "share"]
    table(f"Mail handed over (medians of {TURNS} turns)", header, rows)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "meibo.config.settings")
    main()
