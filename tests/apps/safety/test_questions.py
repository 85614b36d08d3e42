"""What the engine of telegrams leaves to a person is asked on a page, once, and answered once."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from meibo.apps.safety.actions import deciding
from meibo.apps.safety.models import Alarmed, Bulletin, Check, Question
from meibo.config.clock import TOKYO
from meibo.platform.audit.actions import Actor
from meibo.platform.audit.models import AuditRecord
from meibo.platform.audit.router import DATABASE
from meibo.platform.telegrams.actions import follow, receive, tick
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import Ward
from tests.domain.telegram.made import quick

pytestmark = pytest.mark.django_db
SUNDAY = datetime(2026, 11, 22, 3, 18, tzinfo=TOKYO)
ACTOR = Actor("t.person")


@pytest.fixture
def crisis(ward: Ward, signed_in: SignIn) -> Client:
    return signed_in("防災計画係", "060", ("crisis",), purpose="")


@pytest.fixture
def other(ward: Ward, signed_in: SignIn) -> Client:
    return signed_in("税務係", "050", ("crisis",), purpose="")


def take(value: str, minutes: int = 0, event: str = "1", **about: str) -> None:
    """A telegram that comes in as it is reported."""
    now = SUNDAY + timedelta(minutes=minutes)
    data = quick({"350": value}, event=event, at=f"{now:%Y-%m-%dT%H:%M}", **about)
    receive(data, source="hand", name="a.xml", now=now)
    follow(now=now)


def aftershock() -> Question:
    """A check that runs, and a second quake that asks."""
    take("5+")
    take("5-", 30, event="2")
    return Question.objects.get(answer="")


def text(client: Client, path: str = "/safety/questions") -> str:
    page = client.get(path)
    assert page.status_code == 200, page.status_code
    return page.content.decode()


def press(client: Client, question: Question, deed: str, version: int | None = None) -> str:
    said = {deed: "1", "version": str(version or question.version)}
    return client.post(f"/safety/questions/{question.pk}", said, follow=True).content.decode()


def test_an_aftershock_is_asked_of_crisis_management_with_what_the_telegram_says(
    crisis: Client, ward: Ward
) -> None:
    question = aftershock()
    assert Check.objects.count() == 1
    page = text(crisis)
    assert "震度5弱" in page
    assert "見出し" in page
    assert "前の発報から24時間以内の地震です" in page
    assert "全職員" in page
    assert "自動で始まります" not in page
    assert "安否確認を始めるか、決めてください" in text(crisis, "/")
    assert "決めることが1件あります" in text(crisis, "/safety/checks")
    assert "決めることが1件あります" in text(crisis, f"/safety/checks/{Check.objects.get().pk}")
    assert question.until is None


def test_a_person_starts_it_and_what_comes_later_is_told_to_those_who_were_asked(
    crisis: Client,
) -> None:
    question = aftershock()
    page = press(crisis, question, "start")
    assert "安否確認を送り始めました" in page
    check = Check.objects.latest("pk")
    assert check.title == "震度5弱"
    assert check.started_by.startswith("t.")
    question.refresh_from_db()
    assert (question.answer, question.check_made_id) == ("started", check.pk)
    assert Alarmed.objects.get(event="2").check_asked_id == check.pk
    take("6-", 35, event="2")
    assert Check.objects.count() == 2
    assert Bulletin.objects.filter(check_asked=check).count() == 1
    assert not Question.objects.filter(answer="").exists()
    assert "始めることにした" in text(crisis, f"/safety/checks/{check.pk}/log")


def test_who_comes_second_is_told_who_was_quicker(crisis: Client, other: Client) -> None:
    question = aftershock()
    press(crisis, question, "start")
    page = press(other, question, "stop")
    assert "（防災計画係） が" in page
    assert "t.p0" not in page
    assert "「始める」を選びました" in page
    page = press(other, question, "start")
    assert "「始める」を選びました" in page
    assert Check.objects.count() == 2


def test_who_says_no_is_asked_again_only_when_it_gets_graver(crisis: Client) -> None:
    question = aftershock()
    assert "始めないことにしました" in press(crisis, question, "stop")
    assert Check.objects.count() == 1
    assert "決めることはありません" in text(crisis)
    assert "始めなかった" in text(crisis)
    take("5+", 32, event="2")
    again = Question.objects.get(answer="")
    assert again.pk != question.pk
    assert "震度5強" in text(crisis)


def test_a_start_that_is_held_back_can_be_stopped(crisis: Client) -> None:
    take("5-")
    question = Question.objects.get(answer="")
    assert question.until == SUNDAY + timedelta(seconds=60)
    assert "3時19分00秒" in text(crisis)
    assert "3:19:00に安否確認が始まります" in text(crisis, "/").replace("03:", "3:")
    press(crisis, question, "stop")
    assert tick(now=SUNDAY + timedelta(minutes=5)) == 0
    assert not Check.objects.exists()


def test_what_nobody_stops_starts_by_itself_and_the_question_says_so(crisis: Client) -> None:
    take("5-")
    question = Question.objects.get(answer="")
    assert tick(now=SUNDAY + timedelta(seconds=61)) == 1
    question.refresh_from_db()
    assert (question.answer, question.check_made_id) == ("itself", Check.objects.get().pk)
    assert "もう自動で始まりました" in press(crisis, question, "stop")
    assert "自動で始まった" in text(crisis)


def test_a_start_that_is_held_back_can_be_let_go_at_once_and_goes_once(crisis: Client) -> None:
    take("5-")
    press(crisis, Question.objects.get(answer=""), "start")
    assert Check.objects.count() == 1
    assert tick(now=SUNDAY + timedelta(minutes=5)) == 0
    assert Check.objects.count() == 1


def test_what_is_raised_while_it_is_held_back_or_asked_does_not_start_by_itself(
    crisis: Client,
) -> None:
    aftershock()
    take("5+", 31, event="2")  # as strong as the first, no stronger: still a person's matter
    assert Check.objects.count() == 1
    question = Question.objects.get(answer="")
    assert question.version == 2
    page = press(crisis, question, "start", version=1)
    assert "新しい電文が来ました" in page
    assert Check.objects.count() == 1
    assert "震度5強" in page


def test_an_event_that_was_only_told_of_does_not_start_when_it_is_raised(crisis: Client) -> None:
    take("4")
    take("4", 1, event="1", serial="2")
    assert not Check.objects.exists()
    assert not Question.objects.exists()


def test_what_is_taken_back_is_no_question_any_more(crisis: Client) -> None:
    question = aftershock()
    take("5-", 33, event="2", info="取消")
    question.refresh_from_db()
    assert question.answer == "gone"
    assert "この問いはもうありません" in press(crisis, question, "start")
    assert Check.objects.count() == 1


def test_both_answers_are_noted(crisis: Client) -> None:
    question = aftershock()
    deciding.decline(question.pk, question.version, actor=ACTOR, now=SUNDAY)
    said = AuditRecord.objects.using(DATABASE).latest("pk").detail
    assert "question-stop" in said


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30, "²"])
def test_a_version_that_is_none_decides_nothing(crisis: Client, version: str) -> None:
    question = aftershock()
    answer = crisis.post(f"/safety/questions/{question.pk}", {"start": "1", "version": version})
    assert answer.status_code == 409
    assert Check.objects.count() == 1


def test_nobody_else_is_asked(signed_in: SignIn, ward: Ward) -> None:
    question = aftershock()
    client = signed_in("税務係", "060")
    assert client.get("/safety/questions").status_code == 403
    assert client.post(f"/safety/questions/{question.pk}", {"start": "1"}).status_code == 403
    assert "決めてください" not in client.get("/").content.decode()
