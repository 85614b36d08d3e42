"""Polling feeds of a real server, and a hub that hands telegrams in."""

import hashlib
import hmac
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from meibo.platform.telegrams.models import Feed, Telegram, Wanted
from meibo.platform.telegrams.polling import fetch, poll
from tests.domain.telegram.made import quick
from tests.platform.telegrams.conftest import NOW, after
from tests.platform.telegrams.server import Office, open_office

pytestmark = pytest.mark.django_db
SECRET = "a secret of the hub"
TOPIC = "https://www.example.jp/eqvol.xml"


@pytest.fixture
def office(settings: Any) -> Iterator[Office]:
    with open_office() as made:
        settings.MEIBO_TELEGRAM_FEEDS = [f"{made.base}/eqvol.xml"]
        made.pages["/a.xml"] = quick({"350": "5+"})
        made.pages["/b.xml"] = quick({"220": "7"})
        made.feed("a.xml", "b.xml")
        yield made


def test_what_a_feed_names_is_fetched_once(office: Office) -> None:
    assert poll(now=NOW) == 2
    assert fetch(now=NOW) == 2
    assert {t.action for t in Telegram.objects.all()} == {"alarm", "ignore"}
    assert {t.source for t in Telegram.objects.all()} == {"feed"}
    office.etag = '"2"'
    assert poll(now=after(1)) == 0
    assert fetch(now=after(1)) == 0
    assert [path for path, _, _ in office.asked].count("/a.xml") == 1


def test_a_feed_is_asked_with_what_its_server_said_last(office: Office) -> None:
    poll(now=NOW)
    poll(now=after(1))
    assert office.asked[0][1:] == ("", "")
    assert office.asked[1][1:] == ('"1"', "Sun, 01 Mar 2026 00:00:00 GMT")
    feed = Feed.objects.get()
    assert (feed.etag, feed.error, feed.answered_at) == ('"1"', "", after(1))


def test_a_feed_is_asked_no_more_often_than_the_operator_says(office: Office) -> None:
    for seconds in range(0, 120, 10):
        poll(now=after(seconds / 60))
    assert len(office.asked) == 2


def test_a_server_that_fails_is_asked_again_and_the_error_is_kept(office: Office) -> None:
    office.status["/eqvol.xml"] = 503
    assert poll(now=NOW) == 0
    assert "503" in Feed.objects.get().error
    office.status.clear()
    assert poll(now=after(1)) == 2
    assert Feed.objects.get().error == ""
    office.status["/a.xml"] = 500
    fetch(now=after(1))
    office.status.clear()
    fetch(now=after(2))
    fetch(now=after(3))
    assert Telegram.objects.count() == 2


def test_a_server_that_is_not_there_is_an_error_and_no_crash(settings: Any) -> None:
    settings.MEIBO_TELEGRAM_FEEDS = ["http://127.0.0.1:9/eqvol.xml"]
    assert poll(now=NOW) == 0
    assert "つながらない" in Feed.objects.get().error


def test_a_redirect_is_not_followed(office: Office) -> None:
    office.status["/eqvol.xml"] = 302
    assert poll(now=NOW) == 0
    assert "302" in Feed.objects.get().error


def test_a_feed_can_not_send_us_to_another_host(office: Office) -> None:
    office.feed("http://127.0.0.1:9/x.xml", "file:///etc/passwd", "a.xml")
    assert poll(now=NOW) == 1
    assert Wanted.objects.get().address.endswith("/a.xml")


def test_what_is_older_than_a_day_is_not_fetched(office: Office) -> None:
    office.feed("a.xml", updated="2026-02-27T00:00:00+09:00")
    assert poll(now=NOW) == 0


def test_a_hostile_feed_is_refused(office: Office) -> None:
    office.pages["/eqvol.xml"] = b'<!DOCTYPE feed [<!ENTITY a "b">]><feed/>'
    assert poll(now=NOW) == 0
    assert "DTD" in Feed.objects.get().error


@pytest.fixture
def hub(settings: Any, client: Client) -> Client:
    settings.MEIBO_TELEGRAM_SECRET = SECRET
    settings.MEIBO_TELEGRAM_TOPICS = [TOPIC]
    return client


def push(hub: Client, body: bytes, *, method: str = "sha256", secret: str = SECRET) -> int:
    made = hmac.new(secret.encode(), body, getattr(hashlib, method)).hexdigest()
    return hub.post(
        "/telegrams/hub",
        body,
        content_type="application/xml",
        headers={"X-Hub-Signature": f"{method}={made}"},
    ).status_code


def test_a_hub_is_told_that_we_want_the_topic(hub: Client) -> None:
    asked = {"hub.mode": "subscribe", "hub.topic": TOPIC, "hub.challenge": "<b>42</b>"}
    response = hub.get("/telegrams/hub", asked)
    assert (response.status_code, response.content) == (200, b"<b>42</b>")
    assert response.headers["Content-Type"].startswith("text/plain")
    assert hub.get("/telegrams/hub", {**asked, "hub.topic": "https://x/"}).status_code == 404
    assert hub.get("/telegrams/hub", {**asked, "hub.mode": "unsubscribe"}).status_code == 404
    gone = {**asked, "hub.mode": "unsubscribe", "hub.topic": "https://x/"}
    assert hub.get("/telegrams/hub", gone).status_code == 200
    assert hub.get("/telegrams/hub").status_code == 404


@pytest.mark.parametrize("method", ["sha1", "sha256", "sha512"])
def test_a_signed_telegram_is_kept_before_it_is_acknowledged(hub: Client, method: str) -> None:
    assert push(hub, quick({"350": "5+"}), method=method) == 202
    row = Telegram.objects.get()
    assert (row.source, row.action) == ("hub", "alarm")


def test_what_is_not_signed_with_the_secret_is_refused(hub: Client) -> None:
    body = quick({"350": "7"})
    assert push(hub, body, secret="guessed") == 403
    assert push(hub, body, method="md5") == 403
    for signature in ("", "sha256=", "sha256=é", "none"):
        answer = hub.post(
            "/telegrams/hub",
            body,
            content_type="application/xml",
            headers={"X-Hub-Signature": signature},
        )
        assert answer.status_code == 403
    assert not Telegram.objects.exists()


def test_without_a_secret_there_is_no_such_address(client: Client) -> None:
    assert client.get("/telegrams/hub").status_code == 404
    assert push(client, quick({"350": "7"}), secret="") == 404


def test_a_hostile_telegram_that_is_signed_is_refused_and_kept(hub: Client) -> None:
    assert push(hub, b"<!DOCTYPE x><x/>") == 202
    assert Telegram.objects.get().refused


def test_what_is_too_large_is_refused_before_it_is_read(hub: Client) -> None:
    assert push(hub, b"x" * 10_000_001) == 413


def test_a_feed_that_is_handed_in_names_what_is_fetched_from_its_own_host(
    hub: Client, office: Office, settings: Any
) -> None:
    settings.MEIBO_TELEGRAM_TOPICS = [f"{office.base}/eqvol.xml"]
    office.feed("a.xml", "http://127.0.0.1:9/x.xml", updated="2999-01-01T00:00:00+09:00")
    assert push(hub, office.pages["/eqvol.xml"]) == 202
    assert fetch(now=NOW) == 1
    assert Telegram.objects.get().action == "alarm"
