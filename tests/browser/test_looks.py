"""Every page, at a desk, on a tablet and on a telephone: no barrier that a machine can find,
nothing wider than the screen, nothing from elsewhere, no complaint of the browser."""

import pytest

from tests.browser.conftest import WIDTHS, Enter, House
from tests.browser.looking import barriers

pytestmark = pytest.mark.browser

PAGES = {
    "home": "/",
    "results": "/search?q=たかはし",
    "units found": "/search?q=税務",
    "nothing found": "/search?q=むむむむ",
    "found as said": "/search?q=高橋さん",
    "day not read": "/list?on=2026-02-30",
    "list printed whole": "/list?all=1&unit={top}",
    "person": "/people/{chief}",
    "long name": "/people/{long}",
    "own card": "/people/{own}",
    "unit": "/units/{unit}",
    "department": "/units/{top}",
    "faces of a unit": "/units/{unit}?view=photos",
    "chart of a unit": "/units/{top}?view=chart",
    "another day": "/units/{renamed}?on=2027-04-01",
    "chart": "/chart",
    "chart searched": "/chart?q=高橋",
    "chart with everyone": "/chart?people=1",
    "faces": "/chart/faces",
    "list": "/list",
    "list filtered": "/list?post=係長&sort=-kana&on=2027-04-01",
    "empty list": "/list?post=竜王",
    "comparison": "/compare",
    "choosing": "/choose/",
    "condition": "/choose/new",
    "no difference": "/compare?from=2026-10-01&to=2026-10-01",
    "disclosure": "/disclosure",
    "versions": "/disclosure/versions?a=0&b=0",
    "purpose": "/purpose/?next=/list.csv&file=1",
    "own filings": "/filings/",
    "filings to see to": "/personnel/filings",
    "contacts not confirmed": "/personnel/filings/unconfirmed",
    "help": "/help",
    "password": "/account/password/change/",
    "sign out": "/account/logout/",
    "forms": "/papers/",
    "a form": "/papers/forms/roster?bulk=1",
    "own forms": "/papers/own",
    "a list kept": "/papers/own/save?post=係長",
    "own rights": "/grants",
    "decisions": "/decisions/",
    "deputies": "/decisions/deputies",
    "notices": "/notices/",
    "asking for the own record": "/exchange/own",
    "code of a sheet": "/start",
    "not in service": "/start/closed",
    "second factor": "/account/factor/",
    "first factor": "/account/factor/first/",
    "app": "/account/factor/app/",
    "passkeys": "/account/factor/passkeys/",
    "new passkey": "/account/factor/passkeys/add/",
    "devices": "/account/sessions/",
    "asked again": "/account/reauthenticate/?next=/",
    "sign in anew": "/account/provider/again/?next=/",
}


def address(house: House, name: str) -> str:
    """The address of one of PAGES for the person who is `staff`."""
    own = next(i for i in house.names if i == house.clerk)
    places = {"unit": house.codes["税務課"], "top": house.codes["区民部"]}
    places |= {"renamed": house.codes["納税課"], "chief": house.chief, "long": house.long}
    return PAGES[name].format(own=own, **places)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_barrier_and_fits_every_screen(enter: Enter, house: House, name: str) -> None:
    visitor = enter("clerk", width=1440)
    page = visitor.go(address(house, name))
    for width in (1440, 768, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert barriers(page) == []
    assert visitor.complaints == []
    assert all(url.startswith(house.url) for url in visitor.asked)


@pytest.mark.soak
@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_barrier_at_a_desk_either(enter: Enter, house: House, name: str) -> None:
    page = enter("clerk", width=1440).go(address(house, name))
    assert barriers(page) == []


@pytest.mark.parametrize(
    "name", ["home", "person", "unit", "another day", "chart", "comparison", "app", "devices"]
)
def test_a_page_in_the_dark_has_no_barrier(enter: Enter, house: House, name: str) -> None:
    page = enter("clerk", color_scheme="dark").go(address(house, name))
    assert barriers(page) == []
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == "rgb(22, 24, 29)"


@pytest.mark.parametrize("width", WIDTHS)
def test_the_sheet_of_the_clerk_has_no_barrier(enter: Enter, house: House, width: int) -> None:
    page = enter("clerk", width=width).go(f"/units/{house.codes['税務係']}/edit")
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    "path", ["/grants", "/grants/new?who=高橋", "/desk", "/desk?unit=01000000"]
)
def test_the_pages_of_rights_and_accounts_have_no_barrier(
    enter: Enter, house: House, path: str, width: int
) -> None:
    page = enter("personnel", width=width).go(path)
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", WIDTHS)
def test_a_sheet_has_no_barrier_and_is_printed_without_its_frame(
    enter: Enter, house: House, width: int
) -> None:
    page = enter("clerk", width=width).go("/desk")
    page.locator("input[name=person]").first.check()
    page.get_by_role("button", name="印を付けた人の紙をつくる").click()
    page.get_by_role("heading", level=1, name="サインインの紙").wait_for()
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.emulate_media(media="print")
    assert page.locator(".top:visible, .side:visible, h1:visible").count() == 0
    assert page.locator(".paper svg:visible").count() == page.locator(".paper").count() > 0


