"""What comes back: mail that bounced, gateways that tell; and whom nothing reaches."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from meibo.apps.safety.actions.reaching import bounces, running
from meibo.apps.safety.actions.reaching.keys import key_of
from meibo.apps.safety.models import Called, Check, Message, Trial
from meibo.apps.safety.queries.reached import share
from meibo.config.clock import now
from meibo.domain.safety.gateways import Provider, Reaching, Reports
from meibo.ledger.writer import Batch, NewFiling, append
from meibo.platform.figures import FIGURES
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import FIRST, NOW, TODAY, Ward
from tests.apps.safety.receivers import Gateway, Postbox, gateway_server, good, mail_server

DRILL = {"kind": "drill", "title": "訓練", "message": "これは訓練です。", "sure": "1"}
MOBILE = json.dumps([{"kind": "携帯", "value": "090-0000-7788"}], ensure_ascii=False)
BOUNCE = """\
From: MAILER-DAEMON@mx.example
To: a@meibo.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="zq"

--zq
Content-Type: text/plain

I'm sorry to have to inform you that your message could not be delivered.

--zq
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example
Arrival-Date: Thu, 26 Nov 2026 09:00:00 +0900

Final-Recipient: rfc822; someone@example.org
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} no such user

--zq
Content-Type: text/rfc822-headers

Message-ID: <{key}@meibo.example>
Subject: x

