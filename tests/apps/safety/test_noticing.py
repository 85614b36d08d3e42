"""A question reaches the telephones of those on duty, once when it is asked and once when it has
ended."""

import email
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from meibo.apps.safety.actions import noticing
from meibo.apps.safety.actions.forgetting import forget
from meibo.apps.safety.actions.reaching import running
from meibo.apps.safety.actions.reaching.journal import Journal
from meibo.apps.safety.actions.reaching.keys import key_of
from meibo.apps.safety.models import Check, Notice, Question
from meibo.apps.safety.queries import watch
from meibo.config.clock import now
from meibo.domain.safety.gateways import Provider, Reaching
from meibo.domain.telegram.level import Rules
from meibo.domain.telegram.town_rules import rules_of
from meibo.ledger.writer import Batch, NewFiling, append
from meibo.platform.accounts.actions import open_account
from meibo.platform.telegrams import rules
from meibo.platform.telegrams.actions import tick
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import FIRST, NOW, Ward
from tests.apps.safety.push_receivers import push_service
from tests.apps.safety.receivers import Gateway, Postbox, gateway_server, good, mail_server
from tests.apps.safety.test_devices import registered
from tests.apps.safety.test_questions import SUNDAY, aftershock, press, take, text

pytestmark = pytest.mark.django_db
LINK = "https://meibo.example/safety/questions#question-"
BODY = '{"to": "{address}", "text": "{text}", "title": "{title}", "link": "{link}"}'


@pytest.fixture(autouse=True)
def _own_outbox(settings: Settings, tmp_path: Path) -> None:
    settings.MEIBO_DATA = tmp_path


@pytest.fixture
def crisis(ward: Ward) -> Client:
    """Of crisis management, with a mobile telephone besides the mail at work."""
    filed = json.dumps([{"kind": "携帯", "value": "090-0000-0001"}], ensure_ascii=False)
    filing = NewFiling(ward.first("防災計画係", "060"), "contacts", filed, FIRST, NOW)
    append(Batch(filings=[filing]), actor="test", now=NOW)
    person, before = ward.first("防災計画係", "060"), SUNDAY - timedelta(days=30)
    client = Client()
    client.force_login(
        open_account(f"t.{person}", None, person, ("crisis",), actor="test", now=before)
    )
    return client


def send(settings: Settings, *providers: Provider) -> None:
    settings.MEIBO_REACHING = Reaching("https://meibo.example", "a@b.example", providers)
    running.once(now)


