"""A button that is pressed twice does its work once."""

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import Enter, House

pytestmark = pytest.mark.browser


def test_a_double_click_makes_one_plan(enter: Enter, house: House) -> None:
    visitor = enter("personnel")
    page = visitor.go("/purpose/?next=/personnel/plans/")
    page.locator("[name=purpose]").first.check()
    page.locator("main form button").first.click()
    page.wait_for_url("**/personnel/plans/")
    page.get_by_label("案の名前").fill("二度押した案")
    page.get_by_label("発令日").fill("2027-04-01")
    page.get_by_role("button", name="案を作る").dblclick()
    page.wait_for_url("**/personnel/plans/*/")
    page = visitor.go("/personnel/plans/")
    assert page.get_by_role("link", name="二度押した案").count() == 1
    begun = [address for address in visitor.asked if address.endswith("/personnel/plans/new")]
    assert len(begun) == 1
    assert visitor.complaints == []


def test_a_click_again_when_the_answer_was_lost_makes_one_plan_without_javascript(
    enter: Enter, house: House
) -> None:
    visitor = enter("personnel", java_script_enabled=False)
    page = visitor.go("/purpose/?next=/personnel/plans/")
    page.locator("[name=purpose]").first.check()
    page.locator("main form button").first.click()
    page.wait_for_url("**/personnel/plans/")
    reached: list[int] = []

    def lose(route: Route) -> None:
        """The house answers, and the answer does not arrive."""
        reached.append(route.fetch(max_redirects=0).status)
        route.abort("aborted")

    page.route("**/personnel/plans/new", lose, times=1)
    page.get_by_label("案の名前").fill("二度届いた案")
    page.get_by_label("発令日").fill("2027-04-01")
    page.get_by_role("button", name="案を作る").click()
    expect(page.get_by_label("案の名前")).to_have_value("二度届いた案")
    page.get_by_role("button", name="案を作る").click()
    page.wait_for_url("**/personnel/plans/*/")
    expect(page.locator(".messages")).to_contain_text("一度だけ行いました")
    assert reached == [302]
    page = visitor.go("/personnel/plans/")
    assert page.get_by_role("link", name="二度届いた案").count() == 1
