"""A telegram that was taken back, or corrected, calls nobody any more: what still goes says so."""

from datetime import timedelta

import pytest
from django.test import Client

from meibo.apps.safety.actions import escalating
from meibo.apps.safety.actions.reaching import steps
from meibo.apps.safety.actions.reaching.letters import Words
from meibo.apps.safety.actions.starting import Next, Rounds, Wanted, _plan, close, reopen, start
from meibo.apps.safety.models import Check, Message, Posted, Round
from meibo.apps.safety.queries.targets import Target
from meibo.domain.safety.gateways import Reaching
from meibo.platform.audit.actions import Actor
from meibo.platform.emergency.models import Kind
from tests.apps.safety.test_questions import SUNDAY, crisis, take

__all__ = ["crisis"]
pytestmark = pytest.mark.django_db
REACHING = Reaching(resend=(10, 30))


def due(minutes: int) -> int:
    """How often those who had not answered have been asked again by then."""
    steps.due(REACHING, SUNDAY + timedelta(minutes=minutes))
    return Round.objects.count()


def the_check() -> Check:
    return Check.objects.get()


def said(check: Check) -> str:
    """Title and text of what would go out now."""
    words = Words(check, REACHING)
    return f"{words.title}\n{words.text('/a/x')}"


def test_while_it_holds_who_has_not_answered_is_asked_again(crisis: Client) -> None:
    take("5+")
    assert due(11) > 0
    assert "大きな地震がありました" in said(the_check())


def test_after_a_cancellation_nobody_is_asked_again_by_the_clock(crisis: Client) -> None:
    take("5+")
    take("6-", 1, serial="2")
    take("4", 2, serial="3", info="訂正")
    take("4", 3, serial="3", info="取消")
    waiting = Message.objects.filter(bulletin=None, state=Posted.QUEUED)
    assert not waiting.exists()
    assert due(12) == due(40) == 0
    text = said(the_check())
    assert "震度6弱（取消）" in text
    assert "取り消されました" in text
    assert "集まってください" not in text
    assert "大きな地震がありました" not in text


def test_what_is_corrected_below_what_alarms_asks_nobody_again_and_says_so(
    crisis: Client,
) -> None:
    take("6-")
    take("4", 2, serial="2", info="訂正")
    assert due(12) == 0
    check = the_check()
    assert "震度4（訂正）" in said(check)
    assert "集まってください" not in said(check)
    told = check.bulletins.latest("pk").text
    assert "配備態勢：第1次配備（情報収集）" in told
    assert "集まる必要はありません" in told


def test_what_is_corrected_but_still_alarms_is_asked_on_with_what_holds_now(
    crisis: Client,
) -> None:
    take("6-")
    take("5+", 2, serial="2", info="訂正")
    check = the_check()
    assert due(12) > 0
    assert "震度5強（訂正）" in said(check)
    assert "第3次配備" in said(check)
    assert "第4次配備" not in said(check)
    assert "ほかの人は、集まる必要はありません" in check.bulletins.latest("pk").text


def test_what_gets_graver_says_its_level_in_what_still_goes(crisis: Client) -> None:
    take("5+")
    assert "第4次配備" not in said(the_check())
    take("6-", 2, serial="2")
    assert "第4次配備" in said(the_check())
    assert "第3次配備" not in said(the_check())


def test_what_was_taken_back_and_said_again_is_asked_on(crisis: Client) -> None:
    take("5+")
    take("4", 2, serial="2", info="訂正")
    assert due(12) == 0
    take("6-", 13, serial="3")
    check = the_check()
    assert check.title == "震度6弱"
    assert "大きな地震がありました" in said(check)
    assert due(14) > 0


def test_the_texts_of_a_cancellation_say_that_nobody_need_come(crisis: Client) -> None:
    take("5+")
    take("5+", 2, info="取消")
    told = the_check().bulletins.get().text
    assert "配備態勢：なし" in told
    assert "集まる必要はありません" in told


def test_the_next_group_is_not_called_for_what_was_taken_back(crisis: Client) -> None:
    take("5+")
    rounds = Rounds(99, 5, (Next("次の人", Target()),))
    _plan(the_check(), rounds, SUNDAY)
    take("5+", 2, info="取消")
    escalating.escalate(now=SUNDAY + timedelta(minutes=9))
    assert the_check().call_rounds.get().called_at is None


def test_another_quake_after_a_false_alarm_is_asked_about_by_itself(crisis: Client) -> None:
    take("5+")
    take("5+", 2, info="取消")
    take("5+", 20, event="2")
    assert Check.objects.count() == 2
    assert the_newest().title == "震度5強"


def the_newest() -> Check:
    return Check.objects.latest("started_at")


def test_what_a_person_began_goes_on_and_says_what_was_taken_back(crisis: Client) -> None:
    wanted = Wanted(Kind.DISASTER, "地震", "職場に集まってください。")
    check = start(wanted, actor=Actor("t.person"), now=SUNDAY)
    take("5+", 1)
    assert Check.objects.get() == check
    take("5+", 2, info="取消")
    assert due(12) == 1
    text = said(the_check())
    assert "【安否確認】地震\n職場に集まってください。" in text
    board = crisis.get(f"/safety/checks/{check.pk}").content.decode()
    assert "加えた電文が取り消されました" in board
    assert "自動の送り直しは続いています" in board
    take("5+", 14, serial="2")
    assert "加えた電文が" not in crisis.get(f"/safety/checks/{check.pk}").content.decode()


def test_who_ends_and_reopens_what_was_taken_back_sends_nothing_by_that(crisis: Client) -> None:
    take("5+")
    take("5+", 2, info="取消")
    actor = Actor("t.person")
    close(the_check(), actor=actor, now=SUNDAY + timedelta(minutes=3))
    assert reopen(the_check(), actor=actor, now=SUNDAY + timedelta(minutes=4))
    assert not Message.objects.filter(bulletin=None, state=Posted.QUEUED).exists()
