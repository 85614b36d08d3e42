"""The pages outside the frame: signing in and out, and what is shown when something went wrong."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.http import HttpRequest
from django.shortcuts import render
from django.template.loader import get_template
from django.test import Client, RequestFactory
from django.views import defaults

from meibo.platform.accounts.actions import open_account
from meibo.platform.demo import SIGN_INS

NOW = datetime(2026, 11, 23, tzinfo=UTC)
PASSWORD = "fuyu-no-hi-no-yuugata"


@pytest.mark.django_db
def test_the_sign_in_page_is_in_the_look_of_the_house() -> None:
    page = Client().get("/account/login/").content.decode()
    assert 'lang="ja"' in page
    assert 'class="input"' in page
    assert "サインイン" in page
    assert "/account/signup/" not in page


@pytest.mark.django_db
def test_a_wrong_password_is_told_without_saying_which_part_was_wrong() -> None:
    open_account("t.hanako", PASSWORD, actor="test", now=NOW)
    answers = [
        Client().post("/account/login/", {"login": name, "password": "違う"}).content.decode()
        for name in ("t.hanako", "nobody")
    ]
    told = [page.split('role="alert"')[1].split("</div>")[0] for page in answers]
    assert told[0] == told[1]


@pytest.mark.django_db
def test_a_real_house_offers_no_demo_sign_in() -> None:
    open_account(SIGN_INS[0].username, PASSWORD, actor="test", now=NOW)
    assert "見本の名簿を見る" not in Client().get("/account/login/").content.decode()


@pytest.mark.django_db
def test_a_demo_house_lets_anybody_in_by_one_button() -> None:
    one = SIGN_INS[0]
    open_account(one.username, one.password, actor="test", now=NOW, is_demo=True)
    client = Client()
    page = client.get("/account/login/").content.decode()
    assert one.who in page
    assert SIGN_INS[1].who not in page
    sent = {"login": one.username, "password": one.password}
    assert f'name="password" value="{one.password}"' in page
    assert client.post("/account/login/", sent).status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("/account/logout/", "サインアウトしますか"),
        ("/account/password/change/", "パスワードを変える"),
        ("/account/reauthenticate/", "本人の確認"),
    ],
)
def test_every_page_of_the_account_is_ours(address: str, title: str) -> None:
    client = Client()
    client.force_login(open_account("t.hanako", PASSWORD, actor="test", now=NOW))
    page = client.get(address).content.decode()
    assert title in page
    assert "Menu:" not in page


@pytest.mark.django_db
def test_the_sign_up_page_says_who_opens_accounts() -> None:
    assert "アカウントは自分では作れません" in Client().get("/account/signup/").content.decode()


ERRORS: dict[str, tuple[int, Callable[..., object]]] = {
    "404.html": (404, defaults.page_not_found),
    "403.html": (403, defaults.permission_denied),
    "400.html": (400, defaults.bad_request),
    "500.html": (500, defaults.server_error),
}


@pytest.mark.parametrize("name", ERRORS)
def test_an_error_page_needs_no_database_and_says_what_to_do(name: str) -> None:
    status, view = ERRORS[name]
    request: HttpRequest = RequestFactory().get("/people/x")
    response = view(request) if status == 500 else view(request, Exception("secret"))
    assert response.status_code == status  # type: ignore[attr-defined]  # a response of Django
    page = response.content.decode()  # type: ignore[attr-defined]  # a response of Django
    assert "さがす画面へ" in page
    assert "secret" not in page
    assert str(status) not in page.split("<body")[1]


def test_a_form_sent_too_late_is_explained() -> None:
    page = get_template("403_csrf.html").render({"reason": "secret"})
    assert "もう一度送ってください" in page
    assert "secret" not in page


@pytest.mark.parametrize("name", ["404.html", "500.html", "account/account_inactive.html"])
def test_no_page_shouts(name: str) -> None:
    page = render(RequestFactory().get("/"), name).content.decode()
    assert "！" not in page
    assert "!" not in page.replace("<!doctype html>", "")
