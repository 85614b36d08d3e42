"""The record of somebody else opens for a purpose, which is said once and always in sight."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from django.http import HttpRequest
from django.test import Client
from pytest_django import Settings

from meibo.platform.purpose import purpose_of
from meibo.platform.purpose.kept import kept, remember
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import Ward

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def page(client: Client, address: str) -> str:
    return client.get(address).content.decode()


@pytest.mark.parametrize("duty", ["hr", "payroll"])
def test_without_a_purpose_a_clerk_sees_what_a_colleague_sees(
    ward: Ward, signed_in: SignIn, duty: str
) -> None:
    person = ward.first("税務係", "050")
    client = signed_in("人事係", "060", (duty,), purpose="")
    closed = page(client, f"/people/{person}")
    assert "記録を開く（利用目的を選ぶ）" in closed
    assert "<dt>級</dt>" not in closed
    assert "職員番号" not in closed
    answer = client.post("/purpose/", {"purpose": "transfer", "next": f"/people/{person}"})
    assert answer["Location"] == f"/people/{person}"
    opened = page(client, f"/people/{person}")
    assert "<dt>級</dt>" in opened
    assert "利用目的: 異動事務" in opened
    assert "記録を開く" not in opened


def test_the_purpose_stays_for_the_next_record_until_it_is_ended(
    ward: Ward, signed_in: SignIn
) -> None:
    client = signed_in("人事係", "060", ("hr",))
    first, second = ward.first("税務係", "050"), ward.first("税務係", "060")
    assert "<dt>級</dt>" in page(client, f"/people/{first}")
    assert "<dt>級</dt>" in page(client, f"/people/{second}")
    client.post("/purpose/end", {"next": "/"})
    assert "<dt>級</dt>" not in page(client, f"/people/{first}")


def test_ones_own_record_needs_no_purpose(ward: Ward, signed_in: SignIn) -> None:
    client = signed_in("人事係", "060", ("hr",), purpose="")
    own = page(client, f"/people/{ward.first('人事係', '060')}")
    assert "<dt>級</dt>" in own
    assert "記録を開く" not in own


def test_a_head_needs_no_purpose_for_the_own_section(ward: Ward, signed_in: SignIn) -> None:
    client = signed_in("税務係", "050", purpose="")
    assert "職員番号" in page(client, f"/people/{ward.first('税務係', '060')}")
    assert "利用目的" not in page(client, "/")


def test_nothing_is_found_by_the_record_without_a_purpose(ward: Ward, signed_in: SignIn) -> None:
    client = signed_in("人事係", "060", ("hr",), purpose="")
    person = ward.first("税務係", "050")
    client.post("/purpose/", {"purpose": "transfer"})
    number = next(
        line.split(",")[-1]
        for line in client.get("/list.csv?col=staff_no").content.decode().splitlines()[1:2]
    )
    assert f"{number}" in page(client, f"/search?q={number}")
    found = client.get(f"/search?q={number}").context["found"]
    assert found.total == 1
    client.post("/purpose/end")
    assert client.get(f"/search?q={number}").context["found"].total == 0
    assert person


@pytest.mark.parametrize("address", ["/list.csv?unit=02010000", "/list.xlsx?unit=02010000"])
def test_no_list_goes_out_without_a_purpose_whoever_asks(
    ward: Ward, signed_in: SignIn, address: str
) -> None:
    client = signed_in("税務係", "060", purpose="")
    answer = client.get(address)
    assert answer.status_code == 302
    assert urlsplit(answer["Location"]).path == "/purpose/"
    asked = client.get(answer["Location"]).content.decode()
    assert "何のために書き出しますか" in asked
    sent = {"purpose": "training", "next": address, "file": "1"}
    ready = client.post("/purpose/", sent).content.decode()
    assert address in ready.replace("&amp;", "&")
    assert "attachment" in client.get(address)["Content-Disposition"]


def test_a_card_for_the_telephone_needs_none(ward: Ward, signed_in: SignIn) -> None:
    client = signed_in("税務係", "060", purpose="")
    assert client.get(f"/people/{ward.first('税務係', '050')}/card.vcf").status_code == 200


def test_other_purposes_are_told_in_words(ward: Ward, signed_in: SignIn) -> None:
    client = signed_in("人事係", "060", ("hr",), purpose="")
    refused = client.post("/purpose/", {"purpose": "other"})
    assert refused.status_code == 422
    assert "中身を書いてください" in refused.content.decode()
    client.post("/purpose/", {"purpose": "other", "words": "  議会答弁の 資料 "})
    assert "利用目的: その他：議会答弁の 資料" in page(client, "/")


@pytest.mark.parametrize("words", ["個人番号 123456789018", "あ\x07い"])
def test_what_has_no_place_in_a_log_is_refused(ward: Ward, signed_in: SignIn, words: str) -> None:
    client = signed_in("人事係", "060", ("hr",), purpose="")
    answer = client.post("/purpose/", {"purpose": "transfer", "words": words})
    assert answer.status_code == 422


@pytest.mark.parametrize("wanted", ["https://elsewhere.example/", "//elsewhere.example", "list"])
def test_nobody_is_led_to_another_house(ward: Ward, signed_in: SignIn, wanted: str) -> None:
    client = signed_in("人事係", "060", ("hr",), purpose="")
    answer = client.post("/purpose/", {"purpose": "transfer", "next": wanted})
    assert answer["Location"] == "/"


def test_a_purpose_is_over_after_its_minutes(settings: Settings) -> None:
    settings.MEIBO_PURPOSE_MINUTES = 30
    request = HttpRequest()
    request.session = {}  # type: ignore[assignment]  # as much of a session as is used here
    remember(request, "異動事務", now=NOW)
    assert kept(request, now=NOW + timedelta(minutes=29)) is not None
    assert kept(request, now=NOW + timedelta(minutes=30)) is None


def test_the_audit_log_is_told_what_a_request_was_answered_for(
    ward: Ward, signed_in: SignIn
) -> None:
    client = signed_in("人事係", "060", ("hr",))
    assert purpose_of(client.get("/").wsgi_request) == "異動事務"
    client.post("/purpose/end")
    assert purpose_of(client.get("/").wsgi_request) == ""
