"""Figures of all checks together: reach against the goal, times, when support began, the trend."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import Settings

from meibo.apps.safety.actions import mustering
from meibo.apps.safety.actions.answering import Given, answer
from meibo.apps.safety.actions.starting import Wanted, start
from meibo.apps.safety.models import Called, Check, Message, Staffing
from meibo.apps.safety.queries import indicators, learning
from meibo.apps.safety.queries.targets import Target
from meibo.domain.safety.gateways import Provider, Reaching
from meibo.platform.audit.actions import Actor
from meibo.platform.emergency.models import Kind
from meibo.platform.figures import FIGURES
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import NOW, TODAY, Ward

ACTOR = Actor("boss")


@pytest.fixture
def crisis(ward: Ward, signed_in: SignIn) -> Client:
    return signed_in("防災計画係", "060", ("crisis",), purpose="")


def begun(ward: Ward, days: int = 0) -> Check:
    target = Target(units=(ward.codes["税務課"],))
    at = NOW - timedelta(days=days)
    return start(Wanted(Kind.DRILL, f"{days}日前", "訓練です。", target), actor=ACTOR, now=at)


def answered(check: Check, count: int, minutes: int) -> list[Called]:
    rows = list(check.called.filter(status="")[:count])
    for called in rows:
        answer(called, Given(check.started_at + timedelta(minutes=minutes), "safe", "now"))
    return rows


def test_the_figures_are_those_of_the_report(ward: Ward) -> None:
    check = begun(ward)
    answered(check, 1, 5)
    answered(check, 1, 30)
    one, two = check.called.filter(status="")[:2]
    Called.objects.filter(pk=one.pk).update(opened_at=NOW)
    Message.objects.filter(called=two).update(state=Message.DELIVERED)
    short, long = indicators.brief(check), learning.report(check)
    assert (short.asked, short.reached, short.answered, short.soon) == (
        long.whole.asked,
        long.whole.reached,
        long.whole.answered,
        long.whole.soon,
    )
    assert (short.reached, short.answered, short.soon) == (4, 2, 1)
    assert short.times == long.times


def test_support_begins_when_the_first_who_is_here_gets_a_task_and_stays_so(ward: Ward) -> None:
    check = begun(ward)
    first, second = answered(check, 2, 5)
    assert indicators.brief(check).supported is None
    for called, minutes in ((first, 20), (second, 25)):
        at = NOW + timedelta(minutes=minutes)
        mustering.arrive(called, actor=ACTOR, now=at)
    for called, minutes in ((first, 40), (second, 50)):
        mustering.staff(
            check, {called.pk: "給水"}, actor=ACTOR, now=NOW + timedelta(minutes=minutes)
        )
    seen = Staffing.objects.get(called=first).pk
    assert mustering.release(check, first.pk, seen, actor=ACTOR, now=NOW + timedelta(hours=2))
    assert Staffing.objects.count() == 1
    check.refresh_from_db()
    short = indicators.brief(check)
    assert (short.arrived, short.supported) == (timedelta(minutes=20), timedelta(minutes=40))
    assert FIGURES["safety-support"].read(TODAY)[0] == 40


def test_so_many_are_missing_to_the_goal_of_ninety_nine_of_a_hundred(ward: Ward) -> None:
    check = begun(ward)
    short = indicators.brief(check)
    assert short.falls_short
    assert short.missing == -(-short.asked * 99 // 100)
    answered(check, short.asked, 3)
    assert not indicators.brief(check).falls_short


def test_the_page_tells_reach_times_and_trend_and_leads_to_the_reports(
    ward: Ward, crisis: Client
) -> None:
    for days in (300, 100):
        check = begun(ward, days)
        answered(check, check.called.count() // 2 + 1, 7)
    page = crisis.get("/safety/figures").content.decode()
    assert "連絡の届く見込みの職員" in page
    assert "めやすに" in page
    assert "これまでの動き" in page
    assert "7分00秒" in page
    last = Check.objects.latest("started_at")
    assert f"/safety/checks/{last.pk}/report" in page
    report = crisis.get(f"/safety/checks/{last.pk}/report").content.decode()
    assert "支援を始めるまで" in report
    assert f'href="/safety/checks/{last.pk}"' in report
    board = crisis.get(f"/safety/checks/{last.pk}").content.decode()
    assert f'href="/safety/checks/{last.pk}/report"' in board


def test_without_checks_it_says_what_will_be_there(crisis: Client) -> None:
    page = crisis.get("/safety/figures").content.decode()
    assert "ここに並びます" in page
    assert "これまでの動き" not in page


def test_a_reach_that_is_low_for_want_of_a_route_says_so(
    crisis: Client, settings: Settings
) -> None:
    settings.MEIBO_REACHING = Reaching()
    said = "メールとSMSを送る先が、まだ設定されていません"
    assert said in crisis.get("/safety/figures").content.decode()
    carried = tuple(Provider(name, name, "x") for name in ("mail", "sms"))
    settings.MEIBO_REACHING = Reaching(providers=carried)
    assert said not in crisis.get("/safety/figures").content.decode()


def test_others_see_no_figures(signed_in: SignIn, ward: Ward) -> None:
    assert signed_in("税務係", "060").get("/safety/figures").status_code == 403