--zq--
"""


@pytest.fixture
def crisis(ward: Ward, signed_in: SignIn) -> Client:
    return signed_in("防災計画係", "060", ("crisis",), purpose="")


@pytest.fixture
def telephone(ward: Ward) -> str:
    """Somebody with a telephone."""
    person = ward.first("税務係", "060")
    filing = NewFiling(person, "contacts", MOBILE, FIRST, NOW)
    append(Batch(filings=[filing]), actor="test", now=NOW)
    return person


@pytest.fixture
def check(telephone: str, crisis: Client) -> Check:
    crisis.post("/safety/checks/new/drill", DRILL)
    Message.objects.update(state="sent", sent_at=now())
    return Check.objects.get()


@pytest.fixture
def returned(settings: Settings, tmp_path: Path) -> Path:
    settings.MEIBO_BOUNCE_DIR = tmp_path
    settings.MEIBO_DATA = tmp_path / "data"
    return tmp_path


def bounce(message: Message, action: str = "failed", status: str = "5.1.1") -> bytes:
    key = key_of(Message, message.pk)
    return BOUNCE.format(key=key, action=action, status=status).encode()


def page(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_a_mail_that_came_back_is_told_with_what_to_do(check: Check, returned: Path) -> None:
    message = Message.objects.filter(route="mail")[0]
    (returned / "1.eml").write_bytes(bounce(message))
    assert bounces.sweep(now=now()) == 1
    message.refresh_from_db()
    assert message.state == "bounced"
    assert "届出を直して" in message.trouble
    assert not list(returned.glob("*.eml"))


@pytest.mark.parametrize(
    ("action", "status", "state"),
    [
        ("delayed", "4.4.1", "sent"),
        ("relayed", "2.0.0", "sent"),
        ("delivered", "2.0.0", "delivered"),
        ("failed", "5.9.9", "bounced"),
    ],
)
def test_only_what_is_certain_changes_a_message(
    check: Check, returned: Path, action: str, status: str, state: str
) -> None:
    message = Message.objects.filter(route="mail")[0]
    (returned / "1.eml").write_bytes(bounce(message, action, status))
    assert bounces.sweep(now=now()) == 1
    message.refresh_from_db()
    assert message.state == state


def test_a_report_that_is_forged_or_broken_changes_nothing_and_is_kept(
    check: Check, returned: Path
) -> None:
    message = Message.objects.filter(route="mail")[0]
    good_one = bounce(message)
    key = key_of(Message, message.pk).encode()
    forged = good_one.replace(key, key[:-1] + (b"0" if key[-1:] != b"0" else b"1"))
    broken = good_one.replace(b"Action: failed", b"")
    for number, content in enumerate((forged, broken, b"\xff\x00", b"")):
        (returned / f"{number}.eml").write_bytes(content)
    assert bounces.sweep(now=now()) == 0
    assert not Message.objects.exclude(state="sent").exists()
    assert len(list((returned / "unread").iterdir())) == 4


def gateway_set(settings: Settings, url: str = "http://127.0.0.1:9/") -> None:
    body = '{"to": "{address}", "text": "{text}"}'
    reports = Reports("zq-report")
    provider = Provider("sms-a", "sms", url, body, reference="id", reports=reports)
    settings.MEIBO_REACHING = Reaching("https://m.example", "a@m.example", (provider,))


@pytest.mark.parametrize(
    ("word", "state"),
    [("delivered", "delivered"), ("undelivered", "bounced"), ("buffered", "sent")],
)
def test_a_gateway_tells_afterwards(
    check: Check, settings: Settings, client: Client, word: str, state: str
) -> None:
    gateway_set(settings)
    Message.objects.filter(route="sms").update(reference="g-1", provider="sms-a")
    told = client.post(
        "/safety/reports/sms-a",
        {"id": "g-1", "status": word},
        headers={"Authorization": "Bearer zq-report"},
    )
    assert told.status_code == 204
    assert Message.objects.get(route="sms").state == state


def test_who_has_not_the_token_tells_nothing(
    check: Check, settings: Settings, client: Client
) -> None:
    gateway_set(settings)
    Message.objects.filter(route="sms").update(reference="g-1", provider="sms-a")
    said = {"id": "g-1", "status": "undelivered"}
    for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "Bearer "}):
        assert client.post("/safety/reports/sms-a", said, headers=headers).status_code == 403
    right = {"Authorization": "Bearer zq-report"}
    assert client.post("/safety/reports/other", said, headers=right).status_code == 403
    unknown = client.post("/safety/reports/sms-a", {"id": "g-2"}, headers=right)
    assert unknown.status_code == 404
    broken = client.post(
        "/safety/reports/sms-a", "{", content_type="application/json", headers=right
    )
    assert broken.status_code == 400
    assert Message.objects.get(route="sms").state == "sent"


def test_whom_no_route_of_a_check_reaches_is_listed_with_the_reason(
    check: Check, crisis: Client, telephone: str
) -> None:
    address = f"/safety/checks/{check.pk}/reaching"
    Message.objects.filter(called__person=telephone, route="mail").update(
        state="bounced", trouble="この宛先はありません。"
    )
    link = f"/people/{telephone}"
    assert link not in page(crisis, address)  # the SMS may still have arrived
    Message.objects.filter(called__person=telephone, route="sms").update(state="refused")
    shown = page(crisis, address)
    assert link in shown
    assert "この宛先はありません。" in shown
    Called.objects.filter(person=telephone).update(opened_at=now())
    assert link not in page(crisis, address)


def test_the_button_asks_again_once(check: Check, crisis: Client) -> None:
    address = f"/safety/checks/{check.pk}/resend"
    before = Message.objects.count()
    assert "送り直します" in crisis.post(address, follow=True).content.decode()
    again = Message.objects.filter(step=1).count()
    assert again == before
    assert "2分たってから" in crisis.post(address, follow=True).content.decode()
    assert Message.objects.count() == before + again


def set_up(settings: Settings, *routes: str) -> None:
    """A town that has somebody for these routes."""
    providers = tuple(Provider(route, route, "https://gateway.example") for route in routes)
    settings.MEIBO_REACHING = Reaching("https://m.example", "a@m.example", providers)


def test_who_has_only_a_route_that_nobody_carries_is_reached_by_none(
    ward: Ward, crisis: Client, settings: Settings
) -> None:
    person = ward.first("戸籍係", "060")
    filing = NewFiling(person, "contacts", MOBILE, FIRST, NOW)
    append(Batch(filings=[filing, NewFiling(person, "mail", "", FIRST, NOW)]), actor="t", now=NOW)
    set_up(settings, "mail", "sms")
    crisis.post("/safety/checks/new/drill", DRILL)
    check = Check.objects.get()
    assert set(check.called.get(person=person).messages.values_list("route", flat=True)) == {"sms"}
    link, (reached, people) = f"/people/{person}", share(TODAY)
    places = ["/safety/unreached", f"/safety/checks/{check.pk}/reaching"]
    assert all(link not in page(crisis, path) for path in places)
    set_up(settings, "mail")
    assert share(TODAY) == (reached - 1, people) == FIGURES["reach"].read(TODAY)
    for path in places:
        assert link in page(crisis, path), path
        assert "SMS：送る先がまだ設定されていません。" in page(crisis, path)
    assert "SMSを送る先の設定を頼んでください" in page(crisis, places[0])
    look = crisis.post("/safety/checks/new/drill", {**DRILL, "sure": ""}).content.decode()
    assert f"<strong>{people - reached + 1}人</strong>には、届く見込みの経路がありません" in look


def test_the_share_that_can_be_reached_falls_with_a_bounce_and_rises_with_an_arrival(
    check: Check, crisis: Client, telephone: str, settings: Settings
) -> None:
    set_up(settings, "mail", "sms")
    reached, people = share(TODAY)
    assert FIGURES["reach"].read(TODAY) == (reached, people)
    own = Message.objects.filter(called__person=telephone)
    own.update(state="bounced", told_at=now(), trouble="戻りました")
    assert share(TODAY) == (reached - 1, people)
    assert f"/people/{telephone}" in page(crisis, "/safety/unreached")
    own.filter(route="sms").update(state="delivered", told_at=now() + timedelta(minutes=1))
    assert share(TODAY) == (reached, people)
    assert f"/people/{telephone}" not in page(crisis, "/safety/unreached")


def test_everybody_may_try_their_own_addresses_and_say_that_it_arrived(
    telephone: str, settings: Settings, signed_in: SignIn, tmp_path: Path
) -> None:
    settings.MEIBO_DATA = tmp_path
    own = signed_in("税務係", "060", purpose="")
    assert "090" not in page(own, "/safety/ways").split("<main")[1].split("</main")[0]
    assert "…7788" in page(own, "/safety/ways")
    gateway_set(settings)
    said = own.post("/safety/ways/try", follow=True).content.decode()
    assert "1つの宛先に送ります" in said
    assert "メールには送りません" in said
    assert "10分たってから" in own.post("/safety/ways/try", follow=True).content.decode()
    gateway = Gateway(good)
    with gateway_server(gateway) as url, mail_server(Postbox()):
        gateway_set(settings, url)
        assert running.once(now) == 1
    assert gateway.numbers == ["09000007788"]
    trial = Trial.objects.get(person=telephone, route="sms")
    assert trial.state == "sent"
    other = signed_in("戸籍係", "060", purpose="")
    assert other.post(f"/safety/ways/arrived/{trial.pk}").status_code == 404
    own.post(f"/safety/ways/arrived/{trial.pk}")
    trial.refresh_from_db()
    assert trial.state == "delivered"


def test_who_has_only_ways_that_nobody_carries_is_told_so_and_nothing_waits(
    telephone: str, settings: Settings, signed_in: SignIn
) -> None:
    settings.MEIBO_REACHING = Reaching("https://m.example", "a@m.example")
    own = signed_in("税務係", "060", purpose="")
    assert "送る先がまだ設定されていません" in page(own, "/safety/ways")
    said = own.post("/safety/ways/try", follow=True).content.decode()
    assert "送れません。メールとSMSを送る先が設定されていません" in said
    assert not Trial.objects.exists()


def test_of_a_check_that_has_ended_nothing_waits_any_more(
    check: Check, crisis: Client, settings: Settings
) -> None:
    set_up(settings, "mail")
    Message.objects.filter(route="sms").update(state="queued", sent_at=None)
    address = f"/safety/checks/{check.pk}/reaching"
    assert "送る前のまま待っています" in page(crisis, address)
    crisis.post(f"/safety/checks/{check.pk}/close")
    shown = page(crisis, address)
    assert "送る前のまま待っています" not in shown
    assert "まだ送っていなかった1通は、もう送りません（SMSは、送る先が設定されていません）" in shown
    assert 'data-label="送る前" class="nothing"' in shown
    assert 'data-label="送らない（回答済み・終了など）">1通' in shown


def test_others_have_no_business_with_messages(check: Check, signed_in: SignIn) -> None:
    other = signed_in("税務係", "050")
    for path in (f"checks/{check.pk}/reaching", "unreached"):
        assert other.get(f"/safety/{path}").status_code == 403
    assert other.post(f"/safety/checks/{check.pk}/resend").status_code == 403


def test_where_many_are_not_reached_the_reasons_are_counted_first(
    ward: Ward, crisis: Client, settings: Settings
) -> None:
    settings.MEIBO_REACHING = Reaching("https://m.example", "a@m.example")
    _, people = share(TODAY)
    assert share(TODAY) == (0, people)
    shown = page(crisis, "/safety/unreached")
    assert "<li>メール：送る先がまだ設定されていません。" in shown
    assert f"ほかに{people - 50}人います" in shown
