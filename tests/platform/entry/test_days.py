"""An account opens the house from the day of appointment through the last day, and nobody edits
anything for it."""

from datetime import date, timedelta

import pytest
from django.test import Client

from meibo.domain.book import Effect, Line
from meibo.ledger import writer
from meibo.ledger.writer import NewFiling
from meibo.platform import door
from meibo.platform.accounts.actions import open_account
from meibo.platform.accounts.models import Account
from meibo.platform.audit.models import AuditRecord
from meibo.platform.entry.actions import open_for
from meibo.platform.grants.actions import revoke
from tests.ledger.scenes import NOW, TODAY, append
from tests.platform.grants.people import (
    COMMAND,
    LAST,
    MOVED,
    TAX_TEAM,
    WELFARE,
    People,
    granted,
    settle,
)

PASSWORD = "fuyu-no-hi-no-yuugata"
ONE = timedelta(days=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> People:
    return settle()


class Calendar:
    """Turns the day."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.patch = monkeypatch
        self.turn(TODAY)

    def turn(self, day: date) -> None:
        self.patch.setattr(door, "today", lambda: day)


@pytest.fixture
def calendar(monkeypatch: pytest.MonkeyPatch) -> Calendar:
    return Calendar(monkeypatch)


def account(name: str, person: str) -> Account:
    return open_account(name, PASSWORD, person, actor="test", now=NOW)


def sign_in(client: Client, name: str) -> str:
    """Where signing in leads to."""
    answer = client.post("/account/login/", {"login": name, "password": PASSWORD})
    return answer.headers.get("Location", "")


def appointed(day: date) -> str:
    """Somebody whose appointment on a day is announced."""
    person = writer.new_id()
    batch = writer.Batch(people={person: "2001"})
    stated = {"grade": 1, "job": "01", "employment": "1", "unit": WELFARE, "post": "070"}
    batch.add(Line(0, day, NOW, Effect.ENTER, person, "採用", **stated))  # type: ignore[arg-type]  # by name
    for field, value in (("name", "新人 一"), ("kana", "シンジン ハジメ"), ("staff_no", "2001")):
        batch.filings.append(NewFiling(person, field, value, day, NOW))
    append(batch)
    return person


def test_who_is_appointed_today_comes_in_today_and_not_the_day_before(
    people: People, calendar: Calendar, client: Client
) -> None:
    account("new", appointed(MOVED))
    calendar.turn(MOVED - ONE)
    assert sign_in(client, "new") == "/start/closed"
    assert "_auth_user_id" not in client.session
    assert AuditRecord.objects.filter(act="refused").exists()
    calendar.turn(MOVED)
    assert sign_in(client, "new") == "/"
    assert client.get("/").status_code == 200


def test_who_leaves_comes_in_on_the_last_day_and_is_out_at_midnight(
    people: People, calendar: Calendar, client: Client
) -> None:
    account("leaver", people.leaver)
    calendar.turn(LAST)
    assert sign_in(client, "leaver") == "/"
    assert client.get("/").status_code == 200
    calendar.turn(LAST + ONE)
    answer = client.get("/", follow=True)
    assert answer.redirect_chain == [("/start/closed", 302)]
    assert "最後の在籍日の翌日" in answer.content.decode()
    assert "_auth_user_id" not in client.session
    assert AuditRecord.objects.filter(act="session", actor="leaver").exists()
    assert sign_in(client, "leaver") == "/start/closed"


def test_a_part_of_a_page_is_not_answered_with_another_page(
    people: People, calendar: Calendar, client: Client
) -> None:
    client.force_login(account("leaver", people.leaver))
    calendar.turn(LAST + ONE)
    answer = client.get("/search?q=a", headers={"HX-Request": "true"})
    assert (answer.content, answer.headers["HX-Redirect"]) == (b"", "/start/closed")


def test_a_wrong_password_tells_nothing_of_the_day(
    people: People, calendar: Calendar, client: Client
) -> None:
    account("leaver", people.leaver)
    calendar.turn(LAST + ONE)
    answer = client.post("/account/login/", {"login": "leaver", "password": "kitto-chigau-no"})
    assert answer.status_code == 200


def test_an_account_without_a_person_knows_no_days(calendar: Calendar, client: Client) -> None:
    open_account("machine", PASSWORD, None, ["it"], actor="test", now=NOW)
    calendar.turn(date(2099, 1, 1))
    assert sign_in(client, "machine") == "/"


def test_what_hung_on_the_old_post_is_gone_at_the_next_request_after_midnight(
    people: People, calendar: Calendar, client: Client
) -> None:
    granted(people, "mover", "hr", unit=TAX_TEAM)
    client.force_login(account("mover", people.mover))
    calendar.turn(MOVED - ONE)
    assert client.get("/desk").status_code == 200
    calendar.turn(MOVED)
    assert client.get("/desk").status_code == 403
    assert client.get("/").status_code == 200


def test_during_the_handover_the_old_duty_still_opens_its_pages(
    people: People, calendar: Calendar, client: Client, settings: object
) -> None:
    settings.MEIBO_HANDOVER_DAYS = 3  # type: ignore[attr-defined]  # the fixture's own way
    granted(people, "mover", "hr", unit=TAX_TEAM)
    client.force_login(account("mover", people.mover))
    calendar.turn(MOVED + 2 * ONE)
    assert client.get("/desk").status_code == 200
    assert "引継ぎ中" in client.get("/grants").content.decode()
    calendar.turn(MOVED + 3 * ONE)
    assert client.get("/desk").status_code == 403


def test_what_was_revoked_is_gone_at_the_next_request(
    people: People, calendar: Calendar, client: Client
) -> None:
    grant = granted(people, "plain", "hr", unit=TAX_TEAM)
    client.force_login(account("plain", people.plain))
    assert client.get("/desk").status_code == 200
    revoke(grant.pk, by=people.party("officer"), now=NOW)
    assert client.get("/desk").status_code == 403


def test_accounts_are_opened_for_all_and_once(people: People, calendar: Calendar) -> None:
    new = appointed(MOVED)
    everyone = [people.plain, people.mover, new]
    assert open_for(everyone, actor=COMMAND, now=NOW).count == 3
    assert open_for(everyone, actor=COMMAND, now=NOW).count == 0
    found = Account.objects.get(person=new)
    assert (found.username, found.has_usable_password()) == ("2001", False)


def test_a_name_that_is_taken_is_told(people: People) -> None:
    open_account("1006", None, None, actor="test", now=NOW)
    opened = open_for([people.plain, people.mover], actor=COMMAND, now=NOW)
    assert (opened.count, opened.taken) == (1, ["1006"])
