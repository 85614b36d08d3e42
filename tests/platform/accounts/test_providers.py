"""Signing in through the municipality's own identity provider: a real one, on this machine."""

from collections.abc import Iterator
from datetime import date
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from joserfc.jwk import RSAKey
from pytest_django import Settings

from meibo.config import sign_in as sign_in_file
from meibo.ledger import roll, ties
from meibo.platform.accounts.actions import close_account
from meibo.platform.accounts.models import Account
from meibo.platform.audit.models import AuditRecord
from tests.apps.directory.ward import NOW
from tests.platform.accounts.people import is_signed_in, opened, with_app
from tests.platform.accounts.provider import SECRET, Idp, running

pytestmark = pytest.mark.django_db

LOGIN = "/account/provider/town/"
HELD = """
[[provider]]
id = "town"
kind = "oidc"
label = "庁内アカウントでサインイン"
server_url = "{url}"
client_id = "meibo"
secret_env = "MEIBO_TEST_PROVIDER"
claim = "preferred_username"
match = "username"
pattern = '([^@]+)@ward\\.example'
second_factor_claim = "amr"
second_factor_values = ["mfa"]
"""
VISITOR = {"sub": "s-1", "preferred_username": "t.hanako@ward.example"}


@pytest.fixture(scope="module")
def _provider() -> Iterator[Idp]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")
        with running() as idp:
            yield idp


