"""A real browser gets in, and what it loads comes from the house alone."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import PASSWORD, House

pytestmark = pytest.mark.browser


def test_a_member_of_staff_signs_in_with_a_browser(house: House, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{house.url}/account/password/change/")
    page.fill("[name=login]", "staff")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(f"{house.url}/account/password/change/")
    assert page.locator("[name=oldpassword]").is_visible()
    assert all(url.startswith(house.url) for url in asked)
