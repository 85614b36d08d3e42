"""Fixtures every test may use. The surroundings are set before any module of Django is read, so
this file imports what reads them in order, and says so to the linter."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django
import pytest
from django.db import connections

from tests import surroundings

surroundings.prepare(sys.argv)
django.setup()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        surroundings.OPTION,
        action="store_true",
        help="run on a real PostgreSQL, started for this run (or MEIBO_TEST_POSTGRES=1)",
    )


def pytest_itemcollected(item: pytest.Item) -> None:
    """Whoever may use the database may use the audit log's as well."""
    mark = item.get_closest_marker("django_db")
    fixtures = set(getattr(item, "fixturenames", ()))
    if mark is not None or fixtures & {"db", "transactional_db", "live_server"}:
        asked = {**(mark.kwargs if mark else {}), "databases": "__all__"}
        item.add_marker(pytest.mark.django_db(**asked), append=False)


def pytest_report_header() -> str:
    name = "PostgreSQL" if surroundings.SERVER in os.environ else "SQLite"
    return f"meibo: tests run on {name}"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> Iterator[None]:
    """On PostgreSQL the audit log's connection is a second one to the same database, which can
    only be taken down when nobody is connected."""
    yield
    connections["audit"].close()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The directory of sample material, beside the project or where MEIBO_SHARED says."""
    beside = Path(__file__).resolve().parents[2] / "shared"
    path = Path(os.environ.get("MEIBO_SHARED") or beside)
    if not path.is_dir():
        pytest.skip(f"sample material not found: {path} (set MEIBO_SHARED)")
    return path


@pytest.fixture(scope="session")
def browser_type_launch_args(monkeypatch_session: pytest.MonkeyPatch) -> dict[str, Any]:
    """The system's own Chromium, with everything off that would look for the internet."""
    program = os.environ.get("MEIBO_CHROMIUM") or shutil.which("chromium")
    if not program:
        pytest.skip("no Chromium on this machine: the browser suite did not run")
    # Playwright's loop runs in the test's own thread, where Django would refuse the database.
    monkeypatch_session.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    switches = ["disable-quic", "disable-background-networking", "disable-component-update"]
    return {
        "executable_path": program,
        "args": ["--no-sandbox", "--disable-sync", *[f"--{switch}" for switch in switches]],
    }


@pytest.fixture(scope="session")
def monkeypatch_session() -> Iterator[pytest.MonkeyPatch]:
    """What pytest's monkeypatch does, until the end of the run."""
    with pytest.MonkeyPatch.context() as patch:
        yield patch


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    """A Japanese browser at a desk."""
    return {
        "locale": "ja-JP",
        "timezone_id": "Asia/Tokyo",
        "viewport": {"width": 1440, "height": 900},
    }
