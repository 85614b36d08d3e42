"""Two people approve one draft at the same moment."""

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from tests import surroundings

ROOT = Path(__file__).resolve().parents[3]


def _database() -> str:
    """A database of its own on the PostgreSQL of this run; empty where the run is on SQLite."""
    server = os.environ.get(surroundings.SERVER)
    if not server:
        return ""
    name = f"at_once_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return urlunsplit(urlsplit(server)._replace(path=f"/{name}"))


def test_two_who_approve_at_once_make_one_version(tmp_path: Path) -> None:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("MEIBO_")}
    environment |= {"MEIBO_DATA": str(tmp_path), "MEIBO_DATABASE_URL": _database()}
    environment |= {"DJANGO_SETTINGS_MODULE": "meibo.config.settings"}
    ran = subprocess.run(
        [sys.executable, "-m", "tests.platform.policy.at_once"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    # The town's file is a version, too.
    assert json.loads(ran.stdout) == [["too late", "version 1"], 2]
