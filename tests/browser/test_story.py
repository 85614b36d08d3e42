"""The story of docs/manual/はじめての定期異動.md, played on a small demo ward: from files taken in
to a transfer announced, printed, corrected and given to payroll. Keys and clicks are counted."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from meibo.config import clock
from tests import surroundings
from tests.browser.conftest import ROOT
from tests.browser.looking import barriers, followed
from tests.browser.test_deciding import COUNT, counted, say

pytestmark = pytest.mark.browser
MEIBO = [sys.executable, "-c", "from meibo.config.cli import main; main()"]
TITLE = "はじめての定期異動"
TOKYO = ZoneInfo("Asia/Tokyo")
LONG = 60_000  # milliseconds
#: Filled in by the test without the keyboard, but typed by a person.
FILLED: Counter[str] = Counter()


@pytest.fixture(scope="module")
def ward(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a demo ward, made and opened by the commands that the README tells."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("MEIBO_", "DJANGO_"))}
    around = kept | {"MEIBO_DATA": str(tmp_path_factory.mktemp("story"))}
    around |= {"MEIBO_DATABASE_URL": surroundings.own_database("story")}
    around |= {"PYTHONPATH": str(ROOT / "src")}
    demo = [*MEIBO, "demo", "--people", "1000"]
    subprocess.run(demo, env=around, check=True, capture_output=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    words = [*MEIBO, "serve", "--port", str(port), "--workers", "1"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(words, env=around, **quiet) as server:
        for _ in range(300):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
        server.terminate()


def enter(browser: Browser, ward: str, name: str, width: int) -> Page:
    """Sign in as one of the people of the demo, by their button."""
    context = browser.new_context(
        viewport={"width": width, "height": 844}, base_url=ward, locale="ja-JP"
    )
    context.add_init_script(COUNT)
    page = context.new_page()
    page.goto("/account/login/")
    form = page.locator("li form").filter(has=page.locator(f"[name=login][value={name}]"))
    form.get_by_role("button").click()
    page.wait_for_url(f"{ward}/")
    return page


@dataclass
class Cast:
    """Who plays: the clerk at a desk; who decides and who is moved, on telephones."""

    clerk: Page
    decider: Page
    moved: Page
    name: str
    card: str


@pytest.fixture(scope="module")
def cast(browser: Browser, ward: str) -> Iterator[Cast]:
    people = [enter(browser, ward, *who) for who in (("jinji", 1440), ("kacho", 390))]
    moved = enter(browser, ward, "ippan", 390)
    followed(moved.get_by_role("link", name="私のカード"))
    name = moved.locator("h1").inner_text().splitlines()[1]
    yield Cast(*people, moved, name, moved.url)
    for page in (*people, moved):
        page.context.close()


def fill(box: Locator, text: str) -> None:
    box.fill(text)
    FILLED["keys"] += len(text)


def finished(page: Page) -> None:
    """Wait for work beside the pages to end, and go on from there."""
    page.get_by_role("link", name="結果を見る").click(timeout=LONG)


def files_are_taken_in(page: Page) -> None:
    page.get_by_role("link", name="人事の仕事").first.click()
    page.get_by_role("link", name="取込", exact=True).click()
    page.get_by_role("radio").first.check()  # what for
    page.get_by_role("button", name="この目的で開く").click()
    page.get_by_role("button", name="見本のファイルで試す").click()
    finished(page)
    page.get_by_role("button", name="内容を確かめる").click()
    finished(page)
    expect(page.get_by_role("heading", name="取り込むと、こうなります")).to_be_visible()
    page.get_by_role("link", name=re.compile("指摘を片付ける")).click()
    page.get_by_role("checkbox", name=re.compile("を選ぶ")).first.check()
    page.get_by_label("片付け方").select_option("accept")
    fill(page.get_by_label("メモ"), "本人に確かめた")
    page.get_by_role("button", name="片付ける", exact=True).click()
    page.get_by_role("link", name="第1号").click()
    page.get_by_label("この内容で取り込みます").check()
    page.get_by_role("button", name="取り込む", exact=True).click()
    finished(page)
    page.get_by_role("link", name="報告を見る").click()
    confirmed = page.get_by_role("row", name=re.compile("確認済み"))
    expect(confirmed).to_contain_text("1")


def cell(page: Page, row: int, name: str) -> Locator:
    return page.locator("tbody tr").nth(row).locator(f"td[data-cell={name}]")


def write(page: Page, row: int, name: str, text: str) -> None:
    """Into a cell of the grid, as at a spreadsheet."""
    cell(page, row, name).click()
    page.keyboard.press("F2")
    page.keyboard.press("Control+a")
    page.locator("td input:focus").press_sequentially(text)
    page.keyboard.press("Enter")
    expect(page.locator("[data-state]")).to_have_text(re.compile("保存しました"))


def from_a_spreadsheet(page: Page) -> list[tuple[str, str]]:
    """Two lines of the plan that lies there already: who, and where to."""
    page.get_by_role("link", name="人事の仕事").first.click()
    page.get_by_role("link", name="異動案").click()
    page.get_by_role("link", name=re.compile(r"定期異動（案）")).click()
    found = []
    for row in page.locator("tbody tr").all():
        texts = {
            name: row.locator(f"td[data-cell={name}]").inner_text().strip()
            for name in ("person", "wording", "unit", "post")
        }
        if texts["wording"] == "配置換" and texts["unit"] and not texts["post"]:
            found.append((texts["person"], texts["unit"]))
    page.get_by_role("link", name="異動案").first.click()
    return found[:2]


def a_plan_is_made(cast: Cast, day: date) -> str:
    """Begun, written, pasted, mended, looked ahead at. Returns where to she goes."""
    page = cast.clerk
    number = page.request.get(cast.card).text()
    own = re.search(r"<dt>職員番号</dt>\s*<dd[^>]*>\s*<span>(\d+)", number)
    assert own
    (one, unit), (other, _) = from_a_spreadsheet(page)
    fill(page.get_by_label("案の名前"), TITLE)
    fill(page.get_by_label("発令日"), day.isoformat())
    page.get_by_role("button", name="案を作る").click()
    write(page, 0, "person", own[1])
    expect(cell(page, 0, "name")).to_have_text(cast.name)
    write(page, 0, "wording", "配置換")
    write(page, 0, "unit", unit)
    cell(page, 1, "person").click()
    table = f"職員番号\t用語\t新所属\n{int(one)}\t配置換\t{unit}\n{int(other)}\t配置換え\t{unit}\n"
    page.evaluate(
        """text => { const data = new DataTransfer(); data.setData("text/plain", text);
        document.activeElement.dispatchEvent(new ClipboardEvent("paste",
            {clipboardData: data, bubbles: true, cancelable: true})); }""",
        table,
    )
    FILLED["keys"] += 1  # Ctrl+V
    expect(page.locator("[data-state]")).to_contain_text("2行を加えました")
    expect(page.locator("[data-lines]").last).to_have_text("3行")
    expect(page.locator("[data-count=error]")).to_have_text(re.compile(r"直す [1-9]"))
    page.locator(".found summary").click()
    page.locator(".found a", has_text="配置換え").click()
    assert page.evaluate("document.activeElement.textContent") == "配置換え"
    write(page, 2, "wording", "配置換")
    expect(page.locator("[data-count=error]")).to_have_text("直す 0")
    page.get_by_role("link", name="見通し").click()
    expect(page.get_by_role("row", name=re.compile(cast.name))).to_contain_text(unit)
    return unit


def decided(decider: Page, title: str) -> None:
    decider.goto("/")
    decider.get_by_role("link", name="決裁を待っている案").click()
    followed(decider.get_by_role("link", name=title).first)
    assert barriers(decider) == []
    decider.get_by_role("button", name="承認する").click()
    expect(decider.get_by_text("決裁が済みました")).to_be_visible()


def notices_can_be_printed(page: Page) -> None:
    """The page of 内示書 is looked at, and left again."""
    here = page.url
    page.goto(here.replace("/deciding", "/notice/sheets"))
    expect(page.get_by_role("heading", name="内示書")).to_be_visible()
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert barriers(page) == []
    page.goto(here)


def told_and_announced(cast: Cast) -> None:
    page = cast.clerk
    page.get_by_role("link", name="決裁と発令").click()
    page.get_by_role("button", name="決裁に出す").click()
    expect(page.get_by_text("決裁に出しました")).to_be_visible()
    decided(cast.decider, TITLE)
    page.reload()
    now = clock.now().astimezone(TOKYO)
    if now.second > 55:  # the minute that is chosen would be over
        time.sleep(60 - now.second)
        now = clock.now().astimezone(TOKYO)
    fill(page.get_by_label("内示の日"), f"{now:%Y-%m-%d}")
    fill(page.get_by_label("時刻"), f"{now:%H:%M}")
    page.get_by_role("button", name="内示の日時を決める").click()
    expect(page.get_by_text("本人と所属長が、もう開けます")).to_be_visible()
    cast.moved.goto("/")
    cast.moved.get_by_role("link", name="あなたへの内示があります").click()
    expect(cast.moved.get_by_role("heading", name="あなたへの内示")).to_be_visible()
    assert barriers(cast.moved) == []
    page.reload()
    receipt = page.get_by_role("row", name=re.compile(cast.name))
    expect(receipt).not_to_contain_text(re.compile(r"^\S+ \S+\s*まだ"))
    notices_can_be_printed(page)
    page.get_by_role("link", name="発令へ進む").click()
    page.get_by_role("button", name="3件を発令する").click()
    expect(page.get_by_text("3件を発令しました")).to_be_visible(timeout=LONG)
    finished(page)


def sheets_are_printed(page: Page) -> None:
    page.get_by_role("link", name="辞令を印刷する").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="PDFを保存").click()
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF")


def day_of(row: Locator) -> date:
    found = re.search(r"(\d+)年(\d+)月(\d+)日", row.inner_text())
    assert found
    return date(*map(int, found.groups()))


def an_order_is_corrected(cast: Cast, today: date) -> None:
    page = cast.clerk
    page.goto(cast.card)
    followed(page.get_by_role("link", name="訂正する"))
    rows = page.locator("tbody tr").all()
    last = max((row for row in rows if day_of(row) <= today), key=day_of)
    last.get_by_role("link", name="訂正する").click()
    page.get_by_role("combobox", name="どこに").click()
    page.keyboard.press("Control+a")
    page.locator("input:focus").press_sequentially("人事係")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="給与が計算し直す期間")).to_be_visible()
    expect(page.get_by_text("作り直しを考える帳票：辞令")).to_be_visible()
    page.get_by_role("button", name="決裁に出す").click()
    decided(cast.decider, "訂正")
    page.reload()
    page.get_by_role("link", name="発令へ進む").click()
    page.get_by_role("button", name="2件を発令する").click()
    expect(page.get_by_text("2件を発令しました")).to_be_visible(timeout=LONG)
    page.goto(cast.card)
    expect(page.locator("article")).to_contain_text("人事係")


def payroll_is_told(cast: Cast, folder: Path) -> None:
    page = cast.clerk
    page.get_by_role("link", name="人事の仕事").first.click()
    page.get_by_role("link", name="給与への送出").click()
    page.get_by_role("button", name="送出をつくる").click()
    finished(page)
    again = page.get_by_role("row", name=re.compile(cast.name))
    expect(again).to_be_visible()  # among those to be computed again
    with page.expect_download() as download:
        page.get_by_role("link", name="ファイルを受け取る").click()
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    followed(page.get_by_role("button", name="すべて受け取られたことにする"))
    page.goto("/exchange/reconciliations")
    page.get_by_label("給与側のファイル").set_input_files(file)
    page.get_by_role("button", name="照合する").click()
    finished(page)
    expect(page.get_by_text("データ連携率").first).to_be_visible()


def test_the_story_of_the_manual(cast: Cast, tmp_path: Path) -> None:
    today = clock.now().astimezone(TOKYO).date()
    day = date(today.year + (today >= date(today.year, 4, 1)), 4, 1)
    files_are_taken_in(cast.clerk)
    unit = a_plan_is_made(cast, day)
    told_and_announced(cast)
    sheets_are_printed(cast.clerk)
    cast.clerk.goto(f"/search?q={cast.name}&on={day.isoformat()}")
    expect(cast.clerk.locator("main")).to_contain_text(unit.split()[-1])
    an_order_is_corrected(cast, today)
    payroll_is_told(cast, tmp_path)
    keys, clicks = counted(cast.clerk)
    keys += FILLED["keys"]
    others = f"decider {counted(cast.decider)}, addressee {counted(cast.moved)}"
    say(f"the story: clerk {keys} keys, {clicks} clicks; {others}")
    assert keys <= 100
    assert clicks <= 60
