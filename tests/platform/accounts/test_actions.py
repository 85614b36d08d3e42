"""Accounts: opened by the house, with duties of a fixed list, closed at once."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from meibo.platform.accounts.actions import (
    close_account,
    grant_duties,
    open_account,
    set_password,
)
from meibo.platform.accounts.models import Account
from meibo.platform.grants.models import Grant
from meibo.platform.grants.queries import duties_of
from tests.ledger.scenes import TOKYO, append, hire, house

NOW = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
PASSWORD = "fuyu-no-hi-no-yuugata"

pytestmark = pytest.mark.django_db


def opened(username: str = "t.hanako", **others: object) -> Account:
    return open_account(username, PASSWORD, actor="test", now=NOW, **others)  # type: ignore[arg-type]  # any keyword


def sign_in(client: Client, password: str = PASSWORD) -> int:
    answer = client.post("/account/login/", {"login": "t.hanako", "password": password})
    return answer.status_code


def test_an_opened_account_says_who_opened_it_and_when() -> None:
    opened(duties=["hr"])
    account = Account.objects.get(username="t.hanako")
    assert (account.person, account.duties) == (None, ["hr"])
    assert (account.opened_at, account.opened_by) == (NOW, "test")


def test_the_owner_signs_in_with_the_password_and_out_again(client: Client) -> None:
    account = opened()
    assert sign_in(client) == 302
    assert client.session["_auth_user_id"] == str(account.pk)
    client.post("/account/logout/")
    assert "_auth_user_id" not in client.session


def test_a_wrong_password_does_not_open_the_door(client: Client) -> None:
    opened()
    assert sign_in(client, "kitto-chigau-aikotoba") == 200
    assert "_auth_user_id" not in client.session


def test_a_sign_in_name_is_given_once() -> None:
    opened()
    with pytest.raises(ValidationError):
        opened()


def test_two_accounts_may_belong_to_one_person() -> None:
    opened(person="p-1")
    open_account("t.hanako-it", PASSWORD, "p-1", actor="test", now=NOW)
    assert Account.objects.filter(person="p-1").count() == 2


def test_the_duties_of_a_person_hang_on_the_post_and_not_on_the_account() -> None:
    batch = house()
    person = hire(batch, "1001", "佐藤 花", "サトウ ハナ", "01010000", "060")
    append(batch)
    account = opened(person=person, duties=["hr", "it"])
    assert account.duties == []
    today = NOW.astimezone(TOKYO).date()
    assert duties_of(person, today) == {"hr", "it"}
    assert {grant.unit for grant in Grant.objects.all()} == {"01010000"}
    with pytest.raises(ValidationError, match="職に付与します"):
        grant_duties(account, ["audit"], actor="test", now=NOW)


def test_who_holds_no_post_is_given_no_duty() -> None:
    with pytest.raises(ValidationError, match="職に就いていない"):
        opened(person="p-1", duties=["hr"])
    assert not Account.objects.exists()


@pytest.mark.parametrize("duties", [["mayor"], ["hr", "hr"], ["head"]])
def test_a_duty_that_is_not_on_the_list_is_refused(duties: list[str]) -> None:
    with pytest.raises(ValidationError):
        opened(duties=duties)
    assert not Account.objects.exists()


@pytest.mark.parametrize("password", ["short", "qwertyuiop[]", "123456789012", "t.hanako.t.h"])
def test_a_password_that_is_easily_guessed_is_refused(password: str) -> None:
    with pytest.raises(ValidationError):
        open_account("t.hanako", password, actor="test", now=NOW)


def test_without_a_password_nobody_signs_in(client: Client) -> None:
    open_account("t.hanako", None, actor="test", now=NOW)
    assert sign_in(client, "") == 200
    assert "_auth_user_id" not in client.session


def test_granting_duties_replaces_those_before() -> None:
    account = opened(duties=["hr"])
    grant_duties(account, ["crisis", "audit"], actor="test", now=NOW)
    account.refresh_from_db()
    assert account.duties == ["crisis", "audit"]


def test_closing_an_account_ends_its_open_sessions(client: Client) -> None:
    account = opened()
    sign_in(client)
    assert client.get("/account/password/change/").status_code == 200
    close_account(account, actor="test", now=NOW)
    answer = client.get("/account/password/change/")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/account/login/")

    visitor = Client()
    sign_in(visitor)
    assert "_auth_user_id" not in visitor.session


def test_a_new_password_ends_sessions_of_the_old_one(client: Client) -> None:
    account = opened()
    sign_in(client)
    set_password(account, "haru-no-asa-no-hikari", actor="test", now=NOW)
    assert client.get("/account/password/change/").status_code == 302


def test_a_visitor_cannot_open_an_account(client: Client) -> None:
    names = {"username": "dareka", "password1": PASSWORD, "password2": PASSWORD}
    client.post("/account/signup/", names)
    assert not Account.objects.exists()


def test_every_other_address_asks_to_sign_in_first(client: Client) -> None:
    answer = client.get("/account/password/change/")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/account/login/?next=/account/password/change/"


def test_pages_allow_scripts_and_styles_from_the_house_alone(client: Client) -> None:
    policy = client.get("/account/login/").headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "unsafe" not in policy
