"""How many keys and clicks it takes to mend an order, and to announce a plan of 900: counted by the
pages themselves, from what the browser told them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import surroundings
from tests.browser.conftest import PASSWORD, ROOT
from tests.browser.looking import followed, looked_over
from tests.browser.office import TITLE

pytestmark = pytest.mark.browser
DESK = (1280,)
OPEN = "import django; django.setup(); from tests.browser import office; office.main()"
#: Kept over pages of one tab. A click made by a key is that key's.
COUNT = """
(() => {
  const add = (what) => {
    const seen = JSON.parse(sessionStorage.getItem("counted") || '{"keys": 0, "clicks": 0}');
    seen[what] += 1;
    sessionStorage.setItem("counted", JSON.stringify(seen));
  };
  addEventListener("keydown", () => add("keys"), true);
  addEventListener("pointerdown", () => add("clicks"), true);
})();
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, object]]:
    """The house of tests/browser/office.py."""
    place: Path = tmp_path_factory.mktemp("office")
    environment = {k: v for k, v in os.environ.items() if not k.startswith("MEIBO_")}
    environment |= {"MEIBO_DATA": str(place), "DJANGO_SETTINGS_MODULE": "meibo.config.settings"}
    environment |= {
        "PASSWORD": PASSWORD,
        "MEIBO_DATABASE_URL": surroundings.own_database("office"),
    }
    with subprocess.Popen(
        [sys.executable, "-c", OPEN],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        said = process.stdout.readline()
        assert said, "the office did not open; see its messages above"
        yield json.loads(said)
        process.stdin.close()


@pytest.fixture(scope="module")
def tabs(browser: Browser, office: dict[str, object]) -> Iterator[dict[str, Page]]:
    """The clerk at a desk, and who decides, on a telephone."""
    found: dict[str, Page] = {}
    for name, width in (("personnel", 1440), ("decider", 390)):
        context = browser.new_context(
            viewport={"width": width, "height": 844},
            base_url=str(office["url"]),
            locale="ja-JP",
            timezone_id="Asia/Tokyo",
        )
        context.add_init_script(COUNT)
        page = context.new_page()
        page.set_default_timeout(120_000)  # a plan of 900 is checked on the way, several times
        page.goto("/account/login/")
        page.fill("[name=login]", name)
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_url("**/")
        found[name] = page
    clerk = found["personnel"]
    clerk.goto("/purpose/?next=/personnel/")
    clerk.locator("[name=purpose]").first.check()
    clerk.locator("main button[type=submit]").first.click()
    yield found
    for page in found.values():
        page.context.close()


def begin(page: Page) -> None:
    page.evaluate("sessionStorage.removeItem('counted')")


def counted(page: Page) -> tuple[int, int]:
    seen = page.evaluate("JSON.parse(sessionStorage.getItem('counted') || '{}')")
    return seen.get("keys", 0), seen.get("clicks", 0)


def say(words: str) -> None:
    """The figures are for people as well."""
    sys.stdout.write(f"\n{words}\n")


def approve(page: Page, title: str) -> None:
    """From the first page of who decides: what waits, the plan, the button."""
    page.goto("/")
    begin(page)
    followed(page.get_by_role("link", name="決裁を待っている案"))
    looked_over(page, DESK)
    followed(page.get_by_role("link", name=title))
    looked_over(page, DESK)
    page.get_by_role("button", name="承認する").click()
    expect(page.get_by_text("決裁が済みました")).to_be_visible()


def announce(page: Page, orders: int) -> None:
    page.reload()
    page.get_by_role("link", name="発令へ進む").click()
    page.get_by_role("button", name=f"{orders}件を発令する").click()
    expect(page.get_by_text(f"{orders}件を発令しました")).to_be_visible(timeout=120_000)


def test_one_retroactive_correction(tabs: dict[str, Page], office: dict[str, object]) -> None:
    """She should have been in 収納係 since 1 October."""
    page, decider = tabs["personnel"], tabs["decider"]
    page.goto(f"/people/{office['clerk']}")
    begin(page)
    page.get_by_role("link", name="訂正する").click()
    line = page.get_by_role("row").filter(has_text="2026").filter(has_text="戸籍係")
    followed(line.get_by_role("link", name="訂正する"))
    looked_over(page, DESK)
    page.get_by_role("combobox", name="どこに").click()
    page.keyboard.press("Control+a")
    page.keyboard.type(str(office["codes"]["収納係"]))  # type: ignore[index]  # from JSON
    page.keyboard.press("Enter")
    expect(page.get_by_text("給与が計算し直す期間")).to_be_visible()
    looked_over(page, DESK)
    page.get_by_role("button", name="決裁に出す").click()
    expect(page.get_by_text("訂正の案を決裁に出しました")).to_be_visible()
    approve(decider, "訂正")
    announce(page, 2)
    keys, clicks = counted(page)
    theirs = counted(decider)
    say(f"one retroactive correction: clerk {keys} keys, {clicks} clicks; decider {theirs}")
    assert keys <= 12  # mark what is there, eight digits, Enter
    assert clicks <= 6
    assert theirs <= (0, 3)
    page.goto(f"/people/{office['clerk']}")
    expect(page.locator("article")).to_contain_text("収納係")


def test_a_plan_of_900_orders_is_announced(tabs: dict[str, Page]) -> None:
    page, decider = tabs["personnel"], tabs["decider"]
    page.goto("/personnel/plans/")
    begin(page)
    page.get_by_role("link", name=TITLE).click()
    followed(page.get_by_role("link", name="決裁と発令"))
    looked_over(page, DESK)
    page.get_by_role("button", name="決裁に出す").click()
    expect(page.get_by_text("決裁に出しました")).to_be_visible(timeout=60_000)
    approve(decider, TITLE)
    announce(page, 900)
    keys, clicks = counted(page)
    say(f"a plan of 900 orders: clerk {keys} keys, {clicks} clicks; {counted(decider)}")
    assert (keys, clicks) <= (0, 5)
    assert counted(decider) <= (0, 3)
