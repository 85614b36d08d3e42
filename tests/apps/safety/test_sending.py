"""Out of the outbox, to carriers that are real, and some of which are not to be trusted."""

import base64
import email
import email.header
import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from meibo.apps.safety.actions.answering import Given, answer
from meibo.apps.safety.actions.reaching import running, steps
from meibo.apps.safety.actions.reaching.journal import Busy, Journal
from meibo.apps.safety.actions.reaching.keys import key_of
from meibo.apps.safety.actions.reaching.sender import Sender
from meibo.apps.safety.models import Called, Check, Message
from meibo.config.clock import now
from meibo.domain.safety.gateways import Provider, Reaching
from meibo.ledger.writer import Batch, NewFiling, append
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import FIRST, NOW, Ward
from tests.apps.safety.receivers import Gateway, Postbox, gateway_server, good, mail_server

BODY = '{"to": "{address}", "text": "{text}", "ref": "{key}"}'
DRILL = {"kind": "drill", "title": "訓練", "message": "これは訓練です。", "sure": "1"}
SLOW = 0.4


def mail(url: str, name: str = "smtp-1") -> Provider:
    return Provider(name, "mail", url, parallel=1)


def sms(url: str, name: str = "sms-a", timeout: float = 5) -> Provider:
    headers = {"Authorization": "Bearer {token}"}
    return Provider(
        name, "sms", url, BODY, headers, token="zq-secret", reference="id", timeout=timeout
    )


@pytest.fixture
def check(ward: Ward, signed_in: SignIn) -> Check:
    """A drill of everybody; two people have a telephone as well."""
    for place, unit in enumerate(("税務係", "戸籍係")):
        number = [{"kind": "携帯", "value": f"090-0000-000{place}"}]
        filed = json.dumps(number, ensure_ascii=False)
        filing = NewFiling(ward.first(unit, "060"), "contacts", filed, FIRST, NOW)
        append(Batch(filings=[filing]), actor="test", now=NOW)
    client: Client = signed_in("防災計画係", "060", ("crisis",), purpose="")
    client.post("/safety/checks/new/drill", DRILL)
    return Check.objects.get()


@pytest.fixture(autouse=True)
def _own_outbox(settings: Settings, tmp_path: Path) -> None:
    settings.MEIBO_DATA = tmp_path


def send(settings: Settings, *providers: Provider, **more: object) -> int:
    settings.MEIBO_REACHING = Reaching(
        public_url="https://meibo.example",
        mail_from="anpi@meibo.example",
        providers=providers,
        **more,  # type: ignore[arg-type]  # whatever the test sets
    )
    return running.once(now)


