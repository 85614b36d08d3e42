"""Pages and logs of the safety check name who did something, and not their sign-in."""

import pytest
from django.test import Client

from meibo.apps.safety.actions import mustering, starting
from meibo.apps.safety.actions.alarming import receive
from meibo.apps.safety.actions.answering import Given, answer_for
from meibo.apps.safety.actions.starting import Wanted
from meibo.apps.safety.models import Check, DisasterPlan
from meibo.config.clock import now
from meibo.domain.telegram.events import Do
from meibo.platform.accounts.models import Account
from meibo.platform.audit.actions import Actor
from meibo.platform.emergency import actions as emergency
from meibo.platform.emergency.models import Kind
from meibo.platform.layout.who import who
from meibo.platform.layout.wording import spaced
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import TODAY, Ward
from tests.apps.safety.test_alarming import handed
from tests.apps.safety.test_board import text


@pytest.fixture
def crisis(ward: Ward, signed_in: SignIn) -> Client:
    return signed_in("防災計画係", "060", ("crisis",), purpose="")


@pytest.fixture
def actor(crisis: Client) -> Actor:
    return Actor(Account.objects.get().username)


@pytest.fixture
def named(ward: Ward) -> str:
    return f"{spaced(ward.names[ward.first('防災計画係', '060')])}（防災計画係）"


@pytest.fixture
def check(actor: Actor) -> Check:
    return starting.start(Wanted(Kind.DISASTER, "地震", "安否を。"), actor=actor, now=now())


def test_the_log_names_who_did_what_on_the_page_and_as_a_file(
    crisis: Client, actor: Actor, named: str, check: Check
) -> None:
    mustering.instruct(check, "本庁舎へ", actor=actor, now=now())
    for form in ("log", "log.csv"):
        page = crisis.get(f"/safety/checks/{check.pk}/{form}").content.decode()
        assert named in page
        assert actor.name not in page


def test_what_the_house_did_by_itself_is_said_so(crisis: Client) -> None:
    receive(handed(Do.START))
    check = Check.objects.get()
    for form in ("log", "log.csv"):
        page = crisis.get(f"/safety/checks/{check.pk}/{form}").content.decode()
        assert "電文による自動" in page
        assert "電文による自動の開始" not in page  # it corrects and takes back as well
        assert "meibo telegram" not in page


def test_who_answered_for_somebody_who_opened_and_who_drafted_are_named(
    crisis: Client, actor: Actor, named: str, check: Check
) -> None:
    called = check.called.order_by("pk")[0]
    answer_for(called, Given(now(), "safe", "now"), actor=actor, now=now())
    emergency.open_up(Kind.DISASTER, "地震", "安否", 24, actor=actor, now=now())
    plan = DisasterPlan.objects.create(
        title="案", starts=TODAY, drafted_by=actor.name, drafted_at=now()
    )
    for path in (f"answers/{called.pk}", f"answers/{called.pk}/said", "events"):
        page = text(crisis, f"/safety/{path}")
        assert named in page, path
        assert actor.name not in page, path
    assert f"{named}がつくりました" in text(crisis, f"/safety/organisation/{plan.pk}")


def test_a_sign_in_without_a_person_stays_as_it_is(
    crisis: Client, actor: Actor, named: str, ward: Ward
) -> None:
    viewer = crisis.get("/safety/checks").wsgi_request.meibo_viewer  # type: ignore[attr-defined]  # put there by the door
    found = who(viewer, [actor.name, "kiki", "", "meibo work"])
    assert found == {actor.name: named, "kiki": "kiki", "meibo work": "自動"}
