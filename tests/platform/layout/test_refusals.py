"""What is answered when something is refused: in the frame, in our words, in one line of log."""

import logging
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from meibo.config.logs import Brief
from meibo.platform.accounts.actions import open_account

NOW = datetime(2026, 11, 23, tzinfo=UTC)
PASSWORD = "fuyu-no-hi-no-yuugata"
pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    browser = Client()
    browser.force_login(open_account("t.hanako", PASSWORD, actor="test", now=NOW))
    return browser


def test_an_address_to_which_only_a_button_leads_says_so(client: Client) -> None:
    answer = client.get("/purpose/end")
    assert answer.status_code == 405
    assert "画面のボタンを押したときだけ使います" in answer.content.decode()
    assert client.put("/list").content == b""


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/nowhere", 404, "お探しの画面がありません"),
        ("/units/zzz", 404, "お探しの画面がありません"),
        ("/units/zzz/edit", 403, "この画面は見られません"),
    ],
)
def test_who_is_signed_in_keeps_search_and_menu(
    client: Client, address: str, status: int, said: str
) -> None:
    response = client.get(address)
    page = response.content.decode()
    assert response.status_code == status
    assert f"<h1>{said}</h1>" in page
    assert 'aria-label="主なメニュー"' in page
    assert 'role="search"' in page


def test_who_is_not_signed_in_gets_the_bare_page() -> None:
    response = Client().get("/nowhere")
    assert response.status_code == 404
    assert "主なメニュー" not in response.content.decode()


@pytest.mark.parametrize("address", ["/units/050100/", "/people/x/?on=2027-04-01", "/chart/"])
def test_a_slash_too_many_leads_to_the_page(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 302
    assert response["Location"] == address.replace("/?", "?").removesuffix("/")


@pytest.mark.parametrize("address", ["/%2Fevil.example/", "/nowhere/", "/units//"])
def test_a_slash_too_many_leads_nowhere_else(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_query_too_long_is_answered_in_our_words(client: Client) -> None:
    response = client.get("/search", {"q": "課" * 800})
    assert response.status_code == 400
    assert "アドレスが長すぎる" in response.content.decode()
    assert client.get("/search", {"q": "課" * 300}).status_code == 200


def test_a_refusal_is_one_line_in_the_log() -> None:
    told = settings.LOGGING["loggers"]["django.request"]
    assert told["filters"] == ["brief"]
    for status, kept in ((403, False), (404, False), (400, False), (500, True)):
        record = logging.LogRecord("django.request", 30, "", 1, "said", (), (None, None, None))
        record.status_code = status
        assert Brief().filter(record)
        assert bool(record.exc_info) is kept


def test_after_the_session_has_ended_one_comes_back_to_what_one_asked_for() -> None:
    open_account("t.taro", PASSWORD, actor="test", now=NOW)
    browser = Client()
    asked = "/search?q=%E9%AB%98%E6%A9%8B&on=2027-04-01"
    sent = browser.get(asked, headers={"HX-Request": "true", "HX-Target": "results"})
    assert sent.status_code == 302
    assert parse_qs(urlsplit(sent["Location"]).query)["next"] == [asked]
    page = browser.get(sent["Location"]).content.decode()
    assert 'name="next"' in page
    values = {"login": "t.taro", "password": PASSWORD, "next": asked}
    assert browser.post("/account/login/", values)["Location"] == asked


def test_who_fails_too_often_is_told_how_long_to_wait() -> None:
    cache.clear()
    open_account("t.taro", PASSWORD, actor="test", now=NOW)
    browser, values = Client(), {"login": "t.taro", "password": "違う"}
    pages = [browser.post("/account/login/", values).content.decode() for _ in range(6)]
    cache.clear()
    assert "サインイン名またはパスワードが違います" in pages[0]
    assert "15分後" in pages[-1]
    assert not [page for page in pages if "ログイン" in page]
