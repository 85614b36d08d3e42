"""In the middle of a disaster no drill starts; crisis management is told, and says when it does."""

from datetime import timedelta

import pytest
from django.test import Client

from meibo.apps.safety.actions import drilling, starting
from meibo.apps.safety.actions.drilling import Drill
from meibo.apps.safety.actions.starting import Wanted
from meibo.apps.safety.models import Check, PlannedDrill
from meibo.apps.safety.queries.happened import happened
from meibo.config.clock import now
from meibo.platform.audit.actions import Actor
from meibo.platform.emergency import actions as emergency
from meibo.platform.emergency.models import Kind
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import Ward
from tests.apps.safety.test_board import text

ACTOR = Actor("t.boss")
SOON = timedelta(minutes=10)


@pytest.fixture
def crisis(ward: Ward, signed_in: SignIn) -> Client:
    return signed_in("防災計画係", "060", ("crisis",), purpose="")


@pytest.fixture
def drill(crisis: Client) -> PlannedDrill:
    at = now() + timedelta(minutes=5)
    return drilling.plan(Drill("朝の訓練", "訓練です。", at), actor=ACTOR, now=now())


def disaster(kind: Kind = Kind.DISASTER) -> Check:
    return starting.start(Wanted(kind, "地震", "安否を。"), actor=ACTOR, now=now())


def press(crisis: Client, drill: PlannedDrill, deed: str) -> str:
    drill.refresh_from_db()
    said = {"version": str(drill.version)}
    return crisis.post(f"/safety/drills/{drill.pk}/{deed}", said, follow=True).content.decode()


def test_a_check_for_a_disaster_holds_a_drill_and_crisis_management_is_told(
    crisis: Client, drill: PlannedDrill
) -> None:
    check = disaster()
    assert drilling.start_due(now=now() + SOON) == []
    assert "止めています" in text(crisis, "/safety/drills")
    assert "災害のため始めずに止めています" in text(crisis, "/")
    assert "まだ続いています" in press(crisis, drill, "release")
    told = [line.text for line in happened(check, now() + SOON * 2)]
    assert "予定の訓練を、始めずに止めた" in told
    starting.close(check, actor=ACTOR, now=now())
    assert drilling.start_due(now=now() + SOON) == []  # by itself it does not start any more
    assert "訓練を始めます" in press(crisis, drill, "release")
    (made,) = drilling.start_due(now=now())
    assert made.kind == Kind.DRILL


def test_an_open_disaster_holds_it_as_well(drill: PlannedDrill) -> None:
    emergency.open_up(Kind.DISASTER, "地震", "安否", 24, actor=ACTOR, now=now())
    assert drilling.start_due(now=now() + SOON) == []
    drill.refresh_from_db()
    assert drill.held_at is not None


def test_a_drill_that_runs_holds_no_other(drill: PlannedDrill) -> None:
    disaster(Kind.DRILL)
    assert len(drilling.start_due(now=now() + SOON)) == 1


def test_one_that_is_held_can_be_called_off(crisis: Client, drill: PlannedDrill) -> None:
    disaster()
    drilling.start_due(now=now() + SOON)
    assert "取りやめました" in press(crisis, drill, "cancel")
    assert "始めずに止めています" not in text(crisis, "/")


def test_whoever_plans_one_meanwhile_is_told_so(crisis: Client) -> None:
    disaster()
    at = now() + timedelta(days=3)
    given = {"title": "朝の訓練", "message": "訓練", "day": f"{at:%Y-%m-%d}", "time": "09:00"}
    page = crisis.post("/safety/drills", given).content.decode()
    assert "災害の安否確認か災害が続いています" in page
    assert not PlannedDrill.objects.exists()
    assert (
        'value="朝の訓練"' in crisis.post("/safety/drills", {**given, "back": "1"}).content.decode()
    )
