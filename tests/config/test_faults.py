"""Faults of the surroundings: a database that goes and comes back."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import psycopg
import pytest

from tests import surroundings

ROOT = Path(__file__).resolve().parents[2]
MEIBO = [sys.executable, "-c", "from meibo.config.cli import main; main()"]


@dataclass
class Running:
    """A house of its own, served: its data, its port, its database (empty on SQLite)."""

    data: Path
    port: int
    database: str

    def status(self) -> tuple[int, str]:
        """What the sign-in page answers; it reads sessions and the demo's accounts."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", "/account/login/", headers={"Cookie": "meibo_session=a" * 3})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    database = surroundings.own_database("faults")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("MEIBO_", "DJANGO_"))}
    around = {**kept, "MEIBO_DATA": str(tmp_path), "MEIBO_DATABASE_URL": database}
    around["PYTHONPATH"] = str(ROOT / "src")
    subprocess.run([*MEIBO, "init"], env=around, check=True, capture_output=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    words = [*MEIBO, "serve", "--port", str(port), "--workers", "1"]
    with subprocess.Popen(words, env=around, stderr=subprocess.DEVNULL) as server:
        for _ in range(300):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield Running(tmp_path, port, database)
        server.terminate()


def test_a_database_that_went_and_came_back_is_used_again(running: Running) -> None:
    assert running.status()[0] == 200
    if running.database:
        with psycopg.connect(running.database, autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
    else:
        files = sorted(running.data.glob("meibo.sqlite3*"))
        away = running.data / "away"
        away.mkdir()
        for file in files:
            file.rename(away / file.name)
        (running.data / "meibo.sqlite3").mkdir()  # nothing can be opened under that name
        status, text = running.status()
        assert status == 500
        assert "画面を表示できませんでした" in text
        (running.data / "meibo.sqlite3").rmdir()
        for file in files:
            (away / file.name).rename(file)
    assert running.status()[0] == 200
