"""accounts open, sheet, grant, revoke: the first people of a new house get in."""

import pytest
from django.test import Client

from meibo.config.cli import accounts
from meibo.ledger import ties
from meibo.platform import door
from meibo.platform.accounts.models import Account
from meibo.platform.audit.models import AuditRecord
from meibo.platform.grants.models import Grant
from meibo.platform.grants.queries import duties_of
from tests.config.cli.conftest import Meibo
from tests.ledger.scenes import NOW, TODAY
from tests.platform.grants.people import TAX, TAX_TEAM, settle

PASSWORD = "fuyu-no-hi-no-yuugata"


@pytest.fixture
def ward(desk: Meibo, monkeypatch: pytest.MonkeyPatch) -> Meibo:
    settle()
    for name, value in (("today", lambda: TODAY), ("now", lambda: NOW)):
        monkeypatch.setattr(accounts, name, value)
    monkeypatch.setattr(door, "today", lambda: TODAY)
    return desk


def person(number: str) -> str:
    found = ties.person_numbered(number)
    assert found
    return found


def test_everyone_in_service_gets_an_account_once(ward: Meibo) -> None:
    said = ward("accounts", "open")
    assert (said.code, said.out) == (0, "")
    assert "つくったアカウント: 6" in said.err
    assert "つくったアカウント: 0" in ward("accounts", "open").err
    assert Account.objects.get(username="1006").person == person("1006")


def test_a_unit_alone_gets_accounts(ward: Meibo) -> None:
    ward("accounts", "open", "--unit", TAX)
    assert set(Account.objects.values_list("username", flat=True)) == {
        "1003",
        "1004",
        "1005",
        "1006",
    }
    assert ward("accounts", "open", "--unit", "99").code == 1


def test_the_first_officer_gets_in_by_a_code_and_a_grant(ward: Meibo, client: Client) -> None:
    granted = ward(
        "accounts", "grant", "1006", "hr", "--until", "2027-03-31", "--purpose", "立ち上げ"
    )
    assert granted.code == 0
    code = ward("accounts", "sheet", "1006").out.strip()
    posted = {"code": code, "password": PASSWORD, "again": PASSWORD}
    assert client.post("/start/password", posted).headers["Location"] == "/"
    assert "だれがどの権限を持っているか" in client.get("/grants").content.decode()
    again = ward("accounts", "sheet", "1006")
    assert (again.code, "もう使われている" in again.err) == (1, True)


def test_a_grant_hangs_on_the_main_post_unless_said_otherwise(ward: Meibo) -> None:
    ward("accounts", "grant", "1006", "audit", "--purpose", "定期監査")
    ward("accounts", "grant", "1006", "crisis", "--unit", TAX, "--purpose", "訓練")
    grants = Grant.objects.filter(person=person("1006"))
    assert {(g.duty, g.unit) for g in grants} == {("audit", TAX_TEAM), ("crisis", TAX)}
    record = AuditRecord.objects.filter(act="grant").order_by("-no")[0]
    assert (record.actor.partition(":")[0], record.purpose) == ("command", "訓練")


def test_what_a_command_took_away_is_gone(ward: Meibo) -> None:
    words = ("accounts", "revoke", "1001", "hr", "--purpose", "退任")
    assert ward(*words).code == 0
    assert duties_of(person("1001"), TODAY) == set()
    assert ward(*words).code == 1


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("grant", "9999", "hr"), "職員番号「9999」"),
        (("grant", "1006", "mayor"), "「mayor」という職務はありません"),
        (("grant", "1006", "hr", "--unit", "02010000"), "その組織の職がありません"),
        (("grant", "1006", "hr", "--until", "2020-01-01"), "始まりの日より前"),
    ],
)
def test_what_is_wrong_with_a_grant_is_told(ward: Meibo, words: tuple[str, ...], told: str) -> None:
    said = ward("accounts", *words, "--purpose", "試し")
    assert (said.code, told in said.err) == (1, True)
    assert not Grant.objects.filter(person=person("1006")).exists()
