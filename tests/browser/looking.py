"""How a page is looked over: whole, no wider than the screen, without a barrier."""

from collections.abc import Sequence

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page

#: 2.5.8 of WCAG 2.2 is asked for as well, which axe leaves out unless told.
RULES = {"rules": {"target-size": {"enabled": True}}}


def followed(way: Locator) -> None:
    """Click what leads to another page and wait until all of that is there.

    A click alone returns when the browser has set off; who looks then sees the page that is left,
    or one of which nothing has come.
    """
    with way.page.expect_navigation():
        way.click()


def barriers(page: Page) -> list[str]:
    """What axe finds wrong, in short."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{v['id']}: {[node['target'] for node in v['nodes'][:3]]}" for v in found]


def looked_over(page: Page, widths: Sequence[int] = (1440, 390)) -> None:
    """No barrier, and nothing wider than any of these screens; the page stays at the last width."""
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (page.url, width)
    assert barriers(page) == [], page.url
