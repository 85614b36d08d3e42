"""Subscribing at a real hub: it asks back, says no, lets leases end; we ask again in time."""

import hashlib
import hmac
from argparse import Namespace
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client

from meibo.config.cli import main
from meibo.config.cli.subscribe import subscribe
from meibo.config.clock import now
from meibo.platform.telegrams import queries
from meibo.platform.telegrams.listening import listen_once
from meibo.platform.telegrams.models import Subscription, Telegram, Wanted
from meibo.platform.telegrams.subscribing import renew, secret_of
from tests.domain.telegram.made import quick
from tests.platform.telegrams.hubs import Hub, open_hub
from tests.platform.telegrams.served import served

pytestmark = pytest.mark.django_db
TOPIC = "https://feed.example/eqvol.xml"
SECRET = "the secret of the house"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def hub(settings: Any, db: None) -> Iterator[Hub]:
    with open_hub() as found, served() as address:
        settings.ALLOWED_HOSTS = ["127.0.0.1", "testserver"]
        settings.MEIBO_TELEGRAM_SECRET = SECRET
        settings.MEIBO_TELEGRAM_TOPICS = [TOPIC]
        settings.MEIBO_TELEGRAM_HUB = found.base
        settings.MEIBO_TELEGRAM_CALLBACK = address
        yield found


def row() -> Subscription:
    return Subscription.objects.get()


def test_the_hub_is_asked_once_and_asks_back_and_then_it_holds(hub: Hub) -> None:
    began = now()
    assert renew(now=began) == 1
    assert hub.last["hub.mode"] == "subscribe"
    assert hub.last["hub.topic"] == TOPIC
    assert row().ends_at is None
    assert renew(now=began) == 0
    assert hub.verify() == (200, b"<42>")
    held = row()
    assert held.ends_at is not None
    assert timedelta(seconds=590) < held.ends_at - began < timedelta(seconds=640)
    assert renew(now=began + 7 * MINUTE) == 0


def test_a_hub_that_asks_back_before_it_has_answered_is_understood(hub: Hub) -> None:
    hub.at_once = True
    assert renew(now=now()) == 1
    assert hub.answers == [(200, b"<42>")]
    assert row().ends_at is not None
    assert (row().tries, row().error) == (0, "")


def test_it_is_renewed_in_the_last_quarter_of_its_lease(hub: Hub) -> None:
    hub.at_once = True
    began = now()
    renew(now=began)
    first = row().ends_at
    assert renew(now=began + 7 * MINUTE) == 0
    assert renew(now=began + 8 * MINUTE) == 1
    assert len(hub.asked) == 2
    assert hub.asked[0]["hub.callback"] == hub.asked[1]["hub.callback"]
    again = row().ends_at
    assert first is not None
    assert again is not None
    assert again >= first


def test_a_lease_that_ends_is_seen_on_the_page_and_asked_for_on(hub: Hub) -> None:
    hub.at_once = True
    began = now()
    renew(now=began)
    hub.at_once, hub.status = False, 503
    later = began + 30 * MINUTE
    assert renew(now=later) == 1
    (way,) = queries.subscriptions(later)
    assert not way.open
    assert "503" in way.error
    hub.status = 202
    assert renew(now=later + MINUTE) == 0
    assert renew(now=later + 2 * MINUTE) == 1
    (way,) = queries.subscriptions(later + 2 * MINUTE)
    assert "期限が切れました" in way.error
    hub.verify()
    (way,) = queries.subscriptions(now())
    assert way.open


def test_a_hub_that_does_not_answer_is_asked_later_and_later(hub: Hub) -> None:
    hub.status, hub.words = 400, b"topic not known"
    began = now()
    asked = [m for m in range(300) if renew(now=began + m * MINUTE)]
    assert asked[:5] == [0, 2, 6, 14, 30]
    assert all(b - a <= 60 for a, b in pairwise(asked))
    assert row().error == "サーバーの応答が 400 です（topic not known）。"


def test_a_hub_that_says_no_is_told_on_the_page_and_asked_again_in_an_hour(hub: Hub) -> None:
    began = now()
    renew(now=began)
    said = {"hub.mode": "denied", "hub.topic": TOPIC, "hub.reason": "<b>nobody</b> known"}
    assert hub.get(hub.last["hub.callback"], said)[0] == 200
    (way,) = queries.subscriptions(began)
    assert "<b>nobody</b> known" in way.error
    assert not way.open
    assert renew(now=began + 59 * MINUTE) == 0
    assert renew(now=began + 60 * MINUTE) == 1
    hub.verify()
    assert row().denied == ""


