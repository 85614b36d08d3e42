"""Pages over HTTP, signed in, and what writing the audit log costs them.

    python benchmarks/bench_pages.py                 a demo ward of 3,400
    python benchmarks/bench_pages.py --people 10000

`floor` is a page of the same server that reads nothing of the roster (the help page): sign-in,
session and frame, which every answer has.
"""

import argparse
import http.client
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from urllib.parse import quote, urlencode

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.common import table

CLIENTS, ROUNDS, SECONDS = 8, 5, 4.0
MEIBO = str(Path(sys.executable).with_name("meibo"))
MIX = ("高", "高橋", "佐藤 花", "たか", "かはし", "takahashi", "福祉 高橋", "2345", "該当者無")
PASSWORD = "meibo-demo-2026"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--people", type=int, default=3400)
    given = parser.parse_args()
    print(f"load of the machine at the start: {os.getloadavg()[0]:.1f}")
    with served(given.people) as port:
        _over_http(port, given.people)
        _one_by_one(port)


@contextmanager
def served(people: int) -> Iterator[int]:
    """A demo ward, served by two processes on a free port."""
    # Its workers may write for a moment longer than it lives.
    with tempfile.TemporaryDirectory(prefix="meibo-bench-", ignore_cleanup_errors=True) as home:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("MEIBO_", "DJANGO_"))}
        surroundings = {**kept, "MEIBO_DATA": home, "MEIBO_PACE": "0"}
        subprocess.run(
            [MEIBO, "demo", "--people", str(people)],
            env=surroundings,
            check=True,
            stderr=subprocess.DEVNULL,
        )
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = int(free.getsockname()[1])
        server = subprocess.Popen(
            [MEIBO, "serve", "--port", str(port)], env=surroundings, stderr=subprocess.DEVNULL
        )
        try:
            _wait(port)
            yield port
        finally:
            server.terminate()
            server.wait()


def _wait(port: int) -> None:
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server did not start")


class Browser:
    """One connection with one session."""

    def __init__(self, port: int, name: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port)
        self.cookies: dict[str, str] = {}
        self.get("/account/login/")
        form = {
            "csrfmiddlewaretoken": self.cookies["meibo_csrf"],
            "login": name,
            "password": PASSWORD,
        }
        status = self._ask("POST", "/account/login/", urlencode(form))
        if status != 302:
            raise RuntimeError(f"signing in answered {status}")

    def get(self, address: str, **headers: str) -> int:
        return self._ask("GET", address, None, **headers)

    def _ask(self, verb: str, address: str, body: str | None, **headers: str) -> int:
        cookies = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        sent = {"Cookie": cookies, **headers}
        if body is not None:
            sent |= {"Content-Type": "application/x-www-form-urlencoded"}
            sent |= {"Referer": f"http://127.0.0.1:{self.connection.port}/"}
        answer = self._answer(verb, address, body, sent)
        answer.read()
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status

    def _answer(
        self, verb: str, address: str, body: str | None, sent: dict[str, str]
    ) -> http.client.HTTPResponse:
        """Once more where the server has closed a connection that was idle."""
        try:
            self.connection.request(verb, address, body, sent)
            return self.connection.getresponse()
        except (http.client.RemoteDisconnected, BrokenPipeError):
            self.connection.close()
            self.connection.request(verb, address, body, sent)
            return self.connection.getresponse()


def _load(browsers: Sequence[Browser], addresses: Sequence[str], **headers: str) -> list[float]:
    """Seconds of every request of one round by all clients at once."""
    taken: list[float] = []

    def work(browser: Browser, turn: int) -> None:
        end = time.perf_counter() + SECONDS
        while (start := time.perf_counter()) < end:
            status = browser.get(addresses[turn % len(addresses)], **headers)
            if status != 200:
                raise RuntimeError(f"{addresses[turn % len(addresses)]} answered {status}")
            taken.append(time.perf_counter() - start)
            turn += 1

    threads = [Thread(target=work, args=(b, n)) for n, b in enumerate(browsers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return taken


def _over_http(port: int, people: int) -> None:
    browsers = [Browser(port, "ippan") for _ in range(CLIENTS)]
    quick = {"HX-Request": "true", "HX-Target": "quick"}
    jobs = {
        "search as one types": ([f"/search?q={quote(q)}" for q in MIX], quick),
        "page of results": ([f"/search?q={quote(q)}" for q in MIX], {}),
        "floor (help page)": (["/help"], {}),
    }
    rounds: dict[str, list[list[float]]] = {name: [] for name in jobs}
    for addresses, headers in jobs.values():
        _load(browsers[:1], addresses, **headers)
    for _ in range(ROUNDS):
        for name, (addresses, headers) in jobs.items():
            rounds[name].append(_load(browsers, addresses, **headers))
    rates = {
        name: statistics.median(len(r) / SECONDS for r in runs) for name, runs in rounds.items()
    }
    floor = rates["floor (help page)"]
    rows = []
    for name, runs in rounds.items():
        every = sorted(one for run in runs for one in run)
        p50, p99 = every[len(every) // 2] * 1000, every[int(len(every) * 0.99)] * 1000
        rows.append([name, rates[name], rates[name] / floor, p50, p99])
    title = f"{people:,} people, {CLIENTS} clients, signed in, two processes"
    table(title, ["", "requests/s", "of the floor", "p50 ms", "p99 ms"], rows)


def _one_by_one(port: int) -> None:
    """One client alone: what a page takes."""
    browser = Browser(port, "ippan")
    rows = []
    for name, address in (
        ("home", "/"),
        ("org chart", "/chart"),
        ("list", "/list"),
        ("floor", "/help"),
    ):
        runs = []
        for _ in range(30):
            start = time.perf_counter()
            browser.get(address)
            runs.append((time.perf_counter() - start) * 1000)
        rows.append([name, statistics.median(runs), sorted(runs)[-2]])
    table("One client alone, whole answer", ["page", "median ms", "p97 ms"], rows)


if __name__ == "__main__":
    main()
