"""Everybody answers at once: many connections from one thread, each waiting for its answer."""

from __future__ import annotations

import json
import os
import selectors
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import urlopen

MEIBO = str(Path(sys.executable).with_name("meibo"))
STATUS = ("safe", "safe", "safe", "hurt")
#: In a house of its own: somebody who is asked for each token that is printed.
_FURNISH = """
import json, sys
from datetime import timedelta
import django; django.setup()
from django.utils import timezone
from meibo.apps.safety.models import Called, Check
from meibo.apps.safety.queries.links import token_of
now = timezone.now()
until = now + timedelta(days=1)
check = Check.objects.create(kind="drill", title="訓練", message="答えてください。",
    started_at=now, started_by="bench", until=until)
people = [Called(check_asked=check, person=f"P{n:023}") for n in range(int(sys.argv[1]))]
rows = Called.objects.bulk_create(people, batch_size=500)
print(json.dumps([token_of(row.pk, until) for row in rows]))
"""
_KEPT = """
import json
import django; django.setup()
from meibo.apps.safety.models import Answer
from meibo.apps.safety.queries.given import said
told = said(Answer.objects.select_related("called").filter(by=""))
print(json.dumps([int(each["words"]) for each in told.values()]))
"""


@dataclass(slots=True)
class House:
    """Where the database is, on which port answers are taken, and links to people."""

    surroundings: dict[str, str]
    port: int = 0
    workers: int = 2
    tokens: list[str] = field(default_factory=list)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the real command, and wait until a page comes: its port is open long before."""
        options = ["--port", str(self.port), "--workers", str(self.workers)]
        self._started([MEIBO, "answers", *options], self.surroundings)

    def start_apart(self, url: str, card: str) -> None:
        """Start it as on a machine of its own: with a card, and no data of the house."""
        command = [sys.executable, "-m", "gunicorn", "meibo.config.answers:application"]
        command += ["--worker-class", "asgi", "--bind", f"127.0.0.1:{self.port}"]
        home = self.surroundings["MEIBO_DATA"] + "/apart"
        names = {"MEIBO_DATA": home, "MEIBO_DATABASE_URL": url, "MEIBO_ANSWERS_CARD": card}
        kept = {k: v for k, v in self.surroundings.items() if not k.startswith("MEIBO_")}
        self._started(command, {**kept, **names})

    def _started(self, command: list[str], surroundings: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            command, env=surroundings, stderr=subprocess.DEVNULL, start_new_session=True
        )
        for _ in range(600):
            try:
                urlopen(f"http://127.0.0.1:{self.port}/a/{self.tokens[0]}", timeout=10).close()
            except HTTPError:
                return  # a refusal is an answer as well
            except OSError:
                time.sleep(0.05)
            else:
                return
        raise RuntimeError("the server did not start")

    def kill(self) -> None:
        """kill -9, the server and its worker at one blow."""
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            for _ in range(200):  # its workers hold the socket for a moment longer
                try:
                    connected(self.port).close()
                except OSError:
                    break
                time.sleep(0.02)


@contextmanager
def house(people: int, url: str = "", workers: int = 2) -> Iterator[House]:
    """An empty house with so many people who are asked. `url`: of a PostgreSQL database."""
    with tempfile.TemporaryDirectory(prefix="meibo-answers-") as home:
        kept = {k: v for k, v in os.environ.items() if not k.startswith("MEIBO_")}
        kept |= {"MEIBO_DATA": home, "DJANGO_SETTINGS_MODULE": "meibo.config.settings"}
        if url:
            kept["MEIBO_DATABASE_URL"] = url
        subprocess.run([MEIBO, "init"], env=kept, check=True, stderr=subprocess.DEVNULL)
        told = subprocess.run(
            [sys.executable, "-c", _FURNISH, str(people)], env=kept, check=True, capture_output=True
        )
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = int(free.getsockname()[1])
        found = House(kept, port, workers, json.loads(told.stdout))
        try:
            found.start()
            yield found
        finally:
            found.kill()


def kept(found: House) -> Counter[int]:
    """The number of each answer that is in the database, out of its box."""
    told = subprocess.run(
        [sys.executable, "-c", _KEPT], env=found.surroundings, check=True, capture_output=True
    )
    return Counter(json.loads(told.stdout))


def connected(port: int) -> socket.socket:
    """A connection that does not wait to gather more."""
    found = socket.create_connection(("127.0.0.1", port), timeout=10)
    found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return found


def request(token: str, number: int) -> bytes:
    """An answer as a browser sends it; `number` is in its words, to be found again."""
    fields = {"sheet": "1", "status": STATUS[number % len(STATUS)], "comes": "now", "hours": "3"}
    body = urlencode({**fields, "family": "safe", "place": "自宅", "words": str(number)}).encode()
    head = (
        f"POST /a/{token} HTTP/1.1\r\nHost: localhost\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


@dataclass(slots=True)
class Heard:
    """What the clients saw: seconds of every thanked answer, whom it was from, what went wrong."""

    seconds: list[float] = field(default_factory=list)
    thanked: list[int] = field(default_factory=list)
    wrong: int = 0


def load(
    found: House,
    seconds: float,
    *,
    clients: int = 64,
    first: int = 0,
    then: Callable[[], None] | None = None,
) -> Heard:
    """So many clients, one answer after another each, in the order of the people. A connection that
    breaks is not opened again. `then` is called when half of the time is over."""
    heard, choosing = Heard(), selectors.DefaultSelector()
    started: dict[socket.socket, tuple[float, int]] = {}
    number, begin = first, time.perf_counter()

    def post(client: socket.socket) -> None:
        nonlocal number
        client.sendall(request(found.tokens[number % len(found.tokens)], number))
        started[client] = (time.perf_counter(), number)
        number += 1

    for _ in range(clients):
        client = connected(found.port)
        choosing.register(client, selectors.EVENT_READ)
        post(client)
    while started:
        for key, _ in choosing.select(1):
            client = key.fileobj
            now = time.perf_counter()
            since, who = started.pop(client)
            if not _thanked(client):
                heard.wrong += 1
            else:
                heard.seconds.append(now - since)
                heard.thanked.append(who)
                if now < begin + seconds and _sent(post, client):
                    continue
            choosing.unregister(client)
            client.close()
        if then is not None and time.perf_counter() > begin + seconds / 2:
            then()
            then = None
    return heard


def _sent(post: Callable[[socket.socket], None], client: socket.socket) -> bool:
    try:
        post(client)
    except OSError:
        return False
    return True


def _thanked(client: socket.socket) -> bool:
    """Whether all of an answer came, and it was 200."""
    try:
        data = client.recv(65536)
        head, _, body = data.partition(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200 "):
            return False
        size = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
        while len(body) < size:
            more = client.recv(65536)
            if not more:
                return False
            body += more
    except OSError:
        return False
    return "受け取りました".encode() in body
