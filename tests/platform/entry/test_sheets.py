"""A sheet of paper opens one account, once, until its day; and nobody learns anything by trying."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from meibo.platform import door
from meibo.platform.accounts.models import Account
from meibo.platform.audit.models import AuditRecord
from meibo.platform.entry import actions, codes
from meibo.platform.entry.actions import (
    MISSES,
    EntryError,
    Printed,
    make_sheets,
    missed,
    open_for,
    redeem,
    sheet_of,
    too_many,
)
from meibo.platform.entry.models import Miss, Sheet
from tests.ledger.scenes import NOW, TODAY
from tests.platform.grants.people import COMMAND, LAST, People, settle

PASSWORD = "fuyu-no-hi-no-yuugata"
ONE = timedelta(days=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def people(monkeypatch: pytest.MonkeyPatch) -> People:
    monkeypatch.setattr(door, "today", lambda: TODAY)
    return settle()


def printed(person: str) -> Printed:
    open_for([person], actor=COMMAND, now=NOW)
    account = Account.objects.get(person=person)
    return make_sheets([account], Sheet.Kind.FIRST, actor=COMMAND, on=TODAY, now=NOW)[0]


def use(code: str, password: str = PASSWORD) -> Account:
    return redeem(code, password, address="192.0.2.1", on=TODAY, now=NOW)


def test_a_sheet_sets_a_password_once(people: People) -> None:
    sheet = printed(people.plain)
    assert use(sheet.code).check_password(PASSWORD)
    with pytest.raises(EntryError):
        use(sheet.code, "haru-no-asa-no-hikari")
    assert Account.objects.get(person=people.plain).check_password(PASSWORD)


def test_of_two_who_use_it_at_once_one_gets_in(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both have looked before either set a password: the row is used up by one of them."""
    sheet = printed(people.plain)
    found = sheet_of(sheet.code, TODAY)
    monkeypatch.setattr(actions, "sheet_of", lambda code, on: found)
    use(sheet.code)
    with pytest.raises(EntryError):
        use(sheet.code, "haru-no-asa-no-hikari")
    assert Account.objects.get(person=people.plain).check_password(PASSWORD)


def test_a_sheet_works_through_its_last_day(people: People, settings: object) -> None:
    settings.MEIBO_SHEET_DAYS = 3  # type: ignore[attr-defined]  # the fixture's own way
    sheet = printed(people.plain)
    assert sheet.last == TODAY + 3 * ONE
    assert sheet_of(sheet.code, sheet.last) is not None
    assert sheet_of(sheet.code, sheet.last + ONE) is None


def test_a_newer_sheet_ends_the_older_one(people: People) -> None:
    old, new = printed(people.plain), printed(people.plain)
    assert sheet_of(old.code, TODAY) is None
    assert sheet_of(new.code, TODAY) is not None


def test_the_code_itself_is_nowhere_in_the_database(people: People) -> None:
    code = printed(people.plain).code
    kept = Sheet.objects.get()
    stored = " ".join(str(getattr(kept, field.attname)) for field in Sheet._meta.fields)
    for written in (code, codes.read(code), code.lower()):
        assert written not in stored
        assert written not in " ".join(AuditRecord.objects.values_list("detail", flat=True))
    assert re.fullmatch("[0-9a-f]{64}", kept.secret)


def test_a_hash_is_worth_nothing_without_the_key_of_the_house(settings: object) -> None:
    code = codes.new_code()
    before = codes.hashed(code)
    settings.SECRET_KEY = "another-key-of-another-house"  # type: ignore[attr-defined]  # the fixture's own way
    assert codes.hashed(code) != before


@pytest.mark.parametrize("way", [str.lower, lambda c: c.replace("-", ""), lambda c: f" {c} "])
def test_a_code_is_read_however_it_is_typed(people: People, way: object) -> None:
    code = printed(people.plain).code
    assert sheet_of(way(code), TODAY) is not None  # type: ignore[operator]  # a way of typing