@pytest.mark.parametrize("width", WIDTHS)
def test_the_sign_in_page_has_no_barrier(enter: Enter, house: House, width: int) -> None:
    visitor = enter("staff", width=width)
    visitor.page.context.clear_cookies()
    page = visitor.go("/account/login/")
    assert page.get_by_role("heading", name="サインイン").is_visible()
    assert barriers(page) == []


@pytest.mark.parametrize(
    "name", ["home", "results", "person", "unit", "chart", "list", "comparison"]
)
def test_a_page_fits_the_narrowest_telephone(enter: Enter, house: House, name: str) -> None:
    page = enter("clerk", width=360).go(address(house, name))
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("name", ["person", "unit", "chart", "list", "comparison", "disclosure"])
def test_a_printed_page_has_no_frame_and_says_of_which_day_it_is(
    enter: Enter, house: House, name: str
) -> None:
    page = enter("clerk").go(address(house, name))
    page.emulate_media(media="print")
    for frame in (".top", ".side", "button"):
        assert page.locator(f"{frame}:visible").count() == 0
    assert page.get_by_role("heading", level=1).first.is_visible()
    assert len(page.pdf(prefer_css_page_size=True)) > 1000


def test_forced_colours_leave_every_control_an_edge(enter: Enter, house: House) -> None:
    page = enter("clerk", forced_colors="active").go("/list")
    edges = page.locator("main .button").evaluate_all(
        "all => all.map(each => getComputedStyle(each).borderTopWidth)"
    )
    assert edges
    assert all(edge != "0px" for edge in edges)


def test_nothing_moves_for_who_asks_for_calm(enter: Enter, house: House) -> None:
    page = enter("clerk", reduced_motion="reduce").go("/chart")
    duration = page.locator(".chart summary").first.evaluate(
        "each => getComputedStyle(each, '::before').transitionDuration"
    )
    assert float(duration.removesuffix("s")) < 0.001


@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_of_telegrams_has_no_barrier(enter: Enter, house: House, width: int) -> None:
    page = enter("crisis", width=width).go("/telegrams/?only=all")
    assert page.get_by_role("heading", level=1, name="災害電文").is_visible()
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    ("name", "path", "title"),
    [
        ("crisis", "/safety/unreached", "届かない職員"),
        ("clerk", "/safety/ways", "連絡が届くか試す"),
    ],
)
def test_the_pages_of_addresses_have_no_barrier(
    enter: Enter, house: House, name: str, path: str, title: str, width: int
) -> None:
    page = enter(name, width=width).go(path)
    assert title in page.get_by_role("heading", level=1).inner_text()
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_of_answers_for_others_has_no_barrier(enter: Enter, width: int) -> None:
    page = enter("crisis", width=width).go("/safety/answers?q=たかはし")
    assert page.get_by_role("heading", level=1, name="代わりに答える").is_visible()
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


SAFETY = ("checks", "questions", "figures", "drills", "events", "unreached", "levels")
OWN = ("mine", "ways")


@pytest.mark.parametrize("path", [*SAFETY, *OWN, "muster?weekday=6&hour=3", "organisation"])
def test_a_page_of_the_safety_check_has_no_barrier(enter: Enter, house: House, path: str) -> None:
    visitor = enter("crisis", width=390)
    page = visitor.go(f"/safety/{path}")
    assert page.get_by_role("heading", level=1).first.is_visible()
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert barriers(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert visitor.complaints == []
    assert all(url.startswith(house.url) for url in visitor.asked)


def test_the_pages_about_one_check_have_no_barrier(enter: Enter, house: House) -> None:
    visitor = enter("crisis", width=390)
    page = visitor.go("/safety/checks/new/drill")
    page.get_by_role("button", name="人数を確かめる").click()
    page.get_by_role("button", name="人に送る").click()
    page.get_by_role("heading", level=2, name="組織ごとの答え").wait_for()
    own = page.url.removeprefix(house.url)
    about = ("", "/report", "/log", "/reaching", "/people?sort=none", "/desk", "/bulletins")
    for path in (*about, "/close"):
        page = visitor.go(own + path)
        for width in (390, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            assert barriers(page) == [], path
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    assert visitor.complaints == []
