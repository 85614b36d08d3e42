"""The contracts in pyproject.toml do stop what they are there to stop.

A contract that is spelled wrong is kept by everybody. So a small house is built after the real
one's plan, and broken in one place at a time.
"""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.house.source import ROOT

HOUSE = {
    "config/__init__.py": "",
    "config/urls.py": "from meibo.apps.directory import views",
    "apps/__init__.py": "",
    "apps/directory/__init__.py": "",
    "apps/directory/views.py": "from meibo.ledger import cards",
    "apps/personnel/__init__.py": "",
    "apps/personnel/views.py": "",
    "platform/__init__.py": "",
    "platform/door.py": "from meibo.ledger import cards",
    "ledger/__init__.py": "",
    "ledger/cards.py": "from meibo.ledger import models",
    "ledger/models.py": "from meibo.domain import names",
    "domain/__init__.py": "",
    "domain/names.py": "",
    "domain/dates.py": "",
}
BREACHES = [
    ("platform/door.py", "from meibo.apps.directory import views", "Floors"),
    ("ledger/cards.py", "from meibo.platform import door", "Floors"),
    ("domain/names.py", "from meibo.ledger import cards", "Floors"),
    ("basement.py", "", "Floors"),
    ("apps/personnel/views.py", "from meibo.apps.directory import views", "No app"),
    ("domain/names.py", "from django.db import models", "domain is plain"),
    ("domain/names.py", "import sqlite3", "domain is plain"),
    ("platform/door.py", "from meibo.ledger.models import Line", "tables of record"),
    ("apps/directory/views.py", "from meibo.ledger import models", "tables of record"),
    ("domain/names.py", "from meibo.domain import dates", "circles"),
]


def build(place: Path, changes: dict[str, str]) -> None:
    files = {"__init__.py": ""} | HOUSE | changes
    for name, text in files.items():
        path = place / "meibo" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text + "\n", encoding="utf-8")
    contracts = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    (place / "pyproject.toml").write_text(contracts, encoding="utf-8")


def lint(place: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("lint-imports")
    command = [program, "--no-logo", "--no-cache"]
    surroundings = {"PYTHONPATH": str(place), "PATH": "", "PYTHONUTF8": "1", "COLUMNS": "200"}
    return subprocess.run(
        command, cwd=place, env=surroundings, capture_output=True, text=True, check=False
    )


def test_the_small_house_keeps_every_contract(tmp_path: Path) -> None:
    build(tmp_path, {})
    result = lint(tmp_path)
    assert result.returncode == 0, result.stdout + result.stderr
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    count = len(contracts["tool"]["importlinter"]["contracts"])
    assert f"Contracts: {count} kept, 0 broken." in result.stdout


@pytest.mark.parametrize(("where", "what", "contract"), BREACHES)
def test_a_breach_is_found(tmp_path: Path, where: str, what: str, contract: str) -> None:
    changes = {where: what}
    if contract == "circles":
        changes["domain/dates.py"] = "from meibo.domain import names"
    build(tmp_path, changes)
    result = lint(tmp_path)
    broken = [line for line in result.stdout.splitlines() if line.endswith("BROKEN")]
    assert result.returncode == 1, result.stdout + result.stderr
    assert any(contract in line for line in broken), result.stdout
