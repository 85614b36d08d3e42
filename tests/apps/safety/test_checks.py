"""安否確認 from the start to the board, the thinnest way through."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from meibo.apps.safety.models import Answer, Called, Check, Message
from meibo.apps.safety.queries.links import token_of
from meibo.config.clock import now
from meibo.ledger.writer import Batch, NewFiling, append
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import FIRST, NOW, Ward

DRILL = {"kind": "drill", "title": "訓練", "message": "これは訓練です。"}


@pytest.fixture
def crisis(ward: Ward, signed_in: SignIn) -> Client:
    return signed_in("防災計画係", "060", ("crisis",), purpose="")


def begun(client: Client, **values: object) -> Check:
    answer = client.post("/safety/checks/new/drill", {**DRILL, **values, "sure": "1"})
    check = Check.objects.get()
    assert answer["Location"] == f"/safety/checks/{check.pk}"
    return check


def link(called: Called) -> str:
    return f"/a/{token_of(called.pk, now() + timedelta(hours=1))}"


def test_who_is_asked_is_shown_before_anything_goes_out(crisis: Client) -> None:
    page = crisis.post("/safety/checks/new/drill", DRILL).content.decode()
    assert "人に送ります" in page
    assert not Check.objects.exists()


def test_everybody_in_service_is_asked_and_by_every_way_that_is_known(
    ward: Ward, crisis: Client
) -> None:
    person = ward.first("税務係", "060")
    contacts = [
        {"kind": "携帯", "value": "090-0000-7788"},
        {"kind": "メール", "value": "a@b.example"},
    ]
    filing = NewFiling(person, "contacts", json.dumps(contacts, ensure_ascii=False), FIRST, NOW)
    append(Batch(filings=[filing]), actor="test", now=NOW)
    check = begun(crisis)
    called = check.called.get(person=person)
    routes = list(
        Message.objects.filter(called=called).order_by("pk").values_list("route", flat=True)
    )
    assert routes == ["mail", "sms", "mail"]
    assert not Message.objects.filter(address__contains="7788").exists()  # sealed
    assert check.called.count() > 10


def test_a_tap_answers_without_a_sign_in_and_the_first_answer_stays(
    crisis: Client, client: Client
) -> None:
    called = begun(crisis).called.first()
    assert called is not None
    page = client.get(link(called))
    assert (page.status_code, len(page.content) < 20_000) == (200, True)
    assert not Answer.objects.exists()  # looking is no answer
    client.post(
        link(called),
        {"sheet": "1", "status": "hurt", "comes": "now", "hours": "3", "words": "足をけが"},
    )
    client.post(link(called), {"sheet": "1", "status": "safe", "comes": "no"})
    called.refresh_from_db()
    assert (called.status, called.comes) == ("safe", "no")
    assert [a.status for a in called.answers.all()] == ["hurt", "safe"]
    assert called.first_at is not None
    assert called.answered_at is not None
    assert called.first_at < called.answered_at
    assert "足をけが" not in called.answers.all()[0].sealed
    board = crisis.get(f"/safety/checks/{called.check_asked_id}").content.decode()
    assert "1<small>人</small>" in board


def test_a_link_that_was_changed_or_has_ended_answers_nothing(
    crisis: Client, client: Client
) -> None:
    called = begun(crisis).called.first()
    assert called is not None
    good = token_of(called.pk, now() + timedelta(hours=1))
    other = ("A" if good[0] != "A" else "B") + good[1:]
    ended = token_of(called.pk, now() - timedelta(minutes=2))
    for token in (other, ended, good[:-1], "あ"):
        assert client.post(f"/a/{token}", {"sheet": "1", "status": "safe"}).status_code == 410
    assert not Answer.objects.exists()


def test_an_answer_without_a_status_is_asked_for_again(crisis: Client, client: Client) -> None:
    called = begun(crisis).called.first()
    assert called is not None
    answer = client.post(link(called), {"sheet": "1", "comes": "now"})
    assert (answer.status_code, Answer.objects.exists()) == (422, False)


def test_others_have_no_business_here(ward: Ward, signed_in: SignIn) -> None:
    other = signed_in("税務係", "050")
    for path in ("checks", "checks/new/drill"):
        assert other.get(f"/safety/{path}").status_code == 403
