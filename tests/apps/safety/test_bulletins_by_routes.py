"""An instruction goes to everybody's addresses as well, once, out of the same durable outbox."""

import base64
import email
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from meibo.apps.safety.actions import mustering, starting
from meibo.apps.safety.actions.alarming import receive
from meibo.apps.safety.actions.answering import Given, answer
from meibo.apps.safety.actions.reaching import steps
from meibo.apps.safety.models import Bulletin, Called, Check, Message
from meibo.apps.safety.queries import learning
from meibo.apps.safety.queries.ending import last_look
from meibo.config.clock import now
from meibo.domain.telegram.events import Do
from meibo.platform.audit.actions import Actor
from tests.apps.directory.conftest import SignIn
from tests.apps.safety.receivers import Gateway, Postbox, gateway_server, good, mail_server
from tests.apps.safety.test_alarming import handed
from tests.apps.safety.test_recovering import killed
from tests.apps.safety.test_sending import check, mail, send, sms

__all__ = ["check"]
ACTOR = Actor("t.boss")


@pytest.fixture(autouse=True)
def _own_outbox(settings: Settings, tmp_path: Path) -> None:
    settings.MEIBO_DATA = tmp_path


@pytest.fixture
def asked(check: Check, settings: Settings) -> Check:
    """Everybody has the question itself already."""
    with mail_server(Postbox()) as url, gateway_server(Gateway(good)) as web:
        send(settings, mail(url), sms(web))
    return check


def told(check: Check, text: str = "本庁舎の3階へ集まってください。") -> Bulletin:
    return mustering.instruct(check, text, routes=True, actor=ACTOR, now=now())


def of_bulletins(**about: object) -> int:
    return Message.objects.filter(bulletin__isnull=False, **about).count()


def delivered(settings: Settings) -> Postbox:
    box = Postbox()
    with mail_server(box) as url, gateway_server(Gateway(good)) as web:
        send(settings, mail(url), sms(web))
    return box


def test_it_goes_once_to_everybody_and_leads_to_the_page_of_the_answer(
    asked: Check, settings: Settings, client: Client
) -> None:
    first = asked.called.order_by("pk")[0]
    answer(first, Given(now(), "safe", "now"))  # who has answered is told as well
    told(asked)
    box = delivered(settings)
    mails = Message.objects.filter(route="mail", bulletin__isnull=False)
    assert len(box.letters) == len(set(box.addresses)) == mails.count() == asked.called.count()
    assert of_bulletins(state="sent") == of_bulletins()
    letter = email.message_from_bytes(box.letters[0][1])
    text = base64.b64decode(letter.get_payload()).decode()
    assert text.startswith("【訓練】本庁舎の3階へ集まってください。")
    link = text.split("https://meibo.example")[1].split()[0]
    assert client.post(link, {"sheet": "1", "status": "safe"}).status_code == 200
    assert len(delivered(settings).letters) == 0


def test_without_the_choice_nothing_is_sent(asked: Check) -> None:
    mustering.instruct(asked, "本庁舎へ", actor=ACTOR, now=now())
    assert of_bulletins() == 0


def test_who_has_read_it_meanwhile_and_who_is_asked_no_more_gets_none(
    asked: Check, settings: Settings
) -> None:
    bulletin = told(asked)
    reader = asked.called.order_by("pk")[0]
    mustering.read(bulletin, reader, now=now())
    assert len(delivered(settings).letters) == asked.called.count() - 1
    told(asked)
    starting.close(asked, actor=ACTOR, now=now())
    assert len(delivered(settings).letters) == 0


def test_a_killed_sender_brings_nobody_more_than_one_twice(
    asked: Check, settings: Settings, tmp_path: Path
) -> None:
    told(asked)
    called = Called.objects.filter(messages__route="sms")[0]
    own = called.messages.filter(bulletin__isnull=False)
    by_mail, by_sms = own.get(route="mail"), own.get(route="sms")
    killed(tmp_path / "outbox", by_mail)
    killed(tmp_path / "outbox", by_sms)
    by_mail.refresh_from_db()
    by_sms.refresh_from_db()
    assert (by_mail.state, by_sms.state) == ("queued", "failed")
    box = delivered(settings)
    assert len(box.letters) == asked.called.count()


def test_it_neither_holds_up_nor_counts_as_the_question(asked: Check) -> None:
    before = learning.report(asked).whole
    told(asked)
    assert last_look(asked).waiting == of_bulletins()
    after = learning.report(asked).whole
    assert (before.sent, before.reached) == (after.sent, after.reached)
    quiet = asked.called.filter(answered_at=None)
    made = steps.resend(asked, actor=ACTOR, now=now())
    assert made >= quiet.count()
    again = Message.objects.filter(step=1, bulletin=None)
    assert again.count() == made


@pytest.mark.parametrize(
    ("do", "sent"), [(Do.RAISE, True), (Do.CORRECT, True), (Do.CANCEL, True), (Do.EASE, False)]
)
def test_what_a_telegram_raises_corrects_or_takes_back_goes_out_by_itself(
    check: Check, do: Do, *, sent: bool
) -> None:
    receive(handed(Do.START))
    receive(handed(do))
    assert (of_bulletins() > 0) is sent
    assert Bulletin.objects.get().by_routes is sent


def test_it_is_a_choice_at_writing_and_the_list_says_how_far_it_came(
    asked: Check, settings: Settings, signed_in: SignIn
) -> None:
    crisis = signed_in("防災計画係", "050", ("crisis",), purpose="")
    path = f"/safety/checks/{asked.pk}/bulletins"
    assert "メールなどの経路でも送る" in crisis.get(path).content.decode()
    crisis.post(path, {"text": "本庁舎へ", "routes": "on", "sure": "1"})
    delivered(settings)
    page = crisis.get(path).content.decode()
    assert f"経路で渡した人 {asked.called.count()}人" in page
    log = crisis.get(f"/safety/checks/{asked.pk}/log").content.decode()
    assert "指示の送信" in log
