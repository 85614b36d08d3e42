"""Before anything goes out it is said to whom, and how many it will not reach."""

import pytest
from django.test import Client
from pytest_django import Settings

from meibo.apps.safety.actions import starting
from meibo.apps.safety.actions.starting import Wanted
from meibo.apps.safety.models import Bulletin, Check
from meibo.apps.safety.queries.targets import Target
from meibo.apps.safety.views.desk import FEW
from meibo.config.clock import now
from meibo.domain.safety.gateways import Provider, Reaching
from meibo.platform.audit.actions import Actor
from meibo.platform.emergency.models import Kind
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import Ward

ACTOR = Actor("t.boss")
ASKED = {"kind": "disaster", "title": "地震", "message": "安否を。"}


@pytest.fixture
def crisis(ward: Ward, signed_in: SignIn) -> Client:
    return signed_in("防災計画係", "060", ("crisis",), purpose="")


def look(crisis: Client, **chosen: object) -> str:
    return crisis.post("/safety/checks/new/quake", {**ASKED, **chosen}).content.decode()


def test_the_last_look_before_a_check_says_to_whom_it_goes(
    crisis: Client, ward: Ward, settings: Settings
) -> None:
    settings.MEIBO_REACHING = Reaching(providers=(Provider("a", "mail", "smtp://h"),))
    page = look(crisis, units=ward.codes["区民部"], posts=["050", "060"], skills="手話")
    assert "<dd>区民部、係長・主任、手話</dd>" in page
    assert "<dd>全職員</dd>" in look(crisis)
    assert "（休職・休業中も）" in look(crisis, leave="on")
    assert "<dd>いません</dd>" in look(crisis)
    assert not Check.objects.exists()


def test_it_says_how_many_no_route_leads_to(crisis: Client, settings: Settings) -> None:
    settings.MEIBO_REACHING = Reaching(providers=(Provider("a", "sms", "http://h"),))
    page = look(crisis)
    assert "には、届く見込みの経路がありません" in page
    count = page.split("<h1>")[1].split("人に送ります")[0]
    assert f"<strong>{count}人</strong>には" in page  # mail is nobody's to carry here


def test_where_no_route_is_set_up_that_is_said(crisis: Client, settings: Settings) -> None:
    settings.MEIBO_REACHING = Reaching()
    assert "送る経路が、まだ一つも設定されていません" in look(crisis)


def test_who_was_named_line_by_line_is_counted(crisis: Client, ward: Ward) -> None:
    person = ward.first("税務係", "060")
    page = look(crisis, travel=f"税務係 {ward.names[person]}")
    assert "<dd>名前を挙げた1人</dd>" in page


def test_a_drill_in_the_middle_of_a_disaster_is_warned_of(crisis: Client) -> None:
    assert "本番と取り違えます" not in look(crisis, kind="drill")
    starting.start(Wanted(Kind.DISASTER, "地震", "安否を。"), actor=ACTOR, now=now())
    assert "本番と取り違えます" in look(crisis, kind="drill")


def test_an_instruction_to_many_gets_a_last_look_and_one_to_few_none(
    crisis: Client, ward: Ward
) -> None:
    many = starting.start(Wanted(Kind.DISASTER, "地震", "安否を。"), actor=ACTOR, now=now())
    path = f"/safety/checks/{many.pk}/bulletins"
    page = crisis.post(path, {"text": "本庁舎へ", "routes": "on"}).content.decode()
    assert many.called.count() > FEW
    assert f"{many.called.count()}人に指示を出します" in page
    assert "「地震」で聞いた職員（全職員）" in page
    assert "メールなどの経路でも送ります" in page
    assert not Bulletin.objects.exists()
    back = crisis.post(path, {"text": "本庁舎へ", "routes": "on", "back": "1"})
    assert "本庁舎へ" in back.content.decode()
    assert not Bulletin.objects.exists()
    crisis.post(path, {"text": "本庁舎へ", "routes": "on", "sure": "1"})
    assert Bulletin.objects.get().by_routes
    people = (ward.first("税務係", "060"),)
    wanted = Wanted(Kind.DISASTER, "火災", "安否を。", Target(people=people))
    few = starting.start(wanted, actor=ACTOR, now=now())
    crisis.post(f"/safety/checks/{few.pk}/bulletins", {"text": "外へ"})
    assert few.bulletins.count() == 1


def test_of_a_check_that_has_ended_it_is_said_so_at_once(crisis: Client) -> None:
    check = starting.start(Wanted(Kind.DISASTER, "地震", "安否を。"), actor=ACTOR, now=now())
    starting.close(check, actor=ACTOR, now=now())
    said = crisis.post(f"/safety/checks/{check.pk}/bulletins", {"text": "本庁舎へ"})
    assert "指示は出せません" in said.content.decode()
    assert not Bulletin.objects.exists()
