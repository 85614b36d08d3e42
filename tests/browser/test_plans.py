"""A plan's grid as a spreadsheet: by keyboard, from the clipboard, taken back, by two at once."""

from __future__ import annotations

import re
from itertools import count, pairwise

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import WIDTHS, Enter, House
from tests.browser.looking import barriers, followed

pytestmark = pytest.mark.browser
SAVED = re.compile("保存しました")
_TITLES = count(1)


@pytest.fixture
def grid(enter: Enter) -> Page:
    """A new plan, its grid open."""
    return begin(officer(enter, "personnel"), f"案{next(_TITLES)}")


def officer(enter: Enter, name: str, width: int = 1440) -> Page:
    page = enter(name, width=width).go("/purpose/")
    page.locator("[name=purpose]").first.check(force=True)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(re.compile(r"^(?!.*purpose).*$"))
    return page


def begin(page: Page, title: str) -> Page:
    base = page.url.split("/", 3)[:3]
    page.goto("/".join(base) + "/personnel/plans/")
    page.fill("[name=title]", title)
    page.fill("[name=day]", "2027-03-01")
    page.get_by_role("button", name="案を作る").click()
    expect(page.locator("table[role=grid]")).to_be_visible()
    return page


def cell(page: Page, row: int, name: str) -> Locator:
    return page.locator("tbody tr").nth(row).locator(f"td[data-cell={name}]")


def saved(page: Page) -> None:
    expect(page.locator("[data-state]")).to_have_text(SAVED)


def paste(page: Page, text: str) -> None:
    """What a spreadsheet has put on the clipboard arrives by the browser's own event."""
    page.evaluate(
        """text => { const data = new DataTransfer(); data.setData("text/plain", text);
        document.activeElement.dispatchEvent(new ClipboardEvent("paste",
            {clipboardData: data, bubbles: true, cancelable: true})); }""",
        text,
    )


def test_a_line_is_written_by_keyboard_alone_with_candidates(grid: Page) -> None:
    keys = grid.keyboard
    cell(grid, 0, "person").click()
    keys.press("Enter")
    keys.type("たなか")
    expect(grid.locator("#cell-list li").first).to_be_visible()
    keys.press("ArrowDown")
    number = grid.locator("#cell-list li").first.get_attribute("data-value")
    keys.press("Tab")
    saved(grid)
    expect(cell(grid, 0, "name")).to_contain_text("田中")
    assert cell(grid, 0, "person").inner_text() == number
    keys.press("Tab")
    keys.press("Enter")
    keys.type("配置")
    expect(grid.locator("#cell-list li").first).to_contain_text("配置換")
    keys.press("ArrowDown")
    keys.press("Tab")
    keys.press("Tab")
    keys.press("Enter")
    keys.type("文書")
    expect(grid.locator("#cell-list li").first).to_contain_text("文書係")
    keys.press("ArrowDown")
    keys.press("Enter")
    saved(grid)
    expect(cell(grid, 0, "unit")).to_have_text("文書係")
    expect(grid.locator("tbody tr")).to_have_count(2)  # and an empty one below
    assert grid.evaluate("document.activeElement.dataset.cell") == "unit"
    # Escape leaves the cell as it was.
    keys.press("ArrowUp")
    keys.press("F2")
    keys.type("なにか")
    keys.press("Escape")
    expect(cell(grid, 0, "unit")).to_have_text("文書係")
    grid.reload()
    expect(cell(grid, 0, "unit")).to_have_text("文書係")


def test_f2_goes_on_where_the_value_ends(grid: Page) -> None:
    cell(grid, 0, "wording").click()
    paste(grid, "配置換え\t2027-03-01\t文書係\n")
    saved(grid)
    cell(grid, 0, "wording").click()
    grid.keyboard.press("F2")
    grid.keyboard.press("Backspace")
    expect(grid.locator("td input:focus")).to_have_value("配置換")
    grid.keyboard.press("Enter")
    saved(grid)
    expect(cell(grid, 0, "wording")).to_have_text("配置換")


def test_a_range_is_pasted_and_taken_back_in_one_step(grid: Page) -> None:
    cell(grid, 0, "wording").click()
    paste(grid, "配置換\t2027-03-01\t文書係\r\n配置換え\tR9.3.1\t法規係\r\n")
    saved(grid)
    expect(cell(grid, 1, "unit")).to_have_text("法規係")
    expect(cell(grid, 1, "effective")).to_have_text("2027-03-01")
    expect(cell(grid, 1, "wording")).to_have_class(re.compile("unread"))
    expect(cell(grid, 1, "wording")).to_have_text("配置換え")
    # What was chosen is copied as it would be pasted.
    cell(grid, 0, "unit").click()
    grid.keyboard.press("Shift+ArrowDown")
    assert grid.evaluate("window.planGrid.tsv()") == "文書係\n法規係"
    grid.keyboard.press("Control+z")
    expect(grid.locator("[data-state]")).to_have_text("元に戻しました")
    expect(grid.locator("tbody tr")).to_have_count(1)
    grid.keyboard.press("Control+y")
    expect(grid.locator("[data-state]")).to_have_text("やり直しました")
    expect(cell(grid, 1, "unit")).to_have_text("法規係")


