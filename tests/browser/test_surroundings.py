"""A real browser gets in, and what it loads comes from the house alone."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from meibo.platform.accounts.actions import open_account

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "fuyu-no-hi-no-yuugata"


def test_a_member_of_staff_signs_in_with_a_browser(live_server: LiveServer, page: Page) -> None:
    now = datetime(2026, 11, 23, tzinfo=UTC)
    open_account("t.hanako", PASSWORD, actor="test", now=now)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{live_server.url}/account/password/change/")
    page.fill("[name=login]", "t.hanako")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(f"{live_server.url}/account/password/change/")
    assert page.locator("[name=oldpassword]").is_visible()
    assert all(url.startswith(live_server.url) for url in asked)
