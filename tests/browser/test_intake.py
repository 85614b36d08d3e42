"""Package A through the screens, end to end, in a browser: chosen, recognised, looked at, some
findings settled, loaded, told of. In a house of its own, since it fills the roster."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import surroundings
from tests.browser.conftest import PASSWORD, House, opened
from tests.browser.looking import barriers, followed

pytestmark = pytest.mark.browser
LONG = 240_000  # milliseconds: a package of 3,600 people on a slow machine


@pytest.fixture(scope="module")
def own_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    place = tmp_path_factory.mktemp("intake")
    with opened(place, surroundings.own_database("intake")) as found:
        yield found


@pytest.fixture
def clerk(browser: Browser, own_house: House) -> Iterator[Page]:
    context = browser.new_context(locale="ja-JP", timezone_id="Asia/Tokyo")
    page = context.new_page()
    page.goto(f"{own_house.url}/account/login/")
    page.fill("[name=login]", "personnel")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(f"{own_house.url}/")
    yield page
    context.close()


def counted(page: Page, name: str) -> list[int]:
    """The figures of the last row of a table."""
    table = page.get_by_role("region", name=name)
    cells = table.locator("tfoot td").all_inner_texts()
    return [int(cell.replace(",", "")) for cell in cells]


def finished(page: Page, words: str) -> None:
    """Wait for the work to end, and go on from there."""
    expect(page.get_by_text(words)).to_be_visible(timeout=LONG)
    page.get_by_role("link", name="結果を見る").click()


def choose_files(page: Page, house: House, folder: Path) -> None:
    """From the page of tasks to the page of an intake."""
    page.goto(f"{house.url}/personnel/")
    followed(page.get_by_role("link", name="取込", exact=True))
    if page.get_by_role("radio").count():  # what for
        page.get_by_role("radio").first.check()
        page.get_by_role("button", name="この目的で開く").click()
    label = "ファイル（いくつでも。ZIP でもよい）"
    page.get_by_label(label).set_input_files(sorted(folder.glob("*.csv")))
    page.get_by_role("button", name="ファイルを調べる").click()


def confirm_one(page: Page) -> None:
    """Settle the first finding of the list."""
    followed(page.get_by_role("link", name=re.compile("指摘を片付ける")))
    assert barriers(page) == []
    page.get_by_role("checkbox", name=re.compile("を選ぶ")).first.check()
    page.get_by_label("片付け方").select_option("accept")
    page.get_by_label("メモ").fill("本人に電話で確かめた")
    page.get_by_role("button", name="片付ける").click()
    expect(page.get_by_text("1件を「確認済み（このままでよい）」で片付けました")).to_be_visible()
    page.get_by_role("link", name=re.compile("第1号")).click()


@pytest.mark.soak  # on an ordinary day the manual's story takes the demo ward's files in
def test_package_a_goes_through_the_screens(clerk: Page, own_house: House, shared: Path) -> None:
    page = clerk
    choose_files(page, own_house, shared / "feeds")
    expect(page.get_by_text("「人事給与パッケージA」の仕様で読みます")).to_be_visible()
    licences = page.get_by_role("row", name=re.compile("資格免許.csv"))
    expect(licences).to_contain_text("UTF-8")  # the specification says CP932
    page.get_by_role("button", name="内容を確かめる").click()
    finished(page, "まだ何も書き込んでいません")

    read, *parts = counted(page, "ファイルごとの行")
    assert read == sum(parts)
    assert read > 27_000
    assert barriers(page) == []
    here = page.url
    page.get_by_role("link", name="採用・登録").click()
    page.get_by_role("region", name="変わること").get_by_role("link").first.click()
    expect(page.get_by_text("新しく登録").first).to_be_visible()
    page.goto(here)
    confirm_one(page)

    page.get_by_label("この内容で取り込みます").check()
    page.get_by_role("button", name="取り込む", exact=True).click()
    finished(page, "取り込みました。")
    page.get_by_role("link", name="報告を見る").click()
    assert counted(page, "ファイルごとの行") == [read, *parts]
    confirmed = page.get_by_role("row", name=re.compile("確認済み"))
    expect(confirmed).to_contain_text("1")
    assert barriers(page) == []
    with page.expect_download() as download:
        page.get_by_role("link", name="PDF").click()
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF")
    assert page.request.get(f"{here}/changes").status == 404  # the preview has gone
