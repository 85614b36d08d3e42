"""Setting up a second factor and signing in with it, in a real browser."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect

from tests.browser.conftest import PASSWORD, House
from tests.browser.looking import barriers
from tests.platform.accounts.people import code_of

pytestmark = pytest.mark.browser


@dataclass
class Desk:
    """A browser at which nobody is signed in, and what it complained of."""

    page: Page
    url: str
    complaints: list[str]

    def sign_in(self, name: str, at: str = "/account/login/") -> None:
        self.page.goto(self.url + at)
        self.page.fill("[name=login]", name)
        self.page.fill("[name=password]", PASSWORD)
        self.page.press("[name=password]", "Enter")

    def sign_out(self) -> None:
        self.page.goto(f"{self.url}/account/logout/")
        self.page.get_by_role("button", name="サインアウト").click()
        self.page.wait_for_url(f"{self.url}/account/login/")

    def at(self, path: str) -> None:
        self.page.wait_for_url(self.url + path)


@pytest.fixture
def desk(browser: Browser, house: House) -> Iterator[Callable[..., Desk]]:
    opened = []

    def sit_down(url: str = house.url, **wishes: object) -> Desk:
        context = browser.new_context(locale="ja-JP", timezone_id="Asia/Tokyo", **wishes)  # type: ignore[arg-type]  # any wish
        opened.append(context)
        found = Desk(context.new_page(), url, [])
        found.page.on("pageerror", lambda error: found.complaints.append(str(error)))
        found.page.on(
            "console",
            lambda said: found.complaints.append(said.text) if said.type == "error" else None,
        )
        return found

    yield sit_down
    for context in opened:
        context.close()


def test_an_app_is_set_up_and_asked_for(desk: Callable[..., Desk]) -> None:
    """On a telephone of the narrowest kind, without JavaScript."""
    seat = desk(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    page = seat.page
    seat.sign_in("auditor")
    seat.at("/account/factor/first/")
    page.get_by_role("link", name="アプリを登録する").click()
    page.get_by_text("読み取れないとき").click()
    secret = page.locator("code.secret").inner_text()
    assert page.locator(".qr svg").bounding_box()["width"] > 150  # type: ignore[index]  # it is there
    page.fill("[name=code]", code_of(secret))
    page.get_by_role("button", name="登録する").click()
    seat.at("/account/factor/recovery/")
    assert page.locator("code.secret").count() == 10
    first = page.locator("code.secret").first.inner_text()
    page.get_by_role("link", name="しまいました").click()
    seat.at("/")
    seat.sign_out()
    seat.sign_in("auditor")
    seat.at("/account/factor/code/")
    page.fill("[name=code]", first)  # the app's code of this half minute has been used
    page.get_by_role("button", name="サインイン", exact=True).click()
    seat.at("/")


@dataclass
class Key:
    """A made-up passkey in a browser: it holds keys, and knows its owner's finger."""

    session: CDPSession

    def answers(self, *, verified: bool) -> None:
        self.session.send(
            "WebAuthn.setUserVerified", {"authenticatorId": self.name, "isUserVerified": verified}
        )

    name: str = ""


def with_key(page: Page) -> Key:
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable", {"enableUI": False})
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return Key(session, made["authenticatorId"])


def test_a_passkey_is_set_up_and_is_the_whole_sign_in(
    desk: Callable[..., Desk], house: House
) -> None:
    """Under a name, since a passkey belongs to a name and not to an address."""
    seat = desk(house.url.replace("127.0.0.1", "localhost"))
    page, key = seat.page, with_key(seat.page)
    seat.sign_in("watch")
    seat.at("/account/factor/first/")
    page.get_by_role("link", name="パスキーを登録する").click()
    page.get_by_role("button", name="登録する").click()
    seat.at("/account/factor/recovery/")
    seat.sign_out()
    page.get_by_role("button", name="パスキーでサインイン").click()
    seat.at("/")
    assert seat.complaints == []

    page.goto(f"{seat.url}/account/factor/passkeys/")
    expect(page.get_by_text("パスワードなしでサインインできます")).to_be_visible()
    assert barriers(page) == []
    page.goto(f"{seat.url}/account/passkey/again/?next=/list")
    page.get_by_role("button", name="パスキーで確認する").click()
    seat.at("/list")

    seat.sign_out()
    seat.sign_in("watch")
    seat.at("/account/factor/code/")
    assert barriers(page) == []
    page.get_by_role("button", name="パスキーで確認する").click()
    seat.at("/")
    seat.sign_out()

    key.answers(verified=False)
    page.get_by_role("button", name="パスキーでサインイン").click()
    expect(page.get_by_text("パスキーを使えませんでした")).to_be_visible()
    assert page.url == f"{seat.url}/account/login/"
