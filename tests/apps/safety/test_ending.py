"""A real check is ended after a last look, and can be taken up again for a day."""

from datetime import timedelta

import pytest
from django.test import Client

from meibo.apps.safety.actions import mustering, starting
from meibo.apps.safety.actions.answering import Given, answer
from meibo.apps.safety.actions.starting import Wanted
from meibo.apps.safety.models import Check, Message
from meibo.apps.safety.queries.happened import happened
from meibo.config.clock import now
from meibo.platform.audit.actions import Actor
from meibo.platform.emergency.models import Kind
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import Ward
from tests.apps.safety.test_board import EVENT, begun, text

ACTOR = Actor("t.boss")


@pytest.fixture
def crisis(ward: Ward, signed_in: SignIn) -> Client:
    return signed_in("防災計画係", "060", ("crisis",), purpose="")


@pytest.fixture
def check(crisis: Client) -> Check:
    """A real one, with one answer and one instruction that one person has read."""
    made = starting.start(Wanted(Kind.DISASTER, "地震", "安否を。"), actor=ACTOR, now=now())
    first, second = made.called.order_by("pk")[:2]
    answer(first, Given(now(), "safe", "now"))
    told = mustering.instruct(made, "本庁舎へ", actor=ACTOR, now=now())
    mustering.read(told, second, now=now())
    return made


def path(check: Check, verb: str) -> str:
    return f"/safety/checks/{check.pk}/{verb}"


def is_open(check: Check) -> bool:
    check.refresh_from_db()
    return check.closed_at is None


@pytest.mark.parametrize("by", ["GET", "POST"])
def test_one_tap_ends_nothing_but_shows_who_would_be_left_alone(
    crisis: Client, check: Check, by: str
) -> None:
    found = crisis.get(path(check, "close")) if by == "GET" else crisis.post(path(check, "close"))
    page = found.content.decode()
    asked = check.called.count()
    assert "終わりにしますか" in page
    assert f"<strong>{asked - 1}人</strong>" in page
    assert f"{asked - 1}人（指示1件のうち）" in page
    assert is_open(check)
    crisis.post(path(check, "close"), {"sure": "1"})
    assert not is_open(check)


def test_a_drill_ends_at_once(crisis: Client) -> None:
    drill = begun(crisis)
    crisis.post(path(drill, "close"))
    assert not is_open(drill)


def test_what_was_ended_by_mistake_goes_on_and_the_record_says_so(
    crisis: Client, check: Check
) -> None:
    Message.objects.update(state=Message.DROPPED)
    crisis.post(path(check, "close"), {"sure": "1"})
    assert "もう一度開く" in text(crisis, path(check, "")[:-1])
    page = crisis.post(path(check, "reopen"), follow=True).content.decode()
    assert "もう一度開きました" in page
    assert is_open(check)
    waiting = Message.objects.filter(state=Message.QUEUED).values_list("called__answered_at")
    assert {each for (each,) in waiting} == {None}
    told = [line.text for line in happened(check, now() + timedelta(seconds=1))]
    assert {"終える操作", "もう一度開く操作"} <= set(told)


def test_after_a_day_it_stays_as_it_is(crisis: Client, check: Check) -> None:
    crisis.post(path(check, "close"), {"sure": "1"})
    Check.objects.update(closed_at=now() - timedelta(days=1, seconds=1))
    assert "もう一度開く" not in text(crisis, path(check, "")[:-1])
    assert "開き直せません" in crisis.post(path(check, "reopen"), follow=True).content.decode()
    assert not is_open(check)


def test_whoever_ends_it_is_told_that_contacts_stay_open_until_they_are_closed(
    crisis: Client, check: Check
) -> None:
    board = path(check, "")[:-1]
    assert "開いたままになります" not in text(crisis, path(check, "close"))
    crisis.post("/safety/events/open", {**EVENT, "check": str(check.pk)})
    page = text(crisis, path(check, "close"))
    assert "「参集訓練」は、" in page
    assert "開いたままになります" in page
    assert "まだ開いています" not in text(crisis, board)
    after = crisis.post(path(check, "close"), {"sure": "1"}, follow=True).content.decode()
    assert "職員の連絡先は、まだ開いています" in after
    assert 'href="/safety/events"' in after
    crisis.post("/safety/events/close")
    assert "まだ開いています" not in text(crisis, board)


def test_contacts_that_another_check_needs_are_no_matter_of_the_one_that_ended(
    crisis: Client, check: Check
) -> None:
    begun(crisis)
    crisis.post("/safety/events/open", EVENT)
    crisis.post(path(check, "close"), {"sure": "1"})
    assert "まだ開いています" not in text(crisis, path(check, "")[:-1])


def test_a_board_offers_to_give_instructions_only_while_that_is_possible(
    crisis: Client, check: Check
) -> None:
    board = path(check, "")[:-1]
    assert "指示を出す" in text(crisis, board)
    crisis.post(path(check, "close"), {"sure": "1"})
    page = text(crisis, board)
    assert "指示を出す" not in page
    assert "出した指示" in page
    Check.objects.update(closed_at=None, until=now())
    assert "指示を出す" not in text(crisis, board)


def test_only_crisis_management_may(check: Check, signed_in: SignIn) -> None:
    other = signed_in("税務係", "050")
    assert other.get(path(check, "close")).status_code == 403
    assert other.post(path(check, "reopen")).status_code == 403
