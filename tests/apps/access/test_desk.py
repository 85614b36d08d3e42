"""The desk: a section's accounts, sheets and recoveries, in the hands of those who keep them."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from meibo.ledger.writer import UNIT, Batch, NewFiling, append
from meibo.platform.accounts.actions import open_account
from meibo.platform.accounts.models import Account
from meibo.platform.entry.models import Recovery, Sheet
from meibo.platform.grants.actions import Wish, bestow
from tests.apps.access.conftest import PASSWORD, SignIn
from tests.apps.directory.ward import FIRST, NOW, RECORDED, TODAY, Ward

CODE = re.compile(r'class="paper-code">([0-9A-Z-]{19})<')


@pytest.fixture
def clerk(ward: Ward, at: SignIn) -> Client:
    """税務課's 庶務担当."""
    return at("税務係", "060")


def codes(client: Client, *people: str) -> list[str]:
    return CODE.findall(client.post("/desk/sheets", {"person": people}).content.decode())


def test_a_clerk_prints_for_the_own_section_and_for_nobody_else(ward: Ward, clerk: Client) -> None:
    own, stranger = ward.first("課税第一係", "070"), ward.first("収納係", "070")
    page = clerk.get("/desk").content.decode()
    assert f'value="{own}"' in page
    assert f'value="{stranger}"' not in page
    printed = codes(clerk, own, stranger)
    assert len(printed) == 1
    assert Account.objects.filter(person=own).exists()
    assert not Account.objects.filter(person=stranger).exists()


def test_the_sheet_opens_the_house(ward: Ward, clerk: Client) -> None:
    (code,) = codes(clerk, ward.first("課税第一係", "070"))
    client = Client()
    posted = {"code": code, "password": PASSWORD, "again": PASSWORD}
    assert client.post("/start/password", posted).headers["Location"] == "/"
    assert (
        "紙を印刷（はじめてのサインイン）・使われました" in client.get("/grants").content.decode()
    )


def test_no_staff_number_is_shown_to_a_clerk(ward: Ward, clerk: Client) -> None:
    person = ward.first("課税第一係", "070")
    number = ward.batch.people[person]
    assert number not in clerk.get("/desk").content.decode()
    assert number not in clerk.post("/desk/sheets", {"person": [person]}).content.decode()


def test_a_sheet_is_no_way_into_an_account_in_use(ward: Ward, clerk: Client) -> None:
    person = ward.first("課税第一係", "070")
    open_account("used", PASSWORD, person, actor="test", now=NOW)
    assert codes(clerk, person) == []
    assert not Sheet.objects.exists()
    assert "使っている" in clerk.get("/desk").content.decode()


def test_a_clerk_prints_no_key_to_everybodys_record(ward: Ward, clerk: Client, at: SignIn) -> None:
    """Who holds a duty gets the sheet from personnel."""
    person = ward.first("課税第一係", "070")
    open_account("officer", None, person, ["hr"], actor="test", now=NOW)
    assert codes(clerk, person) == []
    assert len(codes(at("人事係", "050", "hr"), person)) == 1


def test_nor_one_that_will_be_such_a_key_tomorrow(ward: Ward, clerk: Client) -> None:
    person = ward.first("課税第一係", "070")
    tomorrow = TODAY + timedelta(days=1)
    wish = Wish(person, "hr", ward.codes["課税第一係"], tomorrow, "担当替え")
    bestow(wish, actor="test", now=NOW)
    assert codes(clerk, person) == []


@pytest.mark.parametrize(("unit", "post"), [("税務係", "070"), ("収納係", "060")])
def test_the_desk_is_not_for_ordinary_colleagues(
    ward: Ward, at: SignIn, unit: str, post: str
) -> None:
    client = at(unit, post)
    person = ward.first("課税第一係", "070")
    assert client.get("/desk").status_code == 403
    assert client.post("/desk/sheets", {"person": [person]}).status_code == 403
    assert client.post("/desk/open", {"day": "2026-11-23"}).status_code == 403
    assert not Sheet.objects.exists()


