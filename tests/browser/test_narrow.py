"""On a telephone: what is wide at a desk can be read, and nothing lies over anything else."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Enter, House

pytestmark = pytest.mark.browser


def widths(page: Page, cells: str) -> list[float]:
    """How wide each visible cell is that says something."""
    found: list[float] = page.locator(cells).evaluate_all(
        """all => all.filter(each => each.innerText.trim() && each.checkVisibility())
                   .map(each => each.getBoundingClientRect().width)"""
    )
    return found


def overlap(page: Page, one: str, other: str) -> bool:
    """Whether two things lie over one another."""
    a, b = (page.locator(each).first.bounding_box() for each in (one, other))
    assert a is not None
    assert b is not None
    apart = a["x"] + a["width"] <= b["x"] or b["x"] + b["width"] <= a["x"]
    return not apart and a["y"] < b["y"] + b["height"] and b["y"] < a["y"] + a["height"]


@pytest.mark.parametrize("width", [390, 320])
def test_a_line_of_the_comparison_takes_the_whole_width(enter: Enter, width: int) -> None:
    page = enter("clerk", width=width).go("/compare")
    found = widths(page, ".gazette-table tbody td, .gazette-table tbody th")
    assert found
    assert min(found) > width * 0.8
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_disclosure_table_keeps_its_first_column_in_sight(enter: Enter) -> None:
    page = enter("clerk", width=390).go("/disclosure")
    assert min(widths(page, ".policy tbody th")) > 100
    page.locator(".frame-policy").first.evaluate("each => each.scrollLeft = 400")
    box = page.locator(".policy tbody th").first.bounding_box()
    assert box is not None
    assert box["x"] >= 0


def test_the_disclosure_table_fits_a_desk(enter: Enter) -> None:
    page = enter("clerk").go("/disclosure")
    wide, there = page.locator(".frame-policy").first.evaluate(
        "each => [each.scrollWidth, each.clientWidth]"
    )
    assert wide <= there


@pytest.mark.parametrize("width", [390, 320])
def test_the_day_in_the_head_covers_nothing(enter: Enter, width: int) -> None:
    page = enter("clerk", width=width).go("/list?on=2027-12-31")
    for part in (".brand-mark", ".brand-name", ".brand-town:visible"):
        if page.locator(part).count():
            assert not overlap(page, part, ".tool-other")
    mark = page.locator(".brand-mark").bounding_box()
    assert mark is not None
    assert mark["width"] == mark["height"]
    name = page.locator(".brand-name").bounding_box()
    assert name is not None
    assert name["height"] < 40


def test_what_is_wrong_in_the_sheet_has_the_focus_and_leads_to_its_field(
    enter: Enter, house: House
) -> None:
    page = enter("clerk", width=390).go(f"/units/{house.codes['税務係']}/edit")
    page.fill("#id_phone", "でんわ")
    page.fill(f"#id_seat-{house.chief}-extension", "x")
    page.get_by_role("button", name="保存する").click()
    told = page.get_by_role("alert")
    expect(told).to_be_focused()
    expect(told).to_contain_text("2か所")
    told.get_by_role("link").nth(1).click()
    assert page.evaluate("document.activeElement.id") == f"id_seat-{house.chief}-extension"


def begun(enter: Enter, house: House) -> tuple[Page, str]:
    """A check, and where its board is."""
    page = enter("crisis", width=390).go("/safety/checks/new/drill")
    page.get_by_role("button", name="人数を確かめる").click()
    page.get_by_role("button", name=re.compile("人に送る")).click()
    page.wait_for_url(re.compile(r"/safety/checks/\d+$"))
    return page, page.url


@pytest.mark.parametrize(
    ("path", "heads"),
    [
        ("", ("未回答", "来られる", "着いた")),
        ("/muster", ("1時間", "72時間", "不足")),
        ("/staffing", ("付いた人数", "不足")),
        ("/reaching", ()),
    ],
)
def test_no_figure_of_a_check_is_out_of_sight(
    enter: Enter, house: House, path: str, heads: tuple[str, ...]
) -> None:
    page, board = begun(enter, house)
    page.goto(board + path)
    cells = page.locator(".table-frame td[data-label]")
    seen = cells.evaluate_all(
        """all => all.filter(each => each.checkVisibility()).map(each =>
             [each.dataset.label, getComputedStyle(each, '::before').content,
              each.getBoundingClientRect().right])"""
    )
    assert seen
    assert max(right for _, _, right in seen) <= 390
    assert {told for _, told, _ in seen} == {f'"{label}"' for label, _, _ in seen}
    assert set(heads) <= {label for label, _, _ in seen}
