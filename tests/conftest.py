"""Fixtures every test may use. The surroundings are set before any module of Django is read, so
this file imports what reads them in order, and says so to the linter."""

import os
import sys
from pathlib import Path

import django
import pytest

from tests import surroundings

surroundings.prepare(sys.argv)
django.setup()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        surroundings.OPTION,
        action="store_true",
        help="run on a real PostgreSQL, started for this run (or MEIBO_TEST_POSTGRES=1)",
    )


def pytest_report_header() -> str:
    name = "PostgreSQL" if surroundings.SERVER in os.environ else "SQLite"
    return f"meibo: tests run on {name}"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The directory of sample material, beside the project or where MEIBO_SHARED says."""
    beside = Path(__file__).resolve().parents[2] / "shared"
    path = Path(os.environ.get("MEIBO_SHARED") or beside)
    if not path.is_dir():
        pytest.skip(f"sample material not found: {path} (set MEIBO_SHARED)")
    return path
