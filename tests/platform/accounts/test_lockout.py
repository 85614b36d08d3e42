"""Guessing is stopped, told and written down; nothing that was typed is kept."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.core.cache import cache
from django.db import connection
from django.db.models import F
from django.test import Client
from pytest_django import Settings

from meibo.platform.audit.models import AuditRecord
from tests.platform.accounts.people import (
    NAME,
    SECRET,
    acts,
    code_of,
    is_signed_in,
    opened,
    sign_in,
    with_app,
)

pytestmark = pytest.mark.django_db

CODE = "/account/factor/code/"


@pytest.fixture(autouse=True)
def _fresh_counts() -> None:
    cache.clear()


def desk(number: int) -> Client:
    return Client(REMOTE_ADDR=f"192.0.2.{number}")


def miss(client: Client, times: int, name: str = NAME) -> list[int]:
    return [sign_in(client, name, "chigau").status_code for _ in range(times)]


def test_after_five_wrong_passwords_the_right_one_is_refused_too() -> None:
    opened()
    client = desk(1)
    assert miss(client, 5) == [200, 200, 200, 200, 429]
    page = sign_in(client)
    assert page.status_code == 429
    assert "サインインを止めています" in page.content.decode()
    assert "15分後" in page.content.decode()
    assert not is_signed_in(client)


def test_four_wrong_passwords_are_forgotten_by_the_right_one() -> None:
    opened()
    client = desk(1)
    for _ in range(3):
        assert miss(client, 4) == [200] * 4
        assert sign_in(client).status_code == 302
        client.post("/account/logout/")


def test_the_owner_gets_in_from_another_desk_than_the_guesser_s() -> None:
    opened()
    miss(desk(1), 5)
    assert sign_in(desk(2)).status_code == 302


def test_guessing_from_many_desks_locks_the_name_everywhere() -> None:
    opened()
    for number in range(5):
        miss(desk(number), 4)
    assert sign_in(desk(99)).status_code == 429


def test_another_name_at_the_same_desk_is_not_locked() -> None:
    opened()
    opened("t.taro")
    client = desk(1)
    miss(client, 5)
    assert sign_in(client, "t.taro").status_code == 302


def test_the_lock_ends_after_its_minutes_whoever_knocks_meanwhile() -> None:
    opened()
    client = desk(1)
    miss(client, 7)
    AccessAttempt.objects.update(attempt_time=F("attempt_time") - timedelta(minutes=16))
    assert sign_in(client).status_code == 302


def test_thresholds_are_the_house_s_own(settings: Settings) -> None:
    settings.AXES_FAILURE_LIMIT = 2
    opened()
    assert miss(desk(1), 2) == [200, 429]


def test_wrong_codes_count_with_wrong_passwords() -> None:
    with_app(opened())
    client = desk(1)
    miss(client, 2)
    sign_in(client)
    wrong = f"{(int(code_of(SECRET)) + 1) % 1_000_000:06d}"
    answers = [client.post(CODE, {"code": wrong}).status_code for _ in range(3)]
    assert answers == [200, 200, 429]
    assert client.post(CODE, {"code": code_of(SECRET)}).status_code == 429
    assert not is_signed_in(client)


def test_asking_again_is_guarded_the_same_way() -> None:
    opened()
    client = desk(1)
    sign_in(client)
    sent = {"password": "chigau"}
    answers = [client.post("/account/reauthenticate/", sent).status_code for _ in range(5)]
    assert answers == [200, 200, 200, 200, 429]


def test_failures_and_the_lock_are_in_the_log() -> None:
    opened()
    miss(desk(1), 6)
    assert acts() == ["sign_in_failed"] * 4 + ["locked"] * 2
    last = AuditRecord.objects.latest("no")
    assert (last.actor, last.address) == (NAME, "192.0.2.1")
    assert last.detail == '{"after": 5, "known": true}'


def test_what_was_typed_as_a_name_or_password_is_written_nowhere() -> None:
    client = desk(1)
    miss(client, 2, "watashi-no-himitsu")
    kept = str(list(AuditRecord.objects.values()))
    assert "himitsu" not in kept
    assert "chigau" not in kept
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM axes_accessattempt")
        assert "himitsu" not in str(cursor.fetchall())
    assert AuditRecord.objects.filter(actor="", detail__contains='"known": false').count() == 2


def test_an_unknown_name_is_locked_like_a_known_one() -> None:
    """Else the lock would tell who has an account here."""
    client = desk(1)
    assert miss(client, 5, "t.dare") == [200, 200, 200, 200, 429]


def test_who_tries_many_names_from_one_desk_is_slowed_down_in_japanese(client: Client) -> None:
    """allauth counts these; its page is ours."""
    for number in range(30):
        sign_in(client, f"t.{number}", "chigau")
    page = sign_in(client, "t.last", "chigau")
    assert page.status_code == 429
    assert "しばらくお待ちください" in page.content.decode()


def test_coming_and_going_are_in_the_log(client: Client) -> None:
    opened(person=None)
    sign_in(client)
    client.post("/account/logout/")
    rows = list(AuditRecord.objects.order_by("no").values_list("act", "actor"))
    assert rows == [("sign_in", NAME), ("sign_out", NAME)]


def test_a_log_that_can_t_be_written_lets_nobody_in(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*entries: object, **how: object) -> None:
        raise OSError("disk full")

    opened()
    monkeypatch.setattr("meibo.platform.accounts.entrance.noting.note", broken)
    with pytest.raises(OSError, match="disk full"):
        sign_in(client)
    assert not is_signed_in(client)


def test_behind_the_proxy_the_desk_s_own_address_counts(settings: Settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    opened()
    for number in (1, 2):
        client = Client(headers={"X-Forwarded-For": f"192.0.2.{number}"})
        assert miss(client, 4) == [200] * 4
    entry = AuditRecord.objects.earliest("no")
    assert entry.address == "192.0.2.1"