@pytest.fixture
def idp(_provider: Idp, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Idp:
    cache.clear()
    _provider.visitor, _provider.userinfo = dict(VISITOR), None
    _provider.forged, _provider.audience = None, "meibo"
    _provider.asked.clear()
    monkeypatch.setenv("MEIBO_TEST_PROVIDER", SECRET)
    configure(settings, tmp_path, HELD.format(url=_provider.url))
    return _provider


def configure(settings: Settings, place: Path, text: str) -> None:
    path = place / "sign_in.toml"
    path.write_text(text, encoding="utf-8")
    settings.MEIBO_PROVIDERS = sign_in_file.providers(path)
    settings.SOCIALACCOUNT_PROVIDERS = sign_in_file.for_allauth(settings.MEIBO_PROVIDERS)


def come_in(client: Client, address: str = LOGIN) -> HttpResponse:
    """Off to the provider, as a browser goes, and back with what it says."""
    away = client.get(address)
    assert away.status_code == 302, away.content.decode()
    place = urlsplit(away.headers["Location"])
    connection = HTTPConnection(place.netloc)
    connection.request("GET", f"{place.path}?{place.query}")
    back = urlsplit(str(connection.getresponse().headers["Location"]))
    connection.close()
    return client.get(f"{back.path}?{back.query}")  # type: ignore[return-value]  # of the test client


def failures() -> list[str]:
    found = AuditRecord.objects.filter(act="sign_in_failed").order_by("no")
    return list(found.values_list("detail", flat=True))


def test_who_the_provider_names_comes_in(client: Client, idp: Idp) -> None:
    opened()
    answer = come_in(client)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert is_signed_in(client)
    entry = AuditRecord.objects.get(act="sign_in")
    assert (entry.actor, entry.detail) == ("t.hanako", '{"means": ["town"]}')


def test_it_asks_with_a_code_a_state_and_pkce(client: Client, idp: Idp) -> None:
    asked = parse_qs(urlsplit(client.get(LOGIN).headers["Location"]).query)
    assert asked["response_type"] == ["code"]
    assert asked["code_challenge_method"] == ["S256"]
    assert {"state", "code_challenge"} <= set(asked)
    assert set(asked["scope"][0].split()) == {"openid", "profile"}


def test_the_page_one_wanted_is_reached(client: Client, idp: Idp) -> None:
    opened()
    assert come_in(client, f"{LOGIN}?next=/list").headers["Location"] == "/list"


def test_nobody_is_created_and_the_page_says_so(client: Client, idp: Idp) -> None:
    answer = come_in(client)
    assert answer.status_code == 403
    assert "アカウントが見つかりません" in answer.content.decode()
    assert not is_signed_in(client)
    assert Account.objects.count() == SocialAccount.objects.count() == 0
    assert failures() == ['{"how": "town", "reason": "no_account"}']


def test_a_name_of_another_domain_is_nobody(client: Client, idp: Idp) -> None:
    opened()
    idp.visitor = {**VISITOR, "preferred_username": "t.hanako@elsewhere.example"}
    assert come_in(client).status_code == 403


def test_a_closed_account_stays_closed(client: Client, idp: Idp) -> None:
    close_account(opened(), actor="test", now=NOW)
    assert come_in(client).status_code == 403
    assert failures() == ['{"how": "town", "reason": "closed"}']


def test_who_has_left_the_service_does_not_get_in(
    client: Client, idp: Idp, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(person="p-1")  # of whom the book knows no service at all
    assert come_in(client).status_code == 403
    assert failures() == ['{"how": "town", "reason": "closed"}']
    assert not is_signed_in(client)


def test_the_employee_number_finds_the_account_of_the_person(
    client: Client,
    idp: Idp,
    settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = HELD.format(url=idp.url).replace('"preferred_username"', '"employee_id"')
    text = text.replace('match = "username"', 'match = "staff_number"')
    configure(settings, tmp_path, text.replace("([^@]+)@ward\\.example", "0*([1-9][0-9]*)"))
    monkeypatch.setattr(ties, "person_numbered", {"4711": "p-1"}.get)
    monkeypatch.setattr(roll, "in_service", lambda person, on: True)
    opened("t.hanako.admin", person="p-1")
    opened("4711", person="p-1")
    idp.visitor = {"sub": "s-1", "employee_id": "004711"}
    come_in(client)
    assert AuditRecord.objects.get(act="sign_in").actor == "4711"


def test_a_token_signed_by_another_key_is_refused(client: Client, idp: Idp) -> None:
    opened()
    idp.forged = RSAKey.generate_key(2048, {"kid": "1"})
    assert come_in(client).status_code == 403
    assert not is_signed_in(client)
    assert failures() == ['{"how": "town", "reason": "unknown"}']


def test_a_token_for_another_service_is_refused(client: Client, idp: Idp) -> None:
    opened()
    idp.audience = "payroll"
    assert come_in(client).status_code == 403
    assert not is_signed_in(client)


def test_what_the_provider_says_of_another_person_is_not_taken(client: Client, idp: Idp) -> None:
    """OpenID Connect Core 1.0, 5.3.2: the subjects must be the same."""
    opened()
    idp.visitor = {"sub": "s-1"}
    idp.userinfo = {**VISITOR, "sub": "s-2"}
    assert come_in(client).status_code == 403
    idp.userinfo = dict(VISITOR)
    assert come_in(Client()).status_code == 302


def test_an_answer_that_nobody_asked_for_is_refused(client: Client, idp: Idp) -> None:
    opened()
    answer = client.get(f"{LOGIN}back/?code=x&state=y")
    assert answer.status_code == 403
    assert "サインインできませんでした" in answer.content.decode()


def test_who_gives_up_at_the_provider_is_told_so(client: Client, idp: Idp) -> None:
    state = parse_qs(urlsplit(client.get(LOGIN).headers["Location"]).query)["state"][0]
    answer = client.get(f"{LOGIN}back/?error=access_denied&state={state}")
    assert "途中で取りやめられました" in answer.content.decode()


def test_the_second_factor_of_this_house_is_asked_for_all_the_same(
    client: Client, idp: Idp
) -> None:
    with_app(opened())
    assert come_in(client).headers["Location"] == "/account/factor/code/"
    assert not is_signed_in(client)


def test_a_second_factor_at_the_provider_counts_where_the_house_takes_its_word(
    client: Client, idp: Idp, settings: Settings
) -> None:
    settings.MEIBO_SECOND_FACTOR = "all"
    with_app(opened())
    idp.visitor = {**VISITOR, "amr": ["pwd", "mfa"]}
    come_in(client)
    assert is_signed_in(client)
    assert client.get("/").status_code == 200


def test_who_was_vouched_for_needs_no_factor_here(
    client: Client, idp: Idp, settings: Settings
) -> None:
    settings.MEIBO_SECOND_FACTOR = "all"
    opened()
    idp.visitor = {**VISITOR, "amr": "mfa"}
    come_in(client)
    assert client.get("/").status_code == 200
    idp.visitor = {**VISITOR, "amr": ["pwd"]}
    other = Client()
    come_in(other)
    assert other.get("/").headers["Location"] == "/account/factor/first/"


def test_who_was_left_alone_is_asked_by_the_provider(client: Client, idp: Idp) -> None:
    from tests.platform.accounts.test_sessions import pass_minutes

    account = opened()
    Account.objects.filter(pk=account.pk).update(password="!")
    come_in(client)
    client.get("/")
    pass_minutes(client, 16)
    asked = client.get("/list").headers["Location"]
    assert asked == "/account/provider/again/?next=%2Flist"
    onward = client.get(asked).headers["Location"]
    idp.asked.clear()
    assert come_in(client, onward).headers["Location"] == "/list"
    assert idp.asked[0]["prompt"] == "login"
    assert client.get("/list").status_code == 200


def test_its_button_stands_on_the_sign_in_page_only_where_it_is_set_up(
    client: Client, idp: Idp, settings: Settings
) -> None:
    page = client.get("/account/login/?next=/list").content.decode()
    assert "庁内アカウントでサインイン" in page
    assert f'href="{LOGIN}?next=%2Flist"' in page
    settings.MEIBO_PROVIDERS = ()
    assert "庁内アカウント" not in client.get("/account/login/").content.decode()


def test_a_provider_that_nobody_set_up_is_not_there(client: Client) -> None:
    answer = client.get("/account/provider/nowhere/")
    assert answer.headers["Location"] == "/account/login/"


def test_who_has_nothing_to_prove_it_by_signs_in_anew_and_is_not_signed_out_by_a_link(
    client: Client,
) -> None:
    client.force_login(opened())
    page = client.get("/account/provider/again/?next=/list").content.decode()
    assert 'value="/account/login/?next=%2Flist"' in page
    assert is_signed_in(client)


def test_no_process_but_signing_in_is_served(client: Client, idp: Idp) -> None:
    opened()
    answer = come_in(client, f"{LOGIN}?process=connect")
    assert answer.status_code == 403
    assert not is_signed_in(client)


def test_service_is_judged_by_the_book(monkeypatch: pytest.MonkeyPatch) -> None:
    from meibo.platform.accounts.entrance.providers import in_service

    assert in_service(opened("t.machine"), on=date(2026, 11, 23))
    assert not in_service(opened("t.gone", person="p-9"), on=date(2026, 11, 23))
