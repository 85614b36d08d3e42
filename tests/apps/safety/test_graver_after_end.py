"""What gets graver after its check was ended is asked about anew, or a person is asked."""

from datetime import timedelta

import pytest
from django.test import Client

from meibo.apps.safety.actions import starting
from meibo.apps.safety.models import Alarmed, Check, Notice, Question
from meibo.domain.telegram.level import Answer, Rule, Rules
from meibo.domain.telegram.scale import Intensity
from meibo.platform.accounts.actions import open_account
from meibo.platform.audit.actions import Actor
from meibo.platform.telegrams import rules
from meibo.platform.telegrams.actions import follow, receive
from tests.apps.directory.ward import Ward
from tests.apps.safety.test_questions import SUNDAY, press, take, text
from tests.domain.telegram.made import quick

pytestmark = pytest.mark.django_db


@pytest.fixture
def crisis(ward: Ward) -> Client:
    person, before = ward.first("防災計画係", "060"), SUNDAY - timedelta(days=30)
    client = Client()
    client.force_login(
        open_account(f"t.{person}", None, person, ("crisis",), actor="test", now=before)
    )
    return client


def ended(value: str = "5+") -> Check:
    """A check that a telegram started and a person ended."""
    take(value)
    check = Check.objects.get()
    now = SUNDAY + timedelta(minutes=10)
    assert starting.close(check, actor=Actor("t.boss"), now=now)
    return check


def with_rules(monkeypatch: pytest.MonkeyPatch, *own: Rule) -> None:
    changed = Rules(rules.current()[0].place, own)
    monkeypatch.setattr(rules, "current", lambda: (changed, []))


def test_what_the_rule_would_start_at_once_starts_again(crisis: Client) -> None:
    old = ended()
    take("6-", 20, serial="2")
    new = Check.objects.exclude(pk=old.pk).get()
    assert new.title == "震度6弱"
    assert new.called.count() == old.called.count()
    assert Alarmed.objects.get().check_asked_id == new.pk
    assert not Question.objects.exists()
    take("6+", 25, serial="3")
    assert Check.objects.count() == 2
    assert new.bulletins.count() == 1


def test_where_the_rule_waits_a_person_is_asked_and_told_on_their_telephone(
    crisis: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    wait = timedelta(seconds=60)
    with_rules(
        monkeypatch,
        Rule(Answer.START, intensity=Intensity.FIVE_UPPER),
        Rule(Answer.ASK, intensity=Intensity.FIVE_LOWER),
    )
    old = ended()
    with_rules(monkeypatch, Rule(Answer.START, intensity=Intensity.FIVE_LOWER, wait=wait))
    take("6-", 20, serial="2")
    question = Question.objects.get()
    assert "もう終わっています" in question.reason
    assert Check.objects.count() == 1
    assert Notice.objects.filter(question=question).exists()
    assert "震度6弱：安否確認を始めるか、決めてください" in text(crisis, "/")
    press(crisis, question, "start")
    new = Check.objects.exclude(pk=old.pk).get()
    assert Alarmed.objects.get().check_asked_id == new.pk


def test_a_telegram_that_comes_in_late_asks_a_person(crisis: Client) -> None:
    ended()
    moment = SUNDAY + timedelta(minutes=20)
    data = quick({"350": "6-"}, event="1", at=f"{moment:%Y-%m-%dT%H:%M}", serial="2")
    late = moment + timedelta(hours=4)
    receive(data, source="hand", name="a.xml", now=late)
    follow(now=late)
    assert Check.objects.count() == 1
    assert "発表から時間が経って" in Question.objects.get(answer="").reason


def test_what_is_no_graver_than_was_asked_about_asks_nobody_again(crisis: Client) -> None:
    ended()
    take("4", 15, serial="2", info="訂正")
    take("5+", 20, serial="3")
    assert Check.objects.count() == 1
    assert not Question.objects.exists()


def test_a_title_that_the_telegram_gave_follows_the_strongest_and_one_of_a_person_stays(
    crisis: Client,
) -> None:
    take("5+")
    check = Check.objects.get()
    take("6-", 2, serial="2")
    check.refresh_from_db()
    assert check.title == "震度6弱"
    take("5+", 4, serial="3", info="訂正")
    check.refresh_from_db()
    assert check.title == "震度5強（訂正）"
    Check.objects.update(title="地震")
    take("7", 6, serial="4")
    check.refresh_from_db()
    assert check.title == "地震"
