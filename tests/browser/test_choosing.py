"""Choosing people by conditions in a real browser: with the keyboard alone, counted as one types,
and without JavaScript; no barrier on the way."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import WIDTHS, Enter, House
from tests.browser.looking import barriers, followed

pytestmark = pytest.mark.browser
PATIENCE = 5000


def press_until(page: Page, words: str, most: int = 60) -> None:
    """Tab until what has the focus says so."""
    for _ in range(most):
        page.keyboard.press("Tab")
        said = page.evaluate(
            """(() => { const here = document.activeElement;
                 if (here === document.body) return "";
                 return here.labels?.[0]?.innerText ?? here.innerText; })()"""
        )
        if words in (said or ""):
            return
    raise AssertionError(f"no way by Tab to {words}")


def add(page: Page, key: str) -> None:
    page.select_option("#g0-add", key)
    page.click("button[value='add:0']")


def test_by_keyboard_a_condition_is_made_and_its_people_are_gone_through(enter: Enter) -> None:
    page = enter("staff").go("/choose/new")
    press_until(page, "足す項目")
    for _ in range(len(page.locator("#g0-add option").all())):
        if page.locator("#g0-add").input_value() == "post":
            break
        page.keyboard.press("ArrowDown")
    press_until(page, "条件を足す")
    page.keyboard.press("Enter")
    expect(page.locator("#g0r0-v-more")).to_be_visible(timeout=PATIENCE)
    press_until(page, "職を選ぶ")
    more = page.locator("#g0r0-v-more")
    while more.locator("option:checked").inner_text() != "係長":
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    expect(page.locator(".builder-box input:checked")).to_have_count(1, timeout=PATIENCE)
    expect(page.locator(".builder-sentence")).to_contain_text("職が係長である人", timeout=PATIENCE)
    count = int(page.locator(".builder-count").inner_text())
    assert count > 5
    press_until(page, "この人たちを選ぶ")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/sets/\d+$"))
    press_until(page, "一人ずつ見る")
    page.keyboard.press("Enter")
    place = page.locator(".walk-place")
    expect(place).to_have_text(f"{count}人中1人目")
    page.keyboard.press("ArrowRight")
    expect(place).to_have_text(f"{count}人中2人目", timeout=PATIENCE)
    page.keyboard.press("ArrowRight")
    expect(place).to_have_text(f"{count}人中3人目", timeout=PATIENCE)
    page.keyboard.press("ArrowLeft")
    expect(place).to_have_text(f"{count}人中2人目", timeout=PATIENCE)


def test_the_count_follows_what_is_typed_and_a_click_at_once_is_not_lost(enter: Enter) -> None:
    visitor = enter("staff")
    page = visitor.go("/choose/new")
    add(page, "kana")
    expect(page.locator("#g0r0-flaw")).to_have_text("値を入れてください。")
    page.fill("#g0r0-v", "タカハシ")
    page.keyboard.press("Tab")
    expect(page.locator(".builder-sentence")).to_contain_text("タカハシ", timeout=PATIENCE)
    expect(page.locator("#g0r0-flaw")).to_be_hidden()
    page.fill("#g0r0-v", "サトウ")
    page.click("button[value='find']")
    expect(page).to_have_url(re.compile(r"/sets/\d+$"))
    expect(page.locator(".list tbody th").first).to_be_visible()
    assert visitor.complaints == []


def test_without_javascript_the_same_form_does_it(enter: Enter) -> None:
    page = enter("staff", java_script_enabled=False).go("/choose/new")
    add(page, "post")
    page.select_option("#g0r0-v-more", "050")
    page.click("button:has-text('数え直す')")
    expect(page.locator(".builder-sentence")).to_contain_text("職が係長である人")
    page.click("button[value='find']")
    expect(page.locator(".list tbody th").first).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_of_choosing_have_no_barrier(enter: Enter, house: House, width: int) -> None:
    page = enter("staff", width=width).go("/choose/new")

    def clear(where: str) -> None:
        assert barriers(page) == [], where
        assert page.evaluate("document.documentElement.scrollWidth") <= width, where

    for number, key in enumerate(("post", "held", "been", "kana")):
        add(page, key)
        expect(page.locator(f"[name=g0r{number}-kind]")).to_have_count(1)
    followed(page.locator("button[value='group']"))
    clear("builder")
    page = enter("staff", width=width).go("/choose/new")
    add(page, "post")
    page.select_option("#g0r0-v-more", "050")
    expect(page.locator(".builder-sentence")).to_be_visible(timeout=PATIENCE)
    page.click("text=条件に名前をつけて保存する")
    page.fill("#condition-name", f"係長の条件{width}")
    followed(page.locator("button[value='save']"))
    clear("overview")
    followed(page.locator("button[value='find']").first)
    expect(page).to_have_url(re.compile(r"/sets/\d+$"))
    for fold in page.locator("details.fold > summary").all():
        fold.click()
    clear("set")
    for pick in page.locator(".sets-pick").all()[:3]:
        pick.check()
    followed(page.locator("button[value='compare']"))
    clear("compare")
    page.go_back()
    followed(page.locator(".list tbody th a").first)
    clear("card")
