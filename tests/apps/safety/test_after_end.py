"""What can still be done after a check was ended, and what can't be after its links have."""

from datetime import timedelta

import pytest
from django.test import Client

from meibo.apps.safety.actions import mustering
from meibo.apps.safety.actions.mustering import MusterError
from meibo.apps.safety.models import Called, Check, Staffing
from meibo.config.clock import now
from meibo.platform.audit.actions import Actor
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import Ward
from tests.apps.safety.test_board import begun, text

ACTOR = Actor("t.boss")
TASK = "職員の安否の確認"


@pytest.fixture
def crisis(ward: Ward, signed_in: SignIn) -> Client:
    return signed_in("防災計画係", "060", ("crisis",), purpose="")


@pytest.fixture
def check(crisis: Client) -> Check:
    """With one who has arrived and has a task."""
    made = begun(crisis)
    called = made.called.order_by("pk")[0]
    mustering.arrive(called, actor=ACTOR, now=now())
    mustering.staff(made, {called.pk: TASK}, actor=ACTOR, now=now())
    return made


def put() -> Staffing:
    return Staffing.objects.get()


def press(client: Client, check: Check, **values: object) -> str:
    said = {name: str(value) for name, value in values.items()}
    return client.post(f"/safety/checks/{check.pk}/staffing", said, follow=True).content.decode()


def test_after_the_end_people_are_still_put_to_tasks_and_released_and_the_page_says_until_when(
    crisis: Client, check: Check
) -> None:
    crisis.post(f"/safety/checks/{check.pk}/close")
    page = text(crisis, f"/safety/checks/{check.pk}/staffing")
    assert "に、聞くのを終えました" in page
    assert "仕事に付ける・外すことは" in page
    assert "聞くのを終えました" in text(crisis, f"/safety/checks/{check.pk}/desk")
    held = put()
    page = press(crisis, check, called=held.called_id, seen=held.pk, release=1)
    assert "仕事から外しました。着いた記録は残っています" in page
    assert not Staffing.objects.exists()
    check.refresh_from_db()
    assert check.supported_at is not None
    assert Called.objects.get(pk=held.called_id).arrived_at is not None
    assert "付けました" in press(crisis, check, called=held.called_id, task=TASK)


def test_once_the_links_have_ended_nothing_is_changed_and_the_page_says_so(
    crisis: Client, check: Check
) -> None:
    Check.objects.filter(pk=check.pk).update(until=now() - timedelta(minutes=1))
    page = text(crisis, f"/safety/checks/{check.pk}/staffing")
    assert "に記録を閉じました" in page
    assert "から外す" not in page
    held = put()
    page = press(crisis, check, called=held.called_id, seen=held.pk, release=1)
    assert "記録は変えられません" in page
    assert put() == held


def test_no_other_way_in_changes_it_either(check: Check) -> None:
    after, held = check.until, put()
    other = check.called.order_by("pk")[1]
    for deed in (
        lambda: mustering.release(check, held.called_id, held.pk, actor=ACTOR, now=after),
        lambda: mustering.staff(check, {other.pk: TASK}, actor=ACTOR, now=after),
        lambda: mustering.arrive(other, actor=ACTOR, now=after),
        lambda: mustering.take_back(held.called, actor=ACTOR, now=after),
    ):
        with pytest.raises(MusterError):
            deed()
    assert put() == held


def test_whoever_was_put_to_another_task_meanwhile_is_not_released_from_that(
    crisis: Client, check: Check
) -> None:
    seen = put()
    press(crisis, check, called=seen.called_id, seen=seen.pk, release=1)
    press(crisis, check, called=seen.called_id, task="避難所の開設")
    page = press(crisis, check, called=seen.called_id, seen=seen.pk, release=1)
    assert "外しませんでした" in page
    assert put().task == "避難所の開設"


def test_putting_to_a_task_and_releasing_are_in_the_record(crisis: Client, check: Check) -> None:
    held = put()
    press(crisis, check, called=held.called_id, seen=held.pk, release=1)
    page = text(crisis, f"/safety/checks/{check.pk}/log")
    assert "仕事に付けた：" in page
    assert "仕事から外した：" in page
