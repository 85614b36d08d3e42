"""A small roster in the database of the tests, and the command line before it."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from meibo.config import cli
from meibo.config.cli import intake, read
from tests.config.cli.house import House, opened
from tests.config.cli.keeper import Keeper
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


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """An empty roster of its own, and a package to be loaded into it."""
    with opened(tmp_path) as made:
        yield made


@pytest.fixture(scope="session")
def populated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A roster with people and a picture; it is copied, not used."""
    with opened(tmp_path_factory.mktemp("house")) as house:
        assert house.run(*house.load) in {0, 2}
        photos = house.data / "photos"
        photos.mkdir()
        (photos / "0000001.jpg").write_bytes(b"a picture")
        yield house


@pytest.fixture
def keeper(populated: House, tmp_path: Path) -> Keeper:
    """A house of its own with people in it."""
    data = tmp_path / "data"
    shutil.copytree(populated.data, data)
    return Keeper(House(data, populated.empty, populated.load, populated.runner), tmp_path)
