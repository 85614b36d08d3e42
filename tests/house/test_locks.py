"""The locks: complete, pinned by hash, and free of any address to fetch from."""

import re
import tomllib
from functools import cache

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.source import ROOT

LOCKS = ("requirements.lock", "requirements-dev.lock")
PIN = re.compile(r"^(?P<name>[a-z0-9][a-z0-9._-]*)(\[[^]]*\])?==(?P<version>[^ ;\\]+)")


@cache
def pins(lock: str) -> dict[str, str]:
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    return {found["name"]: found["version"] for line in lines if (found := PIN.match(line))}


@cache
def project() -> dict[str, list[str]]:
    data = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = data["dependency-groups"]
    runtime = data["project"]["dependencies"] + groups["build"]
    return {LOCKS[0]: runtime, LOCKS[1]: runtime + groups["dev"]}


@pytest.mark.parametrize("lock", LOCKS)
def test_everything_the_project_asks_for_is_locked(lock: str) -> None:
    missing = [
        text
        for text in project()[lock]
        if (wanted := Requirement(text))
        and not wanted.specifier.contains(pins(lock).get(canonicalize_name(wanted.name), "0"))
    ]
    assert not missing, "run `make lock`"


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_a_hash(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=[a-z0-9])", text)[1:]
    assert len(blocks) == len(pins(lock)) > 0
    assert all("--hash=sha256:" in block for block in blocks)


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_address(lock: str) -> None:
    assert "://" not in (ROOT / lock).read_text(encoding="utf-8")
    assert "--find-links" not in (ROOT / lock).read_text(encoding="utf-8")


def test_what_is_developed_with_is_what_runs() -> None:
    assert pins(LOCKS[0]).items() <= pins(LOCKS[1]).items()
