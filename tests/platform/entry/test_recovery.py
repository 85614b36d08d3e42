"""Recovery at the desk needs two, and neither is the one who can't get in."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from meibo.ledger import ties
from meibo.ledger.writer import UNIT, Batch, NewFiling
from meibo.platform.accounts.actions import open_account
from meibo.platform.accounts.models import Account
from meibo.platform.audit.actions import Actor
from meibo.platform.audit.models import AuditRecord, AuditSubject
from meibo.platform.entry import factors, recovery
from meibo.platform.entry.actions import EntryError, make_sheets, sheet_of
from meibo.platform.entry.models import Recovery, Sheet
from meibo.platform.grants.queries import duties_of
from tests.ledger.scenes import KNOWN, NOW, START, TODAY, append, hire
from tests.platform.grants.people import COMMAND, TAX, TAX_TEAM, settle

PASSWORD = "fuyu-no-hi-no-yuugata"
pytestmark = pytest.mark.django_db


class Desk:
    """A section with two 庶務担当 (`mover`, `plain`), a head, and somebody who can't get in."""

    def __init__(self) -> None:
        self.people = settle()
        batch = Batch()
        self.head = hire(batch, "1101", "中村 薫", "ナカムラ カオル", TAX, "030")
        self.lost = hire(batch, "1102", "小林 忍", "コバヤシ シノブ", TAX_TEAM, "070")
        clerks = f'["{self.people.mover}", "{self.people.plain}"]'
        batch.filings.append(NewFiling(UNIT + TAX, "clerks", clerks, START, KNOWN))
        append(batch)
        self.account = open_account("1102", PASSWORD, self.lost, actor="test", now=NOW)

    def id(self, name: str) -> str:
        found: str = getattr(self, name, "") or getattr(self.people, name)
        return found

    def viewer(self, name: str) -> Any:
        return ties.viewer_of(self.id(name), duties_of(self.id(name), TODAY), TODAY)

    def start(self, name: str = "mover") -> Recovery:
        by, actor = self.viewer(name), Actor(name, self.id(name))
        return recovery.start(self.account, "両方", by=by, actor=actor, now=NOW)

    def confirm(self, found: Recovery, name: str, sign_in: str = "") -> None:
        actor = Actor(sign_in or name, self.id(name))
        recovery.confirm(found, by=self.viewer(name), actor=actor, now=NOW)

    def password(self) -> bool:
        return Account.objects.get(pk=self.account.pk).check_password(PASSWORD)


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.mark.parametrize("name", ["plain", "head", "officer"])
def test_two_of_them_take_the_password_away(desk: Desk, name: str) -> None:
    found = desk.start()
    assert desk.password()
    desk.confirm(found, name)
    assert not desk.password()


def test_who_started_it_does_not_confirm_it_whatever_account_they_use(desk: Desk) -> None:
    found = desk.start()
    for sign_in in ("mover", "mover-it"):
        with pytest.raises(EntryError, match="始めた人は確認できません"):
            desk.confirm(found, "mover", sign_in)
    assert desk.password()


@pytest.mark.parametrize("name", ["lost", "leaver", "engineer"])
def test_neither_the_person_nor_any_colleague_confirms(desk: Desk, name: str) -> None:
    found = desk.start()
    with pytest.raises(EntryError, match="立場ではありません"):
        desk.confirm(found, name)
    assert desk.password()


@pytest.mark.parametrize("name", ["lost", "leaver", "engineer", "head"])
def test_only_who_keeps_the_account_starts(desk: Desk, name: str) -> None:
    with pytest.raises(EntryError, match="始められる立場ではありません"):
        desk.start(name)
    assert not Recovery.objects.exists()


def test_one_recovery_waits_at_a_time_and_is_confirmed_once(desk: Desk) -> None:
    found = desk.start()
    with pytest.raises(EntryError, match="もう確認を待っています"):
        desk.start("officer")
    desk.confirm(found, "plain")
    with pytest.raises(EntryError, match="もう終わっています"):
        desk.confirm(found, "head")
    desk.start()


def test_what_was_dropped_is_not_confirmed_any_more(desk: Desk) -> None:
    found = desk.start()
    recovery.drop(found, by=desk.viewer("mover"), actor=Actor("mover"), now=NOW)
    with pytest.raises(EntryError, match="もう終わっています"):
        desk.confirm(found, "plain")
    assert desk.password()


def test_who_holds_a_duty_is_recovered_by_personnel_alone(desk: Desk) -> None:
    """Else a section could take the key to everybody's record."""
    desk.account = open_account("1003", PASSWORD, desk.people.engineer, actor="test", now=NOW)
    found = desk.start()
    with pytest.raises(EntryError, match="人事担当が確認します"):
        desk.confirm(found, "plain")
    desk.confirm(found, "officer")
    assert not desk.password()


def test_open_sessions_and_sheets_end_with_the_confirmation(desk: Desk, client: Client) -> None:
    client.force_login(desk.account)
    kind = Sheet.Kind.FIRST
    old = make_sheets([desk.account], kind, actor=COMMAND, on=TODAY, now=NOW)[0]
    desk.confirm(desk.start(), "plain")
    assert client.get("/help").status_code == 302
    assert sheet_of(old.code, TODAY) is None


def test_the_sheet_is_for_the_two_and_for_a_day(desk: Desk) -> None:
    found = desk.start()
    assert not recovery.may_print(found, "mover", now=NOW)
    desk.confirm(found, "plain")
    found.refresh_from_db()
    assert [n for n in ("mover", "plain", "head") if recovery.may_print(found, n, now=NOW)] == [
        "mover",
        "plain",
    ]
    assert not recovery.may_print(found, "mover", now=NOW + timedelta(hours=25))
    made = recovery.print_sheet(found, actor=Actor("mover"), on=TODAY, now=NOW)
    assert sheet_of(made.code, TODAY) is not None
    with pytest.raises(EntryError, match="もう印刷できません"):
        recovery.print_sheet(found, actor=Actor("head"), on=TODAY, now=NOW)
    Sheet.objects.update(used_at=NOW)
    assert not recovery.may_print(found, "mover", now=NOW)


def test_both_are_written_down_with_whom_it_is_about(desk: Desk) -> None:
    before = AuditRecord.objects.count()
    desk.confirm(desk.start(), "plain")
    records = list(AuditRecord.objects.order_by("no")[before:])
    assert [(r.act, r.actor) for r in records] == [("account", "mover"), ("account", "plain")]
    for record in records:
        assert AuditSubject.objects.get(record=record).person == desk.lost


def test_second_factors_are_forgotten_where_the_house_has_them(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    forgotten: list[Account] = []
    monkeypatch.setattr(recovery, "forget_factors", forgotten.append)
    desk.confirm(desk.start(), "plain")
    assert forgotten == [desk.account]


def test_the_factors_of_this_account_go_and_nobody_elses(desk: Desk) -> None:
    make = Authenticator.objects.create
    other = open_account("1006", PASSWORD, desk.people.plain, actor="test", now=NOW)
    for account in (desk.account, other):
        make(user=account, type="totp", data={})
    assert factors.forget_factors(desk.account) == 1
    assert list(Authenticator.objects.values_list("user", flat=True)) == [other.pk]