def test_a_table_with_a_header_is_pasted_by_its_titles_and_a_finding_leads_to_its_cell(
    grid: Page,
) -> None:
    cell(grid, 0, "person").click()
    paste(grid, "新所属\t職員番号\t用語\n無限課\t99999999\t配置換\n")
    expect(grid.locator("[data-state]")).to_contain_text("1行を加えました")
    expect(grid.locator("[data-count=error]")).to_have_text(re.compile(r"直す [1-9]"))
    grid.locator(".found summary").click()
    grid.locator(".found a", has_text="無限課").click()
    assert grid.evaluate("document.activeElement.textContent") == "無限課"
    expect(cell(grid, 0, "unit")).to_have_attribute("data-wrong", "error")


def test_who_saves_second_is_shown_both_and_chooses(grid: Page, enter: Enter) -> None:
    cell(grid, 0, "wording").click()
    paste(grid, "配置換\t2027-03-01\t文書係\n")
    saved(grid)
    address = grid.url
    grid.goto(f"{address}settings")
    grid.fill("[name=account]", "second")
    followed(grid.get_by_role("button", name="加える"))
    grid.goto(address)
    other = officer(enter, "second")
    other.goto(address)
    for page, text in ((other, "法規係"), (grid, "総務係")):
        cell(page, 0, "unit").click()
        page.keyboard.press("Enter")
        page.keyboard.type(text)
        page.keyboard.press("Enter")
    saved(other)
    dialog = grid.locator("dialog.clash")
    expect(dialog).to_contain_text("先の値「法規係」")
    expect(dialog).to_contain_text("あなたの値「総務係」")
    other.reload()
    expect(cell(other, 0, "unit")).to_have_text("法規係")
    dialog.get_by_role("button", name="あなたの値にする").click()
    saved(grid)
    other.reload()
    expect(cell(other, 0, "unit")).to_have_text("総務係")


def test_somebody_is_dragged_to_another_unit(grid: Page, house: House) -> None:
    left, right = house.codes["総務課"], house.codes["都市計画課"]
    grid.goto(f"{grid.url}units?left={left}&right={right}")
    person = grid.locator(".board-person[draggable]", has_text="主任").first
    name = person.locator("strong").inner_text()
    target = grid.locator(f"[data-to='{house.codes['計画係']}']")
    person.hover()
    grid.mouse.down()
    box = person.bounding_box()
    assert box is not None
    grid.mouse.move(box["x"] + 60, box["y"] + 20)  # it is held before the page scrolls
    target.hover()
    target.hover()
    grid.mouse.up()
    expect(grid.locator(".messages")).to_contain_text("計画係に移しました")
    expect(target).to_contain_text(name)


def test_on_the_whole_chart_a_folded_unit_opens_for_who_is_dragged_onto_it(
    grid: Page, house: House
) -> None:
    grid.goto(f"{grid.url}units?view=whole")
    for name in ("総務部", "総務課", "総務係"):
        grid.locator(f"#u-{house.codes[name]} > summary").click()
    person = grid.locator(f"#u-{house.codes['総務係']} .board-person[draggable]").first
    name = person.locator("strong").inner_text()
    person.hover()
    grid.mouse.down()
    box = person.bounding_box()
    assert box is not None
    grid.mouse.move(box["x"] + 60, box["y"] + 10)
    for above in ("都市整備部", "都市計画課"):  # one folded in the other
        unit = grid.locator(f"#u-{house.codes[above]}")
        expect(unit).not_to_have_attribute("open", "")
        unit.locator("> summary").hover()
        unit.locator("> summary").hover()
        expect(unit).to_have_attribute("open", "")
    target = grid.locator(f"#u-{house.codes['計画係']}")
    target.locator("> summary").hover()
    target.locator("> summary").hover()
    grid.mouse.up()
    expect(grid.locator(".messages")).to_contain_text("計画係に移しました")
    expect(target.locator(".board-people")).to_contain_text(name)
    expect(grid.locator(f"#u-{house.codes['総務係']}")).to_have_attribute("open", "")
    grid.get_by_role("button", name="元に戻す").click()
    expect(grid.locator(f"#u-{house.codes['総務係']} .board-people")).to_contain_text(name)


