"""A telegram that would start a check while one runs joins it, or a person is asked."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from meibo.apps.safety.actions import starting
from meibo.apps.safety.actions.alarming import PATIENCE, begin_due, receive
from meibo.apps.safety.actions.starting import Wanted
from meibo.apps.safety.models import Alarmed, Check, Question
from meibo.apps.safety.queries.beside import FRESH
from meibo.apps.safety.queries.targets import Target, targeted
from meibo.config.clock import now
from meibo.domain.telegram.codec import level_from_json
from meibo.domain.telegram.events import Do
from meibo.platform.audit.actions import Actor
from meibo.platform.emergency.models import Kind
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import TODAY, Ward
from tests.apps.safety.test_alarming import handed
from tests.apps.safety.test_questions import SUNDAY, press, take, text

pytestmark = pytest.mark.django_db
ACTOR = Actor("t.boss")


@pytest.fixture
def crisis(ward: Ward, signed_in: SignIn) -> Client:
    return signed_in("防災計画係", "060", ("crisis",), purpose="")


def by_hand(
    kind: Kind = Kind.DISASTER, people: tuple[str, ...] = (), at: datetime = SUNDAY
) -> Check:
    wanted = Wanted(kind, "地震", "安否を。", Target(people=people))
    return starting.start(wanted, actor=ACTOR, now=at - timedelta(minutes=10))


def few(ward: Ward) -> tuple[str, ...]:
    return (ward.first("税務係", "060"), ward.first("税務係", "050"))


def test_an_event_joins_the_check_that_asks_everybody_already(crisis: Client) -> None:
    check = by_hand()
    take("5+")
    assert Check.objects.count() == 1
    assert Alarmed.objects.get().check_asked_id == check.pk
    told = check.bulletins.get()
    assert "震度5強" in told.text
    assert "この安否確認で続けます" in told.text
    assert "配備態勢：第3次配備（非常）" in told.text
    assert "自動参集：" in told.text
    check.refresh_from_db()
    assert level_from_json(check.level).words == "震度5強"
    assert check.title == "地震"
    assert "電文：震度5強" in text(crisis, f"/safety/checks/{check.pk}")
    take("6-", 3, serial="2")
    assert Check.objects.count() == 1
    assert "第4次配備" in check.bulletins.all()[0].text


@pytest.mark.parametrize("kind", [Kind.DRILL])
def test_a_drill_is_no_check_to_join(crisis: Client, kind: Kind) -> None:
    by_hand(kind)
    take("5+")
    assert Check.objects.filter(kind=Kind.DISASTER).count() == 1


def test_answers_of_hours_ago_say_nothing_so_all_are_asked_anew(crisis: Client) -> None:
    by_hand(at=SUNDAY - FRESH)
    take("5+")
    assert Check.objects.count() == 2


def test_where_the_running_one_asks_fewer_a_person_may_add_and_the_others_are_asked_there(
    crisis: Client, ward: Ward
) -> None:
    check = by_hand(people=few(ward))
    take("5+")
    assert Check.objects.count() == 1
    question = Question.objects.get()
    assert "聞いていない職員が" in question.reason
    assert question.until == SUNDAY + PATIENCE
    # The page stands later than the telegram: the running check has to be of its hour.
    Check.objects.update(started_at=now())
    assert "「地震」に加える" in text(crisis)
    said = {"add": str(check.pk), "version": str(question.version)}
    crisis.post(f"/safety/questions/{question.pk}", said)
    assert Check.objects.count() == 1
    assert check.called.count() > len(few(ward))
    assert Alarmed.objects.get().check_asked_id == check.pk
    question.refresh_from_db()
    assert question.answer == Question.ADDED
    assert "聞いていない職員" not in check.bulletins.get().text
    assert begin_due(now=SUNDAY + PATIENCE) == 0


def test_where_nobody_answers_in_time_all_are_asked_and_a_later_telegram_holds_that_up_not(
    crisis: Client, ward: Ward
) -> None:
    by_hand(people=few(ward))
    take("5+")
    take("6-", 2, serial="2")
    assert begin_due(now=SUNDAY + PATIENCE - timedelta(seconds=1)) == 0
    assert begin_due(now=SUNDAY + PATIENCE) == 1
    assert begin_due(now=SUNDAY + PATIENCE) == 0
    new = Check.objects.latest("pk")
    assert new.title == "震度6弱"
    assert Question.objects.get().answer == Question.ITSELF


def test_when_it_gets_graver_those_whom_the_level_calls_by_now_are_asked_too(
    crisis: Client, ward: Ward
) -> None:
    check = by_hand(people=few(ward))
    Alarmed.objects.create(event="20261124100000", check_asked=check)
    receive(handed(Do.RAISE))
    assert check.called.count() == len(targeted(Target(), TODAY))
    assert Check.objects.count() == 1


def test_who_says_start_gets_a_check_of_its_own(crisis: Client, ward: Ward) -> None:
    by_hand(people=few(ward))
    take("5+")
    press(crisis, Question.objects.get(), "start")
    assert Check.objects.count() == 2


def test_who_says_no_is_not_overruled_by_the_clock(crisis: Client, ward: Ward) -> None:
    by_hand(people=few(ward))
    take("5+")
    press(crisis, Question.objects.get(), "stop")
    assert begin_due(now=SUNDAY + PATIENCE * 2) == 0
    assert Check.objects.count() == 1


def test_who_asks_for_a_check_that_has_ended_is_told(crisis: Client, ward: Ward) -> None:
    check = by_hand(people=few(ward))
    take("5+")
    question = Question.objects.get()
    starting.close(check, actor=ACTOR, now=SUNDAY)
    said = {"add": str(check.pk), "version": str(question.version)}
    page = crisis.post(f"/safety/questions/{question.pk}", said)
    assert page.status_code == 409
    assert "もう終わりました" in page.content.decode()
    assert Question.objects.get().answer == ""