def test_only_who_knows_the_address_ends_or_prolongs_anything(hub: Hub, client: Client) -> None:
    hub.at_once = True
    renew(now=now())
    held = row().ends_at
    said = {"hub.mode": "denied", "hub.topic": TOPIC}
    for path in ("/telegrams/hub", "/telegrams/hub/guessed"):
        client.get(path, said)
    long = {**said, "hub.mode": "subscribe", "hub.challenge": "x", "hub.lease_seconds": "9999999"}
    assert client.get("/telegrams/hub/guessed", long).status_code == 404
    assert row().ends_at == held
    path = f"/telegrams/hub/{row().token}"
    assert client.get(path, {**long, "hub.topic": "https://other/"}).status_code == 404
    assert client.get(path, {**long, "hub.mode": "unsubscribe"}).status_code == 404
    assert client.get(path, {**long, "hub.challenge": ""}).status_code == 404
    assert row().ends_at == held


@pytest.mark.parametrize(
    ("lease", "days"), [("99999999", 30), ("-5", 10), ("", 10), ("soon", 10), ("²", 10)]
)
def test_a_lease_beyond_reason_is_bounded(hub: Hub, lease: str, days: int) -> None:
    hub.lease, hub.at_once = lease, True
    renew(now=now())
    ends = row().ends_at
    assert ends is not None
    assert abs(ends - now() - timedelta(days=days)) < MINUTE


def test_what_is_handed_in_is_signed_with_the_secret_of_this_subscription(hub: Hub) -> None:
    hub.at_once = True
    renew(now=now())
    assert hub.last["hub.secret"] != SECRET
    assert SECRET not in str(hub.asked)
    assert hub.push(quick({"350": "5+"})) == 202
    assert (Telegram.objects.get().source, Telegram.objects.get().action) == ("hub", "alarm")
    entry = (
        '<entry><link href="https://feed.example/a.xml"/><updated>2099-01-01T00:00:00Z</updated>'
    )
    feed = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title>{entry}</entry></feed>'
    assert hub.push(feed.encode()) == 202
    assert Wanted.objects.get().address == "https://feed.example/a.xml"


def test_what_is_signed_with_another_secret_is_refused(settings: Any, client: Client) -> None:
    settings.MEIBO_TELEGRAM_SECRET = SECRET
    held = Subscription.objects.create(topic=TOPIC, hub="https://hub.example/", token="t")
    body, path = quick({"350": "5+"}), "/telegrams/hub/t"
    for secret, status in ((SECRET, 403), ("", 403), (secret_of(held), 202)):
        signed = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
        headers = {"X-Hub-Signature": f"sha256={signed}"}
        answer = client.post(path, body, content_type="application/xml", headers=headers)
        assert answer.status_code == status
        assert Telegram.objects.exists() == (status == 202)


def test_a_topic_that_is_wanted_no_more_is_taken_back(hub: Hub, settings: Any) -> None:
    hub.at_once = True
    renew(now=now())
    settings.MEIBO_TELEGRAM_TOPICS = []
    hub.at_once = False
    assert renew(now=now()) == 1
    assert hub.last["hub.mode"] == "unsubscribe"
    assert renew(now=now()) == 0
    assert hub.verify(**{"hub.mode": "subscribe"})[0] == 404
    assert hub.verify() == (200, b"<42>")
    assert not Subscription.objects.exists()
    assert hub.push(quick({"350": "5+"})) == 410


def test_without_the_setting_what_was_subscribed_goes_when_its_lease_is_over(
    hub: Hub, settings: Any
) -> None:
    hub.at_once = True
    renew(now=now())
    settings.MEIBO_TELEGRAM_HUB, hub.at_once, hub.status = "", False, 500
    renew(now=now())
    assert Subscription.objects.exists()
    renew(now=now() + 20 * MINUTE)
    assert not Subscription.objects.exists()


def test_another_hub_gets_another_address(hub: Hub, settings: Any) -> None:
    hub.at_once = True
    renew(now=now())
    with open_hub() as other:
        other.at_once = True
        settings.MEIBO_TELEGRAM_HUB = other.base
        assert renew(now=now()) == 1
        assert other.last["hub.callback"] != hub.last["hub.callback"]
        assert hub.push(quick({"350": "5+"})) == 410
        assert other.push(quick({"350": "5+"})) == 202


def test_a_redirect_is_not_followed(hub: Hub) -> None:
    hub.status = 307
    renew(now=now())
    assert "307" in row().error


def test_the_worker_subscribes_and_the_command_does_at_once(
    hub: Hub, capsys: pytest.CaptureFixture[str]
) -> None:
    hub.at_once = True
    listen_once(now)
    assert len(hub.asked) == 1
    assert subscribe(Namespace(wait=9)) == 0
    assert len(hub.asked) == 2
    assert TOPIC in capsys.readouterr().err
    hub.at_once, hub.status = False, 403
    assert subscribe(Namespace(wait=0)) == 1
    assert "403" in capsys.readouterr().err


def test_the_command_says_what_is_not_set(
    settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.MEIBO_TELEGRAM_HUB = ""
    with pytest.raises(SystemExit) as ended:
        main(["safety", "subscribe"])
    assert ended.value.code
    assert "MEIBO_TELEGRAM_HUB" in capsys.readouterr().err
