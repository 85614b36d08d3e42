"""The first page of crisis management tells what telegrams did in the last day."""

from datetime import timedelta

import pytest
from django.test import Client

from meibo.apps.safety.models import Check
from meibo.config.clock import now
from meibo.platform.telegrams.actions import follow, receive
from meibo.platform.telegrams.models import Decided
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import Ward
from tests.domain.telegram.made import quick

pytestmark = pytest.mark.django_db


@pytest.fixture
def crisis(ward: Ward, signed_in: SignIn) -> Client:
    return signed_in("防災計画係", "060", ("crisis",), purpose="")


def take(value: str, event: str = "1", serial: str = "1") -> None:
    moment = now()
    at = f"{moment.astimezone():%Y-%m-%dT%H:%M}"
    data = quick({"350": value}, event=event, at=at, serial=serial)
    receive(data, source="hand", name="a.xml", now=moment)
    follow(now=moment)


def home(client: Client) -> str:
    return client.get("/").content.decode()


def test_what_is_for_information_only_stands_there_for_a_day(
    crisis: Client, signed_in: SignIn
) -> None:
    take("4")
    assert "知らせるだけ" in home(crisis)
    assert "震度4" in home(crisis)
    assert "知らせるだけ" not in home(signed_in("税務係", "060"))
    Decided.objects.update(at=now() - timedelta(days=1, minutes=1))
    assert "知らせるだけ" not in home(crisis)


def test_a_check_that_a_telegram_started_stands_there_with_its_answers(
    crisis: Client, signed_in: SignIn
) -> None:
    take("4")
    take("6-", serial="2")
    page = home(crisis)
    check = Check.objects.get()
    assert f"電文による安否確認「震度6弱」：{check.called.count()}人に聞き、0人が答えました" in page
    assert f"/safety/checks/{check.pk}" in page
    assert "知らせるだけ" not in page  # what has started is told of there
    assert "電文による安否確認" not in home(signed_in("税務係", "060"))
    check.closed_at, check.started_at = now(), now() - timedelta(days=2)
    check.save()
    assert "電文による安否確認" not in home(crisis)
