"""Signing in by SAML: a provider by pysaml2, its assertions signed."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.providers import registry
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from meibo.platform.accounts.models import Account
from meibo.platform.audit.models import AuditRecord
from tests.platform.accounts.people import is_signed_in, opened, with_app
from tests.platform.accounts.test_providers import configure

pytestmark = [pytest.mark.django_db, pytest.mark.soak]

#: The attribute that pysaml2, and a directory, call uid (RFC 4519).
UID = "urn:oid:0.9.2342.19200300.100.1.1"
HELD = """
[[provider]]
id = "town"
kind = "saml"
label = "庁内アカウントでサインイン"
entity_id = "https://idp.example/metadata"
sso_url = "https://idp.example/sso"
certificate = "idp.pem"
claim = "{claim}"
match = "username"
second_factor_claim = "authnmethods"
second_factor_values = ["multipleauthn"]
"""


@pytest.fixture
def client() -> Client:
    return Client(HTTP_HOST="testserver")


@pytest.fixture
def idp(client: Client, settings: Settings, tmp_path: Path) -> Any:
    from allauth.socialaccount.providers.saml.provider import SAMLProvider

    from tests.platform.accounts.saml_idp import Idp, key_pair

    cache.clear()
    registry.register(SAMLProvider)
    settings.ROOT_URLCONF = "tests.platform.accounts.saml_house"
    key, certificate = key_pair()
    (tmp_path / "idp.pem").write_text(certificate, encoding="ascii")
    configure(settings, tmp_path, HELD.format(claim=UID))
    metadata = client.get("/account/saml/town/metadata/").content.decode()
    return Idp(tmp_path, metadata, key, certificate)


def request_of(client: Client, address: str = "/account/saml/town/") -> str:
    away = urlsplit(client.get(address).headers["Location"])
    assert away.hostname == "idp.example"
    return parse_qs(away.query)["SAMLRequest"][0]


def bring(client: Client, answer: dict[str, str]) -> HttpResponse:
    """The browser posts the answer from elsewhere, without the session's cookie, and is led on."""
    received = client.post("/account/saml/town/acs/", answer)
    return client.get(received.headers["Location"])  # type: ignore[return-value]  # of the test client


def test_who_the_provider_names_comes_in(client: Client, idp: Any) -> None:
    opened()
    answer = idp.answer(request_of(client), "n-1", uid=["t.hanako"])
    assert bring(client, answer).headers["Location"] == "/"
    assert is_signed_in(client)
    assert AuditRecord.objects.get(act="sign_in").actor == "t.hanako"


def test_the_name_id_may_be_what_counts(
    client: Client, idp: Any, settings: Settings, tmp_path: Path
) -> None:
    configure(settings, tmp_path, HELD.format(claim="NameID"))
    opened()
    bring(client, idp.answer(request_of(client), "t.hanako", uid=["x"]))
    assert is_signed_in(client)


def test_an_assertion_that_nobody_signed_is_refused(client: Client, idp: Any) -> None:
    opened()
    idp.key = ""
    answer = idp.answer(request_of(client), "n-1", uid=["t.hanako"])
    assert bring(client, answer).status_code == 403
    assert not is_signed_in(client)


def test_an_assertion_of_another_key_is_refused(client: Client, idp: Any) -> None:
    from tests.platform.accounts.saml_idp import key_pair

    opened()
    idp.key, idp.certificate = key_pair()
    answer = idp.answer(request_of(client), "n-1", uid=["t.hanako"])
    assert bring(client, answer).status_code == 403
    assert not is_signed_in(client)


def test_an_answer_serves_once_and_only_who_asked(client: Client, idp: Any) -> None:
    opened()
    answer = idp.answer(request_of(client), "n-1", uid=["t.hanako"])
    other = Client(HTTP_HOST="testserver")
    assert bring(other, answer).status_code == 403
    assert not is_signed_in(other)
    bring(client, answer)
    client.post("/account/logout/")
    assert bring(client, answer).status_code == 403
    assert not is_signed_in(client)


def test_nobody_is_created(client: Client, idp: Any) -> None:
    answer = idp.answer(request_of(client), "n-1", uid=["t.hanako"])
    assert bring(client, answer).status_code == 403
    assert not Account.objects.exists()


def test_a_second_factor_at_the_provider_counts(client: Client, idp: Any) -> None:
    with_app(opened())
    said = {"uid": ["t.hanako"], "authnmethods": ["password", "multipleauthn"]}
    bring(client, idp.answer(request_of(client), "n-1", **said))
    assert is_signed_in(client)


def test_a_link_from_elsewhere_signs_nobody_out(client: Client, idp: Any) -> None:
    client.force_login(opened())
    answer = client.get("/account/saml/town/sls/?SAMLRequest=x")
    assert answer.headers["Location"] == "/account/logout/"
    assert is_signed_in(client)


def test_its_button_leads_to_it(client: Client, idp: Any) -> None:
    page = client.get("/account/login/").content.decode()
    assert 'href="/account/saml/town/"' in page


def test_a_house_with_saml_starts(tmp_path: Path) -> None:
    (tmp_path / "sign_in.toml").write_text(HELD.format(claim=UID), encoding="utf-8")
    (tmp_path / "idp.pem").write_text("CERTIFICATE", encoding="ascii")
    program = (
        "import django; django.setup(); from django.urls import reverse;"
        "print(reverse('saml_login', args=['town']))"
    )
    surroundings = os.environ | {
        "MEIBO_TOWN": str(tmp_path),
        "MEIBO_DATA": str(tmp_path / "data"),
        "DJANGO_SETTINGS_MODULE": "meibo.config.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=surroundings,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "/account/saml/town/\n"