def named(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    told, _ = rules.current()
    changed = Rules(told.place, told.rules, told.hours, tell=names)
    monkeypatch.setattr(rules, "current", lambda: (changed, []))


def body(letter: bytes) -> str:
    found = email.message_from_bytes(letter).get_payload(decode=True)
    assert isinstance(found, bytes)
    return found.decode()


def test_those_of_crisis_management_are_told_by_every_route_what_is_asked_and_where(
    crisis: Client, ward: Ward, settings: Settings
) -> None:
    question = aftershock()
    box, gateway = Postbox(), Gateway(good)
    with mail_server(box) as server, gateway_server(gateway) as sms:
        mail = Provider("smtp-1", "mail", server, parallel=1)
        send(settings, mail, Provider("sms", "sms", sms, BODY))
    person = ward.first("防災計画係", "060")
    assert {each.person for each in Notice.objects.all()} == {person}
    letters = [body(letter) for _, letter in box.letters if LINK in body(letter)]
    assert len(letters) == 1
    assert len(box.letters) > 10, "a check runs at the same time"
    assert LINK in body(box.letters[0][1]), "and the question goes before it"
    assert f"{LINK}{question.pk}" in letters[0]
    assert "安否確認を始めるか、始めないかを決めてください" in letters[0]
    assert "サインインが要ります" in letters[0]
    asked = [each for each in gateway.asked if LINK in each["text"]]
    assert [each["to"] for each in asked] == ["09000000001"]
    assert asked[0]["text"].startswith("【問い】震度5弱：安否確認を始めるか決めて")
    assert ward.names[person].split()[0] not in letters[0] + asked[0]["text"]


def test_a_device_is_woken_as_well(crisis: Client, settings: Settings) -> None:
    with push_service() as service:
        hosts = (f"http://127.0.0.1:{service.port}",)
        push = Provider("push", "push", "", hosts=hosts, parallel=1, timeout=5)
        settings.MEIBO_REACHING = Reaching("https://meibo.example", "a@b.example", (push,))
        device = registered(crisis, service)
        question = aftershock()
        send(settings, push)
        shown = [json.loads(device.opened(content)) for *_, content in service.taken]
    told = [each for each in shown if each["link"] == f"{LINK}{question.pk}"]
    assert [each["title"] for each in told] == ["【電文からの問い】震度5弱：安否確認を始めますか"]
    assert "前の発報から24時間以内の地震です" in told[0]["body"]


def test_it_is_told_once_and_its_end_once_however_often_telegrams_come(
    crisis: Client, settings: Settings
) -> None:
    question = aftershock()
    asked = Notice.objects.count()
    take("5+", 31, event="2")
    assert Question.objects.get(answer="").version == 2
    assert Notice.objects.count() == asked
    box = Postbox()
    with mail_server(box) as server:
        send(settings, Provider("smtp-1", "mail", server, parallel=1))
        press(crisis, Question.objects.get(answer=""), "stop")
        running.once(now)
    told = [body(letter) for _, letter in box.letters if LINK in body(letter)]
    assert len(told) == 2
    assert "安否確認は始めません" in told[1]
    assert "t." not in told[1].replace("https", "")
    ended = Notice.objects.filter(question=question, ended=True)
    assert ended.count() == asked


def test_a_start_that_waits_is_told_with_its_moment_and_that_it_went_by_itself(
    crisis: Client, settings: Settings
) -> None:
    box = Postbox()
    take("5-")
    with mail_server(box) as server:
        send(settings, Provider("smtp-1", "mail", server, parallel=1))
        assert "03:19:00に、安否確認がひとりでに始まります" in body(box.letters[0][1])
        tick(now=SUNDAY + timedelta(seconds=61))
        running.once(now)
    told = [body(letter) for _, letter in box.letters if LINK in body(letter)]
    assert ["自動で始まりました" in each for each in told] == [False, True]


def test_whoever_was_not_told_yet_is_not_told_of_its_end_either(
    crisis: Client, settings: Settings
) -> None:
    aftershock()
    take("5-", 33, event="2", info="取消")
    box = Postbox()
    with mail_server(box) as server:
        send(settings, Provider("smtp-1", "mail", server, parallel=1))
    assert not [letter for _, letter in box.letters if LINK in body(letter)]
    assert set(Notice.objects.values_list("state", "ended")) == {("dropped", False)}


def test_the_list_of_the_town_goes_before_the_duty_and_never_leads_to_nobody(
    crisis: Client, ward: Ward, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    duty, other = ward.first("防災計画係", "060"), ward.first("税務係", "050")
    signed_in("税務係", "050", purpose="")
    assert watch.watch(NOW.date()) == [duty]
    named(monkeypatch, f"t.{other}", "nobody.here")
    assert watch.watch(NOW.date()) == [other]
    assert "nobody.here" in text(crisis)
    named(monkeypatch, "nobody.here")
    assert watch.watch(NOW.date()) == [duty]


def test_who_is_on_leave_is_let_sleep_unless_there_is_nobody_else(
    crisis: Client, ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    duty, other = ward.first("防災計画係", "060"), ward.first("税務係", "050")
    open_account("t.other", None, other, actor="test", now=NOW)
    open_account("t.duty", None, duty, actor="test", now=NOW)
    named(monkeypatch, "t.other", "t.duty")
    away = {duty}

    def states(_on: object, *, ids: list[str]) -> dict[str, dict[str, object]]:
        return {person: {"leave": "2"} if person in away else {} for person in ids}

    monkeypatch.setattr(watch, "states_on", states)
    assert watch.watch(NOW.date()) == [other]
    away.add(other)
    assert set(watch.watch(NOW.date())) == {duty, other}


def test_that_those_on_duty_were_told_stands_in_the_record_of_the_event(crisis: Client) -> None:
    press(crisis, aftershock(), "start")
    check = Check.objects.latest("pk")
    assert "担当1人の宛先に知らせた" in text(crisis, f"/safety/checks/{check.pk}/log")


def test_the_page_says_who_is_told_and_how_far_it_has_come(
    crisis: Client, ward: Ward, settings: Settings
) -> None:
    settings.MEIBO_REACHING = Reaching("https://meibo.example", "a@b.example")
    aftershock()
    page = text(crisis)
    assert "まだだれにも渡せていません" in page
    assert "メール・SMSは送る先が設定されていません" in page
    with mail_server(Postbox()) as server:
        send(settings, Provider("smtp-1", "mail", server, parallel=1))
    page = text(crisis)
    assert "1人に渡しました" in page
    assert "</span> メール <span" in page
    assert "SMSは送る先が設定されていません" in page


def test_a_question_of_which_nobody_can_be_told_is_asked_all_the_same_and_says_so(
    ward: Ward, signed_in: SignIn
) -> None:
    client = signed_in("", "", ("crisis",), purpose="")
    aftershock()
    page = text(client)
    assert "だれの電話にも知らせていません" in page
    assert "知らせる職員がいません" in page


def test_that_nobody_can_be_told_undoes_no_alarm(
    crisis: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object, **__: object) -> None:
        raise RuntimeError("no keys")

    monkeypatch.setattr(noticing, "routes_of", breaks)
    take("5-")
    assert tick(now=SUNDAY + timedelta(seconds=61)) == 1
    assert Check.objects.count() == 1
    assert not Notice.objects.exists()


def test_a_notice_that_was_out_of_hand_when_its_sender_was_killed_is_not_left_behind(
    crisis: Client, settings: Settings, tmp_path: Path
) -> None:
    aftershock()
    notice = Notice.objects.filter(route="mail").get()
    Notice.objects.filter(pk=notice.pk).update(state="sending")
    key = key_of(Notice, notice.pk)
    journal = Journal(tmp_path / "outbox", "mail")
    journal.lay([key])
    journal.begin(key)
    journal.close()
    box = Postbox()
    with mail_server(box) as server:
        send(settings, Provider("smtp-1", "mail", server, parallel=1))
    assert len([1 for _, letter in box.letters if LINK in body(letter)]) == 1
    notice.refresh_from_db()
    assert (notice.state, notice.lost) == ("sent", 1)


def test_notices_go_with_the_record_of_their_person(crisis: Client, ward: Ward) -> None:
    aftershock()
    assert Notice.objects.exists()
    forget(ward.first("防災計画係", "060"), None)
    assert not Notice.objects.exists()


@pytest.mark.parametrize("told", ["tanaka", [1], [""], {"a": 1}])
def test_a_list_that_is_none_is_told_and_means_everybody(told: Any) -> None:
    found, wrong = rules_of({"questions": {"tell": told}}, lambda _: False)
    assert found.tell == ()
    assert any("tell は" in line for line in wrong)
