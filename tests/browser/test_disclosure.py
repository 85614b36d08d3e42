"""Who sees what is decided, opened and kept back in a real browser, by keyboard as well."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import looking
from tests.browser.conftest import Enter, House, Visitor
from tests.browser.looking import followed

pytestmark = pytest.mark.browser
WIDTHS = (1440, 390, 360)


def looked_over(page: Page) -> None:
    """No barrier, and nothing wider than any screen."""
    looking.looked_over(page, WIDTHS)
    page.set_viewport_size({"width": 1440, "height": 900})


def say_what_for(visitor: Visitor) -> Page:
    page = visitor.go("/purpose/")
    page.get_by_label("異動事務").check()
    followed(page.get_by_role("button", name="この目的で開く"))
    return page


def test_a_draft_is_written_by_keyboard_previewed_and_approved_by_another(enter: Enter) -> None:
    clerk, second = enter("personnel"), enter("second")
    page = clerk.go("/disclosure/drafts")
    looked_over(page)
    followed(page.get_by_role("button", name="今の公開基準をもとに案を作る"))
    looked_over(page)
    cell = page.get_by_label("職種・職員", exact=True)
    cell.focus()
    page.keyboard.press("ArrowDown")
    expect(cell).to_have_value("v")
    page.keyboard.press("Tab")
    expect(page.get_by_label("職種・同じ課の職員", exact=True)).to_be_focused()
    page.get_by_label("先を見られる日数・職員", exact=True).fill("すこし")
    page.get_by_role("button", name="保存して、効き目を見る").click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("先を見られる日数の行、職員の列")
    expect(cell).to_have_value("v")
    looked_over(page)
    page.get_by_label("先を見られる日数・職員", exact=True).fill("*")
    page.get_by_label("変えるわけ").fill("決裁第45号")
    page.get_by_label("施行日").fill("2027-04-01")
    page.get_by_role("button", name="保存して、効き目を見る").click()
    expect(page.get_by_text("1か所（1項目・1の立場）が変わります")).to_be_visible()
    looked_over(page)
    page.get_by_role("button", name="承認を求める").click()
    expect(page.get_by_text("案を書いた人は承認できません")).to_be_visible()
    other = second.go(page.url.removeprefix(clerk.house.url))
    looked_over(other)
    other.get_by_role("button", name="承認する").click()
    expect(other.get_by_text("承認しました")).to_be_visible()
    looked_over(second.go("/disclosure/versions?a=0&b=1"))
    assert clerk.complaints == [
        "Failed to load resource: the server responded with a status of 422 (Unprocessable Entity)"
    ]


def test_a_record_is_opened_and_closed_again(enter: Enter, house: House) -> None:
    clerk = enter("second")
    page = clerk.go(f"/people/{house.chief}")
    ending = page.get_by_role("button", name="終える")
    if ending.count():  # another test has said what for, in the session that they share
        followed(ending)
        page = clerk.go(f"/people/{house.chief}")
    expect(page.get_by_role("heading", name="人事の記録")).to_have_count(0)
    followed(page.get_by_role("link", name="記録を開く（利用目的を選ぶ）"))
    looked_over(page)
    page.get_by_label("異動事務").check()
    page.get_by_role("button", name="この目的で開く").click()
    expect(page.get_by_role("heading", name="人事の記録")).to_be_visible()
    looked_over(page)
    page.get_by_role("button", name="終える").click()
    expect(page.get_by_role("heading", name="人事の記録")).to_have_count(0)


def test_a_list_is_taken_out_after_it_is_said_what_for(enter: Enter) -> None:
    page = enter("head").go("/list")
    page.get_by_role("link", name="Excel").click()
    page.get_by_label("研修・評価").check()
    followed(page.get_by_role("button", name="この目的で書き出す"))
    looked_over(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="ファイルを受け取る").click()
    assert download.value.suggested_filename.endswith(".xlsx")
    page.goto(page.url.replace("/purpose/", "/list"))
    with page.expect_download():
        page.get_by_role("link", name="CSV").click()
    page.get_by_role("button", name="終える").click()


def test_somebody_is_protected_and_the_list_says_until_when(enter: Enter, house: House) -> None:
    visitor = enter("personnel")
    page = say_what_for(visitor)
    page = visitor.go(f"/personnel/protections/{house.long}")
    looked_over(page)
    page.get_by_label("強さ").select_option(index=1)
    page.get_by_label("わけ").select_option(index=1)
    page.get_by_label("終わりの日", exact=True).fill("2026-12-01")
    page.get_by_role("button", name="非公開にする").click()
    expect(page.get_by_text("非公開にしました")).to_be_visible()
    looked_over(page)
    looked_over(visitor.go("/personnel/protections"))
    expect(page.get_by_text("まもなく終わり")).to_be_visible()
    assert (
        enter("staff").go(f"/people/{house.long}").title().startswith("この日の名簿にはありません")
    )
    page = visitor.go(f"/personnel/protections/{house.long}")
    page.get_by_role("button", name="今日で終わりにする").click()
    page.get_by_role("button", name="終える").click()


def test_the_pages_of_the_exchange_have_no_barrier(enter: Enter) -> None:
    visitor = enter("personnel")
    page = say_what_for(visitor)
    for name in ("deliveries", "reconciliations", "proposals", "ownership"):
        looked_over(visitor.go(f"/exchange/{name}"))
    page.get_by_role("button", name="終える").click()


def test_a_drill_is_opened_seen_on_every_page_and_closed(enter: Enter, house: House) -> None:
    crisis = enter("crisis")
    page = crisis.go("/safety/events")
    looked_over(page)
    page.get_by_label("種類").select_option("drill")
    page.get_by_label("名前", exact=True).fill("参集訓練")
    page.get_by_label("何のために連絡先を見るか").fill("訓練の連絡のため")
    page.get_by_role("button", name="開く", exact=True).click()
    band = page.get_by_role("complementary", name="災害・訓練")
    expect(band).to_contain_text("参集訓練")
    looked_over(page)
    crisis.go(f"/people/{house.chief}")
    expect(band).to_be_visible()
    looked_over(page)
    crisis.go("/safety/events")
    page.get_by_role("button", name="今すぐ閉じる").click()
    expect(band).to_have_count(0)
