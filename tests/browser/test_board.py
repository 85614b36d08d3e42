"""A check from its start to the desk, on a telephone; and its pages looked at with axe."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Enter, House
from tests.browser.looking import followed, looked_over

pytestmark = pytest.mark.browser


def test_three_taps_send_and_the_board_renews_itself(enter: Enter, house: House) -> None:
    visitor = enter("crisis", width=390)
    page = visitor.go("/safety/checks")
    page.get_by_role("link", name="安否確認の訓練", exact=True).click()
    page.get_by_role("button", name="人数を確かめる").click()
    page.get_by_role("button", name=re.compile("人に送る")).click()
    expect(page.get_by_role("heading", level=2, name="組織ごとの答え")).to_be_visible()
    with page.expect_response(re.compile(r"/safety/checks/\d+$"), timeout=30_000):
        pass  # the page asks again by itself
    expect(page.locator("#board")).to_have_count(1)
    board = page.url
    looked_over(page)
    for path in ("/people?sort=none", "/desk?q=高橋", "/bulletins", "/muster", "/staffing"):
        looked_over(visitor.go(board.removeprefix(house.url) + path))
    assert visitor.complaints == []
    assert all(url.startswith(house.url) for url in visitor.asked)


def test_what_somebody_said_is_a_page_without_barriers(enter: Enter, house: House) -> None:
    visitor = enter("crisis", width=390)
    page = visitor.go("/safety/checks/new/drill")
    page.get_by_role("button", name="人数を確かめる").click()
    page.get_by_role("button", name=re.compile("人に送る")).click()
    page.wait_for_url(re.compile(r"/safety/checks/\d+$"))
    board = page.url.removeprefix(house.url)
    visitor.go(f"{board}/people?sort=none")
    page.get_by_role("link", name=re.compile("代わりに答える")).first.click()
    page.get_by_label("本人の様子").select_option("safe")
    page.get_by_label("住まい").select_option("part")
    page.get_by_label("聞いたこと").fill("本人から電話")
    followed(page.get_by_role("button", name="代わりに答える"))
    looked_over(visitor.go(f"{board}/people?sort=safe"))
    page.get_by_role("link", name=re.compile("答えの中身")).first.click()
    expect(page.get_by_text("一部こわれた")).to_be_visible()
    looked_over(page)
    assert visitor.complaints == []


@pytest.mark.parametrize(
    "path",
    ["/safety/checks/new/quake", "/safety/muster", "/safety/levels", "/safety/organisation"],
)
def test_the_pages_for_quiet_times_have_no_barrier(enter: Enter, house: House, path: str) -> None:
    visitor = enter("crisis", width=1440)
    page = visitor.go(path)
    for fold in page.locator("main details").all():
        fold.evaluate("each => each.open = true")
    looked_over(page)
    assert visitor.complaints == []


def test_ones_own_page_has_no_barrier(enter: Enter, house: House) -> None:
    visitor = enter("clerk", width=390)
    looked_over(visitor.go("/safety/mine"))
    assert visitor.complaints == []
