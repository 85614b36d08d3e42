"""A small roster in the database of the tests, and the command line before it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from meibo.config import cli
from meibo.config.cli import intake, read
from tests.config.cli.package import Package
from tests.house.canary.commands import Said, meibo
from tests.ledger.scenes import NOW, TODAY

Meibo = Callable[..., Said]


@pytest.fixture
def desk(db: Any, monkeypatch: pytest.MonkeyPatch) -> Meibo:
    """Commands in this process, on TODAY; what a process does once has been done."""
    monkeypatch.setattr(cli.django, "setup", lambda: None)
    monkeypatch.setattr(cli.os, "umask", lambda mask: None)
    monkeypatch.setattr(read, "today", lambda: TODAY)
    monkeypatch.setattr(intake, "now", lambda: NOW)
    return meibo


@pytest.fixture
def package(tmp_path: Path) -> Package:
    return Package(tmp_path)


@pytest.fixture
def loaded(desk: Meibo, package: Package) -> Meibo:
    """The desk, with the small package in the books."""
    assert desk("intake", "load", *package.write()).code == 0
    return desk
