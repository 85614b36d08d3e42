"""A filing on a telephone, end to end: filed, sent back, corrected, accepted, on the card; and the
contacts still right in one tap. Everything works with JavaScript switched off."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import WIDTHS, Enter, House
from tests.browser.looking import barriers, followed

pytestmark = pytest.mark.browser
PHONE = 390


def following(page: Page) -> None:
    followed(page.get_by_role("button", name="次へ"))


def with_purpose(page: Page, house: House) -> None:
    """Say what for, as personnel does before they open records."""
    page.goto(f"{house.url}/purpose/?next=/personnel/filings")
    page.locator("[name=purpose]").first.check()
    followed(page.locator("main form button").first)


def test_an_address_from_a_telephone_to_the_card(enter: Enter, house: House) -> None:
    page = enter("staff", width=PHONE, java_script_enabled=False).go("/filings/")
    page.locator("form[action='/filings/begin/address'] button").click()
    page.get_by_label("郵便番号").fill("０００１２３４")
    following(page)
    page.get_by_label("住所").fill("汐見区新町1番地")
    following(page)
    page.get_by_label("いつから").fill("2026-11-20")
    following(page)
    expect(page.get_by_role("cell", name="汐見区新町1番地")).to_be_visible()
    followed(page.get_by_role("button", name="この内容で送る"))
    expect(page.locator("main")).to_contain_text("庶務担当が確かめています")
    number = re.findall(r"/filings/(\d+)", page.url)[0]

    clerk = enter("clerk", width=PHONE).go(f"/personnel/filings/{number}")
    expect(clerk.locator("main")).not_to_contain_text("新町")  # who and when, not what
    assert barriers(clerk) == []
    clerk.get_by_label("差し戻すわけ").fill("部屋番号も書いてください")
    followed(clerk.get_by_role("button", name="差し戻す"))

    page.goto(f"{house.url}/")
    page.get_by_role("link", name="わけを見て直す").click()
    expect(page.locator("main")).to_contain_text("部屋番号も書いてください")
    page.get_by_role("button", name=re.compile("差し戻された届を直す")).click()
    following(page)
    expect(page.get_by_label("住所")).to_have_value("汐見区新町1番地")  # nothing is typed twice
    page.get_by_label("住所").fill("汐見区新町1番地 203")
    following(page)
    following(page)
    followed(page.get_by_role("button", name="この内容で送る"))

    clerk.goto(f"{house.url}/personnel/filings/{number}")
    followed(clerk.get_by_role("button", name="確かめた"))
    officer = enter("personnel", width=PHONE).page
    with_purpose(officer, house)
    officer.goto(f"{house.url}/personnel/filings/{number}")
    expect(officer.get_by_role("cell", name="汐見区新町1番地 203")).to_be_visible()
    assert barriers(officer) == []
    followed(officer.get_by_role("button", name="受け付ける"))

    page.goto(f"{house.url}/filings/")
    expect(page.locator("main")).to_contain_text("受け付けました")
    expect(page.locator("main")).to_contain_text("汐見区新町1番地 203")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE


def test_contacts_are_still_right_in_one_tap(enter: Enter, house: House) -> None:
    page = enter("staff", width=PHONE, java_script_enabled=False).go("/")
    expect(page.locator("main")).to_contain_text("●●●-●●●●-4321")
    expect(page.get_by_text("090-0000-4321")).to_be_hidden()
    page.get_by_role("button", name="今も正しい").click()
    expect(page.locator("main")).to_contain_text("今も正しいと記録しました")
    expect(page.get_by_role("button", name="今も正しい")).to_have_count(0)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_questions_and_the_last_look_have_no_barrier(
    enter: Enter, house: House, width: int
) -> None:
    page = enter("head", width=width).go("/filings/")
    page.locator("form[action='/filings/begin/name'] button").click()
    answers = ({"姓": "見本", "名": "太郎"}, {"姓の読み": "みほん", "名の読み": "たろう"})
    for fields in answers:
        assert barriers(page) == []
        for label, text in fields.items():
            page.get_by_label(label, exact=True).fill(text)
        following(page)
    following(page)
    expect(page.locator(".field-error").first).to_be_visible()  # nothing was chosen
    assert barriers(page) == []
    page.get_by_label(re.compile("使わない")).check()
    following(page)
    page.get_by_label("いつから").fill("2026-11-20")
    following(page)
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("button", name="この届をやめる").click()
    expect(page.locator("main")).to_contain_text("届を取り下げました")


@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_of_doubles_have_no_barrier(enter: Enter, house: House, width: int) -> None:
    page = enter("second", width=width).page
    with_purpose(page, house)
    for path in (
        "/personnel/",
        "/personnel/filings?state=all",
        "/personnel/doubles",
        f"/personnel/doubles/{house.chief}/{house.long}",
        f"/personnel/doubles/part/{house.chief}",
    ):
        page.goto(house.url + path)
        assert barriers(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
