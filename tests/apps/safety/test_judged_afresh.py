"""A question that was asked because of a false alarm is judged as if that had never been."""

from datetime import timedelta

import pytest
from django.test import Client

from meibo.apps.safety.models import Check, Notice, Question
from meibo.platform.telegrams.actions import tick
from tests.apps.safety.test_noticing import crisis
from tests.apps.safety.test_questions import SUNDAY, aftershock, press, take, text

__all__ = ["crisis"]
pytestmark = pytest.mark.django_db


def test_it_starts_by_itself_when_the_first_is_cancelled(crisis: Client) -> None:
    take("5+")
    take("5+", 30, event="2")
    question = Question.objects.get(answer="")
    take("5+", 35, info="取消")
    question.refresh_from_db()
    assert question.answer == Question.ITSELF
    check = Check.objects.latest("pk")
    assert question.check_made_id == check.pk
    assert check.title == "震度5強"
    assert check.bulletins.count() == 0
    assert Check.objects.earliest("pk").title == "震度5強（取消）"


def test_where_the_towns_rule_waits_those_on_duty_are_told_again_with_the_moment(
    crisis: Client,
) -> None:
    question = aftershock()
    before = Notice.objects.count()
    take("5+", 35, info="取消")
    question.refresh_from_db()
    assert question.until == SUNDAY + timedelta(minutes=36)
    assert "24時間以内" not in question.reason
    assert "取り消された" in question.reason
    assert Notice.objects.count() > before
    assert "に自動で始まります" in text(crisis)
    assert "新しい電文が来ました" in press(crisis, question, "stop", version=1)
    tick(now=SUNDAY + timedelta(minutes=37))
    question.refresh_from_db()
    assert question.answer == Question.ITSELF


def test_a_no_that_was_said_before_holds(crisis: Client) -> None:
    question = aftershock()
    press(crisis, question, "stop")
    take("5+", 35, info="取消")
    assert Check.objects.count() == 1
    assert not Question.objects.filter(answer="").exists()
