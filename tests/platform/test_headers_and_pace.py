"""What every answer carries, and how often anybody may ask."""

from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client


@pytest.mark.django_db
def test_every_answer_forbids_what_no_page_of_ours_needs() -> None:
    headers = Client().get("/account/login/").headers
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"].count("'self'") > 3
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"


@pytest.mark.django_db
def test_who_asks_too_often_is_told_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    monkeypatch.setattr(settings, "MEIBO_PACE", 3)
    client = Client(REMOTE_ADDR="192.0.2.9")
    assert [client.get("/account/login/").status_code for _ in range(4)] == [200, 200, 200, 429]
    assert client.get("/account/login/").headers["Retry-After"] == "60"
    assert Client(REMOTE_ADDR="192.0.2.8").get("/account/login/").status_code == 200
    cache.clear()


@pytest.mark.django_db
def test_the_pace_can_be_left_uncounted(monkeypatch: pytest.MonkeyPatch, client: Any) -> None:
    cache.clear()
    monkeypatch.setattr(settings, "MEIBO_PACE", 0)
    assert {client.get("/account/login/").status_code for _ in range(5)} == {200}
