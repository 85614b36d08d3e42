"""The forms of personnel: pages without a barrier, and a PDF that opens in a tab of its own."""

import pytest

from tests.browser.conftest import WIDTHS, Enter, House
from tests.browser.looking import barriers
from tests.browser.test_disclosure import say_what_for

pytestmark = pytest.mark.browser

PAGES = (
    "/papers/",
    "/papers/forms/jirei?bulk=1&from=2027-04-01",
    "/papers/forms/workers?people=0",
    "/papers/certificates",
    "/papers/establishment",
    "/papers/establishment/01010000",
)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_of_forms_have_no_barrier(enter: Enter, house: House, width: int) -> None:
    visitor = enter("personnel", width=width)
    say_what_for(visitor)
    for path in PAGES:
        page = visitor.go(path)
        assert barriers(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_a_form_opens_beside_the_page(enter: Enter, house: House) -> None:
    visitor = enter("personnel")
    say_what_for(visitor)
    page = visitor.go("/papers/forms/chart")
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="PDFを新しいタブで見る").click()
    assert "/papers/forms/chart/pdf" in opened.value.url or opened.value.url == "about:blank"
    assert page.url.endswith("/papers/forms/chart")