def test_personnel_opens_accounts_for_all_also_for_who_comes_in_april(
    ward: Ward, at: SignIn, clerk: Client
) -> None:
    officer = at("人事係", "050", "hr")
    said = officer.post("/desk/open", {"day": "2026-11-23"}, follow=True).content.decode()
    assert "人のアカウントをつくりました" in said
    before = Account.objects.count()
    officer.post("/desk/open", {"day": "2027-04-01"})
    assert Account.objects.count() > before
    assert clerk.post("/desk/open", {"day": "2027-04-01"}).status_code == 403


def test_personnel_looks_at_any_unit_and_a_clerk_at_none_beside_the_own(
    ward: Ward, at: SignIn, clerk: Client
) -> None:
    other = ward.codes["納税課"]
    person = ward.first("収納係", "070")
    officer = at("人事係", "050", "hr")
    assert f'value="{person}"' in officer.get(f"/desk?unit={other}").content.decode()
    assert f'value="{person}"' not in clerk.get(f"/desk?unit={other}").content.decode()


def start(ward: Ward, clerk: Client) -> tuple[Account, Recovery]:
    person = ward.first("課税第一係", "070")
    account = open_account("lost", PASSWORD, person, actor="test", now=NOW)
    answer = clerk.post(f"/desk/people/{person}/recover", {"reason": "両方"})
    assert answer.status_code == 302
    return account, Recovery.objects.get()


def test_two_bring_somebody_back_in(ward: Ward, clerk: Client, at: SignIn) -> None:
    account, recovery = start(ward, clerk)
    head = at("税務課", "030")
    own = clerk.get("/desk").content.decode()
    assert "始めた人は確認できません" in own
    assert "本人に間違いない" not in own
    assert "本人に間違いない" in head.get("/desk").content.decode()
    clerk.post(f"/desk/recoveries/{recovery.pk}/confirm")
    assert Account.objects.get(pk=account.pk).check_password(PASSWORD)
    head.post(f"/desk/recoveries/{recovery.pk}/confirm")
    assert not Account.objects.get(pk=account.pk).has_usable_password()
    page = clerk.post(f"/desk/recoveries/{recovery.pk}/sheet").content.decode()
    (code,) = CODE.findall(page)
    client = Client()
    new = "haru-no-asa-no-hikari"
    client.post("/start/password", {"code": code, "password": new, "again": new})
    told = client.get("/grants").content.decode()
    assert "窓口での復旧（両方）" in told
    for unit, post in (("税務係", "060"), ("税務課", "030")):
        assert ward.names[ward.first(unit, post)].replace("\u3000", " ") in told


def test_a_second_clerk_confirms_too(ward: Ward, clerk: Client, at: SignIn) -> None:
    account, recovery = start(ward, clerk)
    both = f'["{ward.first("税務係", "060")}", "{ward.first("課税第二係", "060")}"]'
    filing = NewFiling(UNIT + ward.codes["税務課"], "clerks", both, FIRST, RECORDED)
    append(Batch(filings=[filing]), actor="test", now=NOW)
    at("課税第二係", "060").post(f"/desk/recoveries/{recovery.pk}/confirm")
    assert not Account.objects.get(pk=account.pk).has_usable_password()


def test_a_recovery_of_others_reads_like_one_that_does_not_exist(
    ward: Ward, clerk: Client, at: SignIn
) -> None:
    _, recovery = start(ward, clerk)
    other = at("納税推進係", "050")
    for number in (recovery.pk, 999999):
        assert other.post(f"/desk/recoveries/{number}/confirm").status_code == 404
    assert other.get(f"/desk/people/{ward.first('課税第一係', '070')}/recover").status_code == 404


def test_nobody_recovers_themselves(ward: Ward, clerk: Client) -> None:
    own = ward.first("税務係", "060")
    assert clerk.post(f"/desk/people/{own}/recover", {"reason": "両方"}).status_code == 404
