"""Two events that turn out to be one have one question, or none where a check runs."""

from datetime import timedelta

import pytest
from django.test import Client

from meibo.apps.safety.models import Alarmed, Bulletin, Check, Notice, Question
from meibo.domain.telegram.codec import level_from_json
from meibo.platform.telegrams.actions import tick
from meibo.platform.telegrams.models import Decided
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import Ward
from tests.apps.safety.test_questions import SUNDAY, press, take, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def crisis(ward: Ward, signed_in: SignIn) -> Client:
    return signed_in("防災計画係", "060", ("crisis",), purpose="")


def two_questions() -> tuple[Question, Question]:
    """A check that runs for another event, and two aftershocks that ask."""
    take("6-")
    take("5-", 30, event="2")
    take("5+", 31, event="3")
    first, second = Question.objects.filter(answer="").order_by("pk")
    return first, second


def test_two_questions_become_one_that_asks_about_both(crisis: Client) -> None:
    first, second = two_questions()
    take("5+", 33, event="2 3", serial="2")
    (left,) = Question.objects.filter(answer="")
    second.refresh_from_db()
    assert left.pk == first.pk
    assert (second.answer, second.check_made_id) == ("joined", None)
    assert level_from_json(left.level).words == "震度5強"
    assert "一つでした" in left.reason
    assert left.version == first.version + 1
    assert "新しい電文が来ました" in press(crisis, left, "stop", version=first.version)
    assert "一つにしました" in press(crisis, second, "start")
    assert "ほかの問いと一つにした" in text(crisis)
    press(crisis, left, "start")
    check = Check.objects.latest("pk")
    assert Alarmed.objects.get(event=left.event).check_asked_id == check.pk
    take("6-", 40, event="3", serial="3")
    assert Bulletin.objects.filter(check_asked=check).count() == 1
    assert not Question.objects.filter(answer="").exists()


def test_where_a_check_runs_for_one_of_them_nothing_is_left_to_ask(crisis: Client) -> None:
    first, second = two_questions()
    press(crisis, second, "start")
    check = Check.objects.latest("pk")
    take("5+", 33, event="2 3", serial="2")
    first.refresh_from_db()
    assert (first.answer, first.check_made_id) == ("joined", check.pk)
    take("6-", 34, event="2", serial="3")
    assert Bulletin.objects.filter(check_asked=check).count() == 1
    assert Check.objects.count() == 2


def test_a_question_of_the_later_event_alone_goes_on_under_the_name_of_both(
    crisis: Client,
) -> None:
    first, second = two_questions()
    press(crisis, first, "stop")
    take("5+", 33, event="2 3", serial="2")
    second.refresh_from_db()
    assert (second.answer, second.event) == ("", first.event)
    press(crisis, second, "start")
    assert Check.objects.count() == 2
    assert tick(now=SUNDAY + timedelta(hours=2)) == 0


def test_a_start_that_waits_keeps_its_moment_when_it_is_joined(crisis: Client) -> None:
    take("5-")
    take("5-", event="2", serial="2")
    assert Question.objects.filter(answer="").count() == 2
    take("5-", event="1 2", serial="3")
    (left,) = Question.objects.filter(answer="")
    assert left.until == SUNDAY + timedelta(seconds=60)
    assert tick(now=SUNDAY + timedelta(seconds=61)) == 1
    left.refresh_from_db()
    assert left.answer == "itself"
    assert Check.objects.count() == 1


def test_that_they_were_joined_is_decided_once(crisis: Client) -> None:
    two_questions()
    told = Notice.objects.count()
    take("5+", 33, event="2 3", serial="2")
    take("5+", 34, event="2 3", serial="3")
    assert Decided.objects.filter(do="join").count() == 1
    assert Notice.objects.count() == told