def test_on_the_whole_chart_people_are_put_elsewhere_by_keyboard_alone(
    grid: Page, house: House
) -> None:
    grid.goto(f"{grid.url}units?view=whole")
    for name in ("総務部", "総務課", "総務係"):
        grid.locator(f"#u-{house.codes[name]} > summary").press("Enter")
    person = grid.locator(f"#u-{house.codes['総務係']} .board-person[draggable]").first
    name = person.locator("strong").inner_text()
    person.locator("input").press("Space")
    expect(grid.locator("[data-chosen]")).to_contain_text("1人を選んでいます")
    for above in ("都市整備部", "都市計画課", "計画係"):
        grid.locator(f"#u-{house.codes[above]} > summary").press("Enter")
    target = grid.locator(f"#u-{house.codes['計画係']}")
    target.get_by_role("button", name="ここへ移す").press("Enter")
    expect(grid.locator(".messages")).to_contain_text("計画係に移しました")
    expect(target.locator(".board-people")).to_contain_text(name)


def chained(page: Page, long: int) -> None:
    """Lay a chain into a plan whose grid is open: each 係長 takes the place of the next one."""
    plan = page.url
    page.goto(f"{plan}units?view=whole")
    heads = page.locator(".board-person", has=page.locator("input")).filter(has_text="係長")
    found = heads.evaluate_all(
        "rows => rows.map(row => [row.querySelector('input').value,"
        " row.closest('details').querySelector('summary').firstChild.textContent.trim()])"
    )
    assert len(found) > long
    steps = pairwise(found[: long + 1])
    rows = [f"{int(person[1:]):07}\t配置換\t2027-03-01\t{unit}" for (person, _), (_, unit) in steps]
    page.goto(plan)
    page.locator("[name=text]").evaluate("field => field.closest('details').open = true")
    page.locator("[name=text]").fill("\n".join(["職員番号\t用語\t発令日\t新所属", *rows]))
    page.locator("[name=text]").evaluate("field => field.form.requestSubmit()")
    expect(page.locator(".messages")).to_contain_text(f"{long}行を加えました")
    page.goto(f"{plan}outlook?side=chains")
    expect(page.locator(".chain").first.locator(".chain-box")).to_have_count(long)


@pytest.mark.parametrize(
    ("width", "lines"), [pytest.param(1440, 2, marks=pytest.mark.soak), (360, 9)]
)
def test_a_long_chain_goes_on_in_further_lines_and_nothing_of_it_is_cut(
    enter: Enter, width: int, lines: int
) -> None:
    page = officer(enter, "personnel", width)
    begin(page, f"玉突き{width}")
    chained(page, 9)
    for media, wide in (("screen", width), ("print", 700)):  # 700: A4 upright, within its margins
        page.emulate_media(media=media)
        page.set_viewport_size({"width": wide, "height": 900})
        chain = page.locator(".chain").first
        boxes = chain.locator(".chain-box").evaluate_all(
            "boxes => boxes.map(box => [box.getBoundingClientRect(), box])"
            ".map(([at, box]) => [at.top, at.right, box.scrollWidth - box.clientWidth])"
        )
        assert max(right for _, right, _ in boxes) <= wide
        assert max(hidden for *_, hidden in boxes) <= 0
        assert len({round(top) for top, *_ in boxes}) >= (lines if media == "screen" else 3)
        assert page.evaluate("document.documentElement.scrollWidth") <= wide
        scrolled = "e => [...e.querySelectorAll('*')].filter(x => x.scrollWidth > x.clientWidth + 1"
        scrolled += " && getComputedStyle(x).overflowX !== 'visible').length"
        assert page.locator(".card").first.evaluate(scrolled) == 0
    assert "…" not in page.locator(".chain").first.inner_text()


@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_of_a_plan_have_no_barrier_and_fit_their_screen(
    enter: Enter, house: House, width: int
) -> None:
    page = officer(enter, "personnel", width)
    begin(page, f"幅{width}")
    cell(page, 0, "wording").click()
    paste(page, "配置換\t2027-03-01\t文書係\n配置換え\t2027-03-01\t無限課\n")
    saved(page)
    plan = page.url
    paths = ("", "findings", "settings", "reorganisation", "lines/new", "outlook?side=people")
    sides = ("outlook?side=units", "outlook?side=chains", "outlook?side=chart")
    for path in (
        *paths,
        *sides,
        "outlook?side=compare",
        "units",
        "units?view=whole",
        "../rules",
        "../kin",
        "../",
    ):
        page.goto(plan + path)
        assert barriers(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
