"""The page behind the link on a small old telephone, served by the answer face itself."""

import random
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from benchmarks import answers_load
from benchmarks.answers_load import House
from tests import surroundings
from tests.domain.test_documents import chunk

pytestmark = pytest.mark.browser

TOLD = """
import sys
import django; django.setup()
from meibo.apps.safety.models import Answer
for answer in Answer.objects.order_by("pk"):
    print(answer.called_id, answer.status, answer.comes, bool(answer.sealed))
"""
SIZES = """
import sys
import django; django.setup()
from meibo.apps.safety.models import Photo
for photo in Photo.objects.filter(called=int(sys.argv[1])):
    print(photo.size)
"""
NEEDED = 44
"""Pixels that a thumb needs."""
Telephone = Callable[..., Page]


@pytest.fixture(scope="module")
def face() -> Iterator[House]:
    with answers_load.house(20, surroundings.own_database("telephones")) as found:
        yield found


@pytest.fixture
def telephone(browser: Browser) -> Iterator[Telephone]:
    """A telephone of 320 pixels: `telephone(java_script_enabled=False)`."""
    contexts = []

    def taken(**wishes: object) -> Page:
        context = browser.new_context(
            viewport={"width": 320, "height": 568}, has_touch=True, locale="ja-JP", **wishes
        )
        contexts.append(context)
        page = context.new_page()
        complaints: list[str] = []
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else 0)
        page.complaints = complaints
        return page

    yield taken
    for context in contexts:
        context.close()


def link(face: House, number: int) -> str:
    return f"http://127.0.0.1:{face.port}/a/{face.tokens[number]}"


def told(face: House) -> list[str]:
    """Every answer in the database, in the order in which it came."""
    command = [sys.executable, "-c", TOLD]
    said = subprocess.run(command, env=face.surroundings, check=True, capture_output=True)
    return said.stdout.decode().splitlines()


def tap(page: Page, label: str) -> None:
    page.locator(".pick", has_text=label).first.tap()


@pytest.mark.parametrize("script", [True, False])
def test_an_answer_takes_three_taps_with_script_or_without(
    face: House, telephone: Telephone, script: bool
) -> None:
    page = telephone(java_script_enabled=script)
    page.goto(link(face, int(script)))
    tap(page, "無事")
    tap(page, "すぐ行ける")
    page.get_by_role("button", name="送る").tap()
    expect(page.get_by_role("heading", name="受け取りました")).to_be_visible()
    assert f"{int(script) + 1} safe now False" in told(face)
    page.goto(link(face, int(script)))
    expect(page.get_by_text("前の答え")).to_be_visible()


def test_the_page_has_no_barrier_and_fits_and_can_be_hit_by_a_thumb(
    face: House, telephone: Telephone
) -> None:
    page = telephone()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    answer = page.goto(link(face, 2))
    assert answer is not None
    assert len(answer.body()) <= 20_000
    assert [url for url in asked if "favicon" not in url] == [link(face, 2)]
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    button = page.get_by_role("button", name="送る").bounding_box()
    screen = page.viewport_size
    assert button is not None
    assert screen is not None
    assert button["y"] + button["height"] <= 2 * screen["height"]  # who is safe scrolls once
    page.locator("summary").tap()
    rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    found = Axe().run(page, options=rules).response["violations"]
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []
    for each in page.locator(".pick, button, select, textarea, summary, input[type=text]").all():
        box = each.bounding_box()
        assert box is not None
        assert box["height"] >= NEEDED


def test_an_answer_without_a_line_waits_is_shown_as_waiting_and_goes_when_the_line_is_back(
    face: House, telephone: Telephone
) -> None:
    page = telephone()
    page.goto(link(face, 3))
    page.context.set_offline(True)
    tap(page, "軽傷")
    page.locator("summary").tap()
    page.get_by_label("伝えたいこと").fill("足をけが")
    page.get_by_role("button", name="送る").tap()
    expect(page.get_by_role("status")).to_contain_text("まだ送れていません")
    assert not [line for line in told(face) if line.startswith("4 ")]
    page.context.set_offline(False)
    expect(page.get_by_role("heading", name="受け取りました")).to_be_visible()
    assert [line for line in told(face) if line.startswith("4 ")] == ["4 hurt  True"]
    assert page.evaluate("localStorage.length") == 0


def test_what_waits_goes_when_the_page_is_opened_again(face: House, telephone: Telephone) -> None:
    page = telephone()
    page.goto(link(face, 4))
    page.context.set_offline(True)
    tap(page, "救助")
    page.get_by_role("button", name="送る").tap()
    expect(page.get_by_role("status")).to_contain_text("まだ送れていません")
    page.goto("about:blank")
    page.context.set_offline(False)
    page.goto(link(face, 4))
    expect(page.get_by_role("heading", name="受け取りました")).to_be_visible()
    # Where the thanks are lost on the way it goes once more, and says the same.
    assert {line for line in told(face) if line.startswith("5 ")} == {"5 rescue  False"}


def drawing(side: int) -> bytes:
    """A picture of so many pixels a side, as a camera might send it."""
    dice = random.Random(side)
    rows = b"".join(b"\0" + dice.randbytes(side * 3) for _ in range(side))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        chunk(name, body)
        for name, body in (
            (b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)),
            (b"IDAT", zlib.compress(rows)),
            (b"IEND", b""),
        )
    )


def sizes(face: House, number: int) -> list[int]:
    """Of the pictures in the database that somebody sent."""
    command = [sys.executable, "-c", SIZES, str(number + 1)]
    said = subprocess.run(command, env=face.surroundings, check=True, capture_output=True)
    return [int(line) for line in said.stdout.decode().splitlines()]


@pytest.mark.parametrize("script", [True, False])
def test_a_picture_is_a_step_of_its_own_and_made_small_where_there_is_script(
    face: House, telephone: Telephone, script: bool
) -> None:
    number = 6 + int(script)
    page = telephone(java_script_enabled=script)
    page.goto(link(face, number))
    tap(page, "無事")
    page.get_by_role("button", name="送る").tap()
    expect(page.get_by_role("heading", name="受け取りました")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    content = drawing(1400)
    file = {"name": "IMG.png", "mimeType": "image/png", "buffer": content}
    page.get_by_label("写真").set_input_files([file])
    page.get_by_role("button", name="写真を送る").tap()
    expect(page.get_by_role("heading", name="写真を受け取りました")).to_be_visible()
    (size,) = sizes(face, number)
    assert (size < len(content)) == script
    assert [line for line in told(face) if line.startswith(f"{number + 1} ")] == [
        f"{number + 1} safe  False"
    ]
    assert not page.complaints


def test_a_picture_without_a_line_is_told_and_the_answer_stays(
    face: House, telephone: Telephone
) -> None:
    page = telephone()
    page.goto(link(face, 8))
    tap(page, "軽傷")
    page.get_by_role("button", name="送る").tap()
    expect(page.get_by_role("heading", name="受け取りました")).to_be_visible()
    file = {"name": "a.png", "mimeType": "image/png", "buffer": drawing(40)}
    page.get_by_label("写真").set_input_files([file])
    page.context.set_offline(True)
    page.get_by_role("button", name="写真を送る").tap()
    expect(page.locator("#photo-state")).to_contain_text("答えには、かかわりありません")
    page.context.set_offline(False)
    page.get_by_role("button", name="写真を送る").tap()
    expect(page.get_by_role("heading", name="写真を受け取りました")).to_be_visible()
    rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    assert Axe().run(page, options=rules).response["violations"] == []
    assert len(sizes(face, 8)) == 1
