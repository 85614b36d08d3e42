"""What is sent twice is done once."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.contrib import messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models import F
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.test import RequestFactory
from pytest_django.plugin import DjangoDbBlocker

from meibo.platform.audit.actions import Actor
from meibo.platform.jobs import actions as jobs
from meibo.platform.jobs.kinds import KINDS, Done
from meibo.platform.jobs.models import Job
from meibo.platform.once.guard import KEPT, SAID, once
from meibo.platform.once.models import Sending

TOKEN = "a-token-of-a-form-1"
KIND = "tests.made"
NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)


class _User:
    def __init__(self, name: str) -> None:
        self.name = name

    def get_username(self) -> str:
        return self.name


@pytest.fixture(autouse=True)
def _kind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(KINDS, KIND, lambda *_, **__: Done(""))
    monkeypatch.setattr(messages, "info", lambda request, said: request.said.append(said))


def sent(name: str = "jinji", token: str = TOKEN, **values: Any) -> Any:
    request: Any = RequestFactory().post("/made", {"once": token, **values})
    request.user, request.said = _User(name), []
    return request


@once
def make(request: HttpRequest) -> HttpResponse:
    """Makes a job, slowly, and leads to it; refuses one without a title."""
    title = request.POST.get("title", "仕事")
    made = jobs.ask(KIND, title, {}, actor=Actor("jinji"), now=NOW)
    time.sleep(0.1)
    if not title:
        made.delete()
        return HttpResponse(status=422)
    return HttpResponseRedirect(f"/jobs/{made.pk}")


@pytest.mark.django_db
def test_what_is_sent_again_is_led_to_what_the_first_made() -> None:
    first, again = make(sent(title="一")), sent(title="一")
    second = make(again)
    assert first["Location"] == second["Location"] == f"/jobs/{Job.objects.get().pk}"
    assert again.said == [SAID]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "other",
    [
        lambda: sent(title="二"),  # went back and wrote something else
        lambda: sent(title="一", token="a-token-of-another-form"),
        lambda: sent(title="一", name="shomu"),
        lambda: sent(title="一", file=SimpleUploadedFile("一.csv", b"2")),
    ],
)
def test_another_sending_is_done_as_well(other: Callable[[], HttpRequest]) -> None:
    make(sent(title="一", file=SimpleUploadedFile("一.csv", b"1")))
    make(other())
    assert Job.objects.count() == 2


@pytest.mark.django_db
def test_what_was_refused_on_another_page_may_be_sent_again_and_the_error_is_shown() -> None:
    times: list[str] = []

    @once
    def refuse(request: HttpRequest) -> HttpResponse:
        times.append("refused")
        messages.error(request, "だめです。")
        return HttpResponseRedirect("/back")

    for _ in range(2):
        request = sent()
        request._messages = CookieStorage(request)
        refuse(request)
        answer = HttpResponse()
        request._messages.update(answer)
        assert "messages" in answer.cookies
    assert times == ["refused", "refused"]


@pytest.mark.django_db
def test_what_was_refused_may_be_sent_again() -> None:
    refused = sent(title="")
    assert make(refused).status_code == make(sent(title="")).status_code == 422
    assert refused.said == []
    assert not Sending.objects.exists()


@pytest.mark.django_db
def test_what_broke_may_be_sent_again() -> None:
    @once
    def broken(_request: HttpRequest) -> HttpResponse:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken(sent(title="一"))
    assert not Sending.objects.exists()


@pytest.mark.django_db
def test_a_form_without_a_token_is_answered_as_ever() -> None:
    make(sent(token=""))
    make(sent(token=""))
    assert Job.objects.count() == 2
    assert not Sending.objects.exists()


@pytest.mark.django_db
def test_an_uploaded_file_can_still_be_read_after_it_was_looked_at() -> None:
    @once
    def read(request: HttpRequest) -> HttpResponse:
        return HttpResponse(request.FILES["file"].read())  # type: ignore[union-attr]  # one file

    assert read(sent(file=SimpleUploadedFile("一.csv", b"1,2"))).content == b"1,2"


@pytest.mark.django_db
def test_sendings_are_forgotten_after_a_day_and_hold_no_words() -> None:
    make(sent(title="一"))
    kept = Sending.objects.get()
    assert "一" not in f"{kept.key}{kept.address}"
    Sending.objects.update(at=F("at") - KEPT - timedelta(minutes=1))
    make(sent(title="二"))
    assert Sending.objects.count() == 1


@pytest.fixture
def _committed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """What is written stays, as for two browsers, and is taken away again by hand: the books let
    nobody empty them."""
    with django_db_blocker.unblock():
        yield
        Job.objects.filter(kind=KIND).delete()
        Sending.objects.all().delete()
        connection.close()


@pytest.mark.usefixtures("_committed")
def test_of_two_clicks_at_the_same_moment_the_second_waits_for_the_first() -> None:
    together = Barrier(2)

    def click() -> str:
        try:
            together.wait(10)
            return make(sent(title="一"))["Location"]
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as clicks:
        led = [each.result(30) for each in [clicks.submit(click) for _ in range(2)]]
    assert len(set(led)) == 1
    assert Job.objects.filter(kind=KIND).count() == 1
