"""A house to visit, and browsers in which somebody is signed in already."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests import surroundings

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "fuyu-no-hi-no-yuugata"
#: Where a page is looked over for barriers: on an ordinary day only where it is narrowest.
WIDTHS = [pytest.param(1440, marks=pytest.mark.soak), 360]
OPEN = "import django; django.setup(); from tests.browser import house; house.main()"


@dataclass(frozen=True)
class House:
    """Where the house stands and whom and what tests may name in it."""

    url: str
    codes: dict[str, str]
    chief: str
    clerk: str
    long: str
    names: dict[str, str]


@contextmanager
def opened(place: Path, database: str) -> Iterator[House]:
    """A house of its own process, as tests/browser/house.py furnishes it."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("MEIBO_")}
    environment |= {"MEIBO_DATA": str(place), "DJANGO_SETTINGS_MODULE": "meibo.config.settings"}
    environment |= {"PASSWORD": PASSWORD, "MEIBO_DATABASE_URL": database}
    environment |= {"MEIBO_PUSH": "push.example"}
    process = subprocess.Popen(
        [sys.executable, "-c", OPEN],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    said = process.stdout.readline()
    assert said, "the house for browsers did not open; see its messages above"
    yield House(**json.loads(said))
    process.stdin.close()
    process.wait(timeout=20)


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The house of tests/browser/house.py, open as long as the run lasts."""
    place = tmp_path_factory.mktemp("house")
    with opened(place, surroundings.own_database("browser")) as found:
        yield found


@dataclass
class Visitor:
    """A signed-in browser and what it has met: addresses asked for, complaints on its console."""

    page: Page
    house: House
    asked: list[str]
    complaints: list[str]

    def go(self, path: str) -> Page:
        """Open a page of the house and wait until all of it is there."""
        self.page.goto(self.house.url + path)
        return self.page


Enter = Callable[..., Visitor]


@pytest.fixture(scope="session")
def keys(browser: Browser, house: House) -> dict[str, Any]:
    """Sign-in name → the cookies of somebody signed in."""
    found: dict[str, Any] = {}
    for name in ("staff", "clerk", "head", "personnel", "second", "crisis", "machines"):
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"{house.url}/account/login/")
        page.fill("[name=login]", name)
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_url(f"{house.url}/")
        found[name] = context.storage_state()
        context.close()
    return found


@pytest.fixture
def enter(browser: Browser, house: House, keys: dict[str, Any]) -> Iterator[Enter]:
    """A browser at the house: `enter("staff", width=390)`; other words go to its context."""
    contexts: list[BrowserContext] = []

    def come_in(name: str = "staff", *, width: int = 1440, **wishes: Any) -> Visitor:
        size = {"width": width, "height": 844 if width < 500 else 900}
        context = browser.new_context(
            storage_state=keys[name],
            viewport=size,
            locale="ja-JP",
            timezone_id="Asia/Tokyo",
            **wishes,
        )
        contexts.append(context)
        visitor = Visitor(context.new_page(), house, [], [])
        visitor.page.on("request", lambda request: visitor.asked.append(request.url))
        visitor.page.on("pageerror", lambda error: visitor.complaints.append(str(error)))
        visitor.page.on(
            "console",
            lambda said: visitor.complaints.append(said.text) if said.type == "error" else None,
        )
        return visitor

    yield come_in
    for context in contexts:
        context.close()