def states(route: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for state in Message.objects.filter(route=route).values_list("state", flat=True):
        found[state] = found.get(state, 0) + 1
    return found


def test_everybody_gets_one_mail_over_one_connection_and_the_link_in_it_answers(
    check: Check, settings: Settings, client: Client
) -> None:
    box = Postbox()
    with mail_server(box) as url:
        count = send(settings, mail(url))
    mails = Message.objects.filter(route="mail")
    assert (count, states("mail")) == (mails.count(), {"sent": mails.count()})
    assert len(set(box.addresses)) == len(box.addresses) == count
    assert box.connections == 1
    letter = email.message_from_bytes(box.letters[0][1])
    subject = "".join(
        part.decode(code or "ascii") if isinstance(part, bytes) else part
        for part, code in email.header.decode_header(letter["Subject"])
    )
    assert subject == "【訓練】【安否確認】訓練"
    text = base64.b64decode(letter.get_payload()).decode()
    link = text.split("https://meibo.example")[1].split()[0]
    assert client.post(link, {"sheet": "1", "status": "safe"}).status_code == 200
    assert Called.objects.exclude(answered_at=None).count() == 1


@pytest.mark.parametrize("pipelining", [True, False])
def test_who_is_refused_is_told_apart_from_who_is_asked_to_wait(
    check: Check, settings: Settings, *, pipelining: bool
) -> None:
    wanted = iter(["550 5.1.1 unknown", "450 4.2.1 greylisted"])
    box = Postbox(judge=lambda _: next(wanted, "250 ok"), pipelining=pipelining)
    with mail_server(box) as url:
        send(settings, mail(url))
    refused = Message.objects.get(route="mail", state="refused")
    assert "届出を直して" in refused.trouble
    again = Message.objects.get(route="mail", state="queued")
    assert again.due_at > now()
    assert len(box.letters) == Message.objects.filter(route="mail").count() - 2
    assert box.connections == 1


def test_a_server_that_is_gone_costs_no_message_and_the_second_takes_over(
    check: Check, settings: Settings
) -> None:
    with mail_server(Postbox()) as gone:
        pass
    send(settings, mail(gone))
    first = Message.objects.filter(route="mail")
    assert set(first.values_list("state", "tries")) == {("queued", 0)}
    first.update(due_at=now())
    box = Postbox()
    with mail_server(box) as url:
        send(settings, mail(gone), mail(url, "smtp-2"))
    assert states("mail") == {"sent": first.count()}
    assert set(first.values_list("provider", flat=True)) == {"smtp-2"}


def test_a_gateway_gets_a_short_text_its_secret_and_the_same_key_every_time(
    check: Check, settings: Settings
) -> None:
    gateway = Gateway(good)
    with gateway_server(gateway) as url:
        send(settings, sms(url))
    assert sorted(gateway.numbers) == ["09000000000", "09000000001"]
    text = gateway.asked[0]["text"]
    assert text.startswith("【訓練】訓練\nhttps://meibo.example/a/")
    assert len(text) <= 70
    assert gateway.headers[0]["Authorization"] == "Bearer zq-secret"
    keys = {key_of(Message, each.pk) for each in Message.objects.filter(route="sms")}
    assert {each["ref"] for each in gateway.asked} == keys
    assert set(Message.objects.filter(route="sms").values_list("reference", flat=True)) == {
        "g-09000000000",
        "g-09000000001",
    }


def test_a_gateway_that_refuses_is_believed(check: Check, settings: Settings) -> None:
    with gateway_server(Gateway(lambda _: (422, "{}", 0))) as url:
        send(settings, sms(url))
    assert states("sms") == {"refused": 2}


@pytest.mark.parametrize("lie", ["", "{}", "OK", '{"id": ""}', '{"id": null}', "[]"])
def test_a_gateway_that_says_yes_and_names_no_message_is_not_believed(
    check: Check, settings: Settings, lie: str
) -> None:
    with gateway_server(Gateway(lambda _: (200, lie, 0))) as url:
        send(settings, sms(url))
    assert states("sms") == {"queued": 2}
    message = Message.objects.filter(route="sms")[0]
    assert "番号がありません" in message.trouble


def test_a_gateway_that_stalls_is_left_for_the_second_and_nobody_gets_a_third(
    check: Check, settings: Settings
) -> None:
    stalls = Gateway(lambda asked: (*good(asked)[:2], 2.0))
    other = Gateway(good)
    with gateway_server(stalls) as slow, gateway_server(other) as quick:
        send(settings, sms(slow, timeout=SLOW), sms(quick, "sms-b"))
        assert states("sms") == {"sent": 2}
        assert sorted(stalls.numbers) == sorted(other.numbers)
    assert set(Message.objects.filter(route="sms").values_list("provider", "lost")) == {
        ("sms-b", 1)
    }


def test_without_an_answer_a_message_goes_out_twice_and_then_somebody_is_told(
    check: Check, settings: Settings
) -> None:
    stalls = Gateway(lambda asked: (*good(asked)[:2], 2.0))
    with gateway_server(stalls) as url:
        for _ in range(4):
            send(settings, sms(url, timeout=SLOW))
            Message.objects.filter(state="queued").update(due_at=now())
    assert states("sms") == {"failed": 2}
    assert len(stalls.asked) == 4
    assert "届いたかもしれません" in Message.objects.filter(route="sms")[0].trouble


def test_who_has_answered_is_left_in_peace_and_so_is_everybody_when_it_is_over(
    check: Check, settings: Settings
) -> None:
    called = check.called.filter(messages__route="mail").first()
    assert called is not None
    answer(called, Given(now(), "safe"))
    box = Postbox()
    with mail_server(box) as url:
        send(settings, mail(url))
        assert set(called.messages.values_list("state", flat=True)) <= {"dropped", "queued"}
        assert len(box.letters) == Message.objects.filter(route="mail").count() - 1
    check.closed_at = now()
    check.save()
    gateway = Gateway(good)
    with gateway_server(gateway) as url:
        send(settings, sms(url))
    assert not gateway.asked
    assert states("sms") == {"dropped": 2}


def test_a_route_has_one_sender_at_a_time(check: Check, settings: Settings, tmp_path: Path) -> None:
    box = Postbox()
    with mail_server(box) as url:
        reaching = Reaching("https://m.example", "a@m.example", (mail(url),))
        other = Sender("mail", reaching, tmp_path / "outbox")
        with pytest.raises(Busy):
            Journal(tmp_path / "outbox", "mail")
        assert send(settings, mail(url)) == 0
        other.close()
        assert send(settings, mail(url)) == len(box.letters) > 10


def test_what_a_killed_sender_had_handed_over_is_not_sent_again(
    check: Check, settings: Settings, tmp_path: Path
) -> None:
    mails = Message.objects.filter(route="mail").order_by("pk")
    first, second = mails[0], mails[1]
    mails.filter(pk__in=[first.pk, second.pk]).update(state="sending", tries=1)
    journal = Journal(tmp_path / "outbox", "mail")
    journal.lay([key_of(Message, first.pk), key_of(Message, second.pk)])
    journal.begin(key_of(Message, first.pk))
    journal.done(key_of(Message, first.pk), "smtp-1", "")
    journal.close()
    box = Postbox()
    with mail_server(box) as url:
        send(settings, mail(url))
    assert len(box.letters) == mails.count() - 1
    assert states("mail") == {"sent": mails.count()}


@pytest.fixture
def later() -> datetime:
    return now() + timedelta(minutes=11)


def test_who_does_not_answer_is_asked_again_once_a_step_and_only_by_addresses_that_live(
    check: Check, settings: Settings, later: datetime
) -> None:
    box = Postbox()
    with mail_server(box) as url:
        send(settings, mail(url))
    sent = len(box.letters)
    quiet = check.called.filter(messages__route="mail")
    one, two = quiet[0], quiet[1]
    answer(one, Given(now(), "safe"))
    two.messages.filter(route="mail").update(state="bounced", told_at=now(), trouble="x")
    reaching = Reaching(resend=(10, 30))
    assert steps.due(reaching, now()) == 0
    made = steps.due(reaching, later)
    again = Message.objects.filter(step=1, route="mail")
    assert again.count() == made == sent - 2
    assert not again.filter(called__in=[one, two]).exists()
    assert steps.due(reaching, later) == 0
    assert steps.due(Reaching(resend=(10, 30), automatic=False), later + timedelta(hours=1)) == 0


def test_sms_waits_for_the_mail_to_be_answered_where_the_town_says_so(
    ward: Ward, settings: Settings, request: pytest.FixtureRequest
) -> None:
    settings.MEIBO_REACHING = Reaching(waits={"sms": 3})
    request.getfixturevalue("check")
    called = Called.objects.filter(messages__route="sms")[0]
    due = dict(called.messages.values_list("route", "due_at"))
    assert due["sms"] - due["mail"] == timedelta(minutes=3)