def test_letters_that_look_alike_and_wide_ones_are_read_alike() -> None:
    assert codes.read("１２３４-o0Il-ABCD-EFGH") == "123400"[:4] + "0011" + "ABCDEFGH"
    assert codes.read("short") == ""
    assert len({codes.new_code() for _ in range(200)}) == 200


def test_a_weak_password_leaves_the_sheet_as_it_was(people: People) -> None:
    sheet = printed(people.plain)
    with pytest.raises(ValidationError):
        use(sheet.code, "short")
    assert sheet_of(sheet.code, TODAY) is not None


def test_who_tries_too_many_codes_waits_and_others_do_not(people: People) -> None:
    for _ in range(MISSES):
        assert not too_many("192.0.2.9", now=NOW)
        missed("192.0.2.9", now=NOW)
    assert too_many("192.0.2.9", now=NOW)
    assert not too_many("192.0.2.1", now=NOW)
    later = NOW + timedelta(minutes=11)
    assert not too_many("192.0.2.9", now=later)
    missed("192.0.2.1", now=later)
    assert Miss.objects.count() == 1


def test_the_way_from_the_sheet_into_the_house(people: People, client: Client) -> None:
    sheet = printed(people.plain)
    page = client.get(f"/start/{sheet.code}")
    assert "1006" in page.content.decode()
    client.get(f"/start/{sheet.code}")  # looking uses nothing up
    typed = client.post("/start", {"code": sheet.code.lower()})
    assert "パスワードを決める" in typed.content.decode()
    asked = {"code": sheet.code, "password": PASSWORD, "again": "chigau"}
    assert client.post("/start/password", asked).status_code == 422
    answer = client.post("/start/password", asked | {"again": PASSWORD})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert client.get("/").status_code == 200
    again = Client().post("/account/login/", {"login": "1006", "password": PASSWORD})
    assert again.headers["Location"] == "/"


def test_every_code_that_opens_nothing_is_answered_alike(people: People, client: Client) -> None:
    used, ended, expired = (printed(people.plain) for _ in range(3))
    Sheet.objects.filter(secret=codes.hashed(used.code)).update(used_at=NOW)
    Sheet.objects.filter(secret=codes.hashed(expired.code)).update(last=TODAY - ONE)
    tokens = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
    pages = set()
    for code in (used.code, ended.code, expired.code, codes.new_code(), "x", ""):
        answer = client.post("/start", {"code": code or "-"})
        assert answer.status_code == 422
        pages.add(tokens.sub("", answer.content.decode()))
    assert len(pages) == 1


def test_who_has_guessed_too_often_is_not_told_of_a_right_code_either(
    people: People, client: Client
) -> None:
    sheet = printed(people.plain)
    for _ in range(MISSES):
        client.get(f"/start/{codes.new_code()}")
    answer = client.get(f"/start/{sheet.code}")
    assert "10分ほど待って" in answer.content.decode()
    posted = {"code": sheet.code, "password": PASSWORD, "again": PASSWORD}
    client.post("/start/password", posted)
    assert not Account.objects.get(person=people.plain).has_usable_password()


def test_a_sheet_is_not_used_up_before_the_day_of_appointment(
    people: People, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = printed(people.leaver)
    monkeypatch.setattr(door, "today", lambda: LAST + ONE)
    Sheet.objects.update(last=LAST + 9 * ONE)
    assert client.get(f"/start/{sheet.code}").headers["Location"] == "/start/closed"
    posted = {"code": sheet.code, "password": PASSWORD, "again": PASSWORD}
    assert client.post("/start/password", posted).headers["Location"] == "/start/closed"
    assert Sheet.objects.get().used_at is None


def test_who_prints_and_who_uses_a_sheet_is_written_down(people: People) -> None:
    use(printed(people.plain).code)
    acts = list(AuditRecord.objects.filter(act="account").order_by("no"))
    assert [a.actor for a in acts[-2:]] == [COMMAND.name, "1006"]
    assert '"deed": "sheet"' in acts[-2].detail
    assert '"deed": "password"' in acts[-1].detail
