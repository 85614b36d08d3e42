"""A device registers itself for notices, and its worker shows what is pushed. The push service
alone is a stand-in: the browser's own can't be asked without the internet."""

import json

import pytest
from playwright.sync_api import expect

from tests.apps.safety.push_receivers import Device
from tests.browser.conftest import Enter, House
from tests.browser.looking import looked_over

pytestmark = pytest.mark.browser
STAND_IN = """
PushManager.prototype.getSubscription = async () => null;
PushManager.prototype.subscribe = async (wish) => {
  window.wished = wish;
  const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer;
  const keys = %s;
  return { endpoint: "https://push.example/abc", getKey: (name) => bytes(keys[name]) };
};
Notification.requestPermission = async () => "granted";
"""


LISTEN = """() => {
  self.told = new Promise((tell) => {
    self.fetch = async (where, how) => tell(`${where} ${how.body.get("key")}`);
  });
}"""


def stand_in() -> str:
    to = Device().subscription("", "")
    keys = {"p256dh": to.p256dh, "auth": to.auth}
    plain = {
        n: v.replace("-", "+").replace("_", "/") + "=" * (-len(v) % 4) for n, v in keys.items()
    }
    return STAND_IN % json.dumps(plain)


def test_a_device_is_registered_by_a_tap_shows_what_is_pushed_and_is_removed_again(
    enter: Enter, house: House
) -> None:
    visitor = enter("clerk", width=390)
    page = visitor.page
    page.context.grant_permissions(["notifications"])
    page.add_init_script(stand_in())
    versions: list[dict[str, str]] = []
    browser_side = page.context.new_cdp_session(page)
    browser_side.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda told: versions.extend(told["registrations"]),
    )
    browser_side.send("ServiceWorker.enable")
    visitor.go("/safety/devices")
    looked_over(page)
    page.get_by_role("button", name="この端末で受け取る").click()
    expect(page.get_by_role("cell", name="やめる")).to_be_visible()
    looked_over(page)
    page.wait_for_function(
        "async () => (await navigator.serviceWorker.getRegistrations())[0]?.active"
    )
    (worker,) = page.context.service_workers
    worker.evaluate(LISTEN)
    told = {"title": "【安否確認】地震", "body": "答えてください", "link": f"{house.url}/a/x"}
    told["key"] = "m1-0000000000000000"
    registration = next(each for each in versions if each["scopeURL"].endswith("/safety/devices/"))
    pushed = {"origin": house.url, "registrationId": registration["registrationId"]}
    browser_side.send("ServiceWorker.deliverPushMessage", {**pushed, "data": json.dumps(told)})
    page.wait_for_function(
        "async () => (await (await navigator.serviceWorker.getRegistrations())[0]"
        ".getNotifications()).some((each) => each.title === '【安否確認】地震')"
    )
    assert worker.evaluate("() => self.told") == "shown m1-0000000000000000"
    page.get_by_role("button", name="やめる").click()
    expect(page.get_by_text("まだありません")).to_be_visible()
    assert visitor.complaints == []
    assert all(url.startswith(house.url) for url in visitor.asked)


def test_a_browser_without_push_is_told_and_nothing_else_is_lost(enter: Enter) -> None:
    visitor = enter("clerk", width=390)
    visitor.page.add_init_script("delete window.PushManager")
    page = visitor.go("/safety/devices")
    expect(page.get_by_text("通知を受け取れません")).to_be_visible()
    assert page.get_by_role("button", name="この端末で受け取る").count() == 0


@pytest.mark.parametrize("width", [1440, 390])
def test_without_script_the_page_says_so(enter: Enter, width: int) -> None:
    page = enter("clerk", width=width, java_script_enabled=False).go("/safety/devices")
    expect(page.get_by_text("JavaScript を使えるように")).to_be_visible()
