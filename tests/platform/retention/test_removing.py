"""Nothing is removed by mistake: two others approve, time passes, and it can be called off."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from meibo.apps.personnel.models import OpenFinding
from meibo.domain.book import Effect
from meibo.ledger import check, reader, writer
from meibo.ledger.models import DataKey
from meibo.platform.accounts.actions import open_account
from meibo.platform.accounts.models import Account
from meibo.platform.audit.actions import Actor
from meibo.platform.audit.models import AuditRecord
from meibo.platform.privacy import actions as privacy
from meibo.platform.privacy.models import Request
from meibo.platform.retention import actions, queries
from meibo.platform.retention.models import Proposal
from tests.ledger.scenes import NOW, START, TODAY, append, file, hire, house, order, viewer

pytestmark = pytest.mark.django_db
LEFT = date(2021, 3, 31)
TABLE = (
    "kind,label,from,years,permanent\n*wait,待つ,,14,\nbook,発令簿,,,1\n"
    "career,職歴,leave,5,\nroster,名簿,leave,5,\nfilings,届出,leave,5,\n"
)
A, B, C = Actor("hr1", "pa"), Actor("hr2", "pb"), Actor("hr3", "pc")
LATER = NOW + timedelta(days=14)


@pytest.fixture
def town(settings: Any, tmp_path: Path) -> Path:
    """A town that keeps five years, in a data directory of its own."""
    source = Path(settings.MEIBO_TOWN)
    for name in ("disclosure.csv", "terms.csv", "names.csv", "purposes.csv"):
        (tmp_path / name).write_bytes((source / name).read_bytes())
    (tmp_path / "retention.csv").write_text(TABLE, encoding="utf-8")
    (tmp_path / "photos").mkdir()
    settings.MEIBO_TOWN, settings.MEIBO_DATA = tmp_path, tmp_path
    return tmp_path


@pytest.fixture
def gone(town: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    batch = house()
    person = hire(batch, "0009001", "鶴見　紗英子", "ツルミ　サエコ", "01010010", "070")
    file(batch, person, "photo", "face.jpg")
    hire(batch, "0009002", "山田　一郎", "ヤマダ　イチロウ", "01010010", "050")
    batch.add(order(person, LEFT, Effect.LEAVE, "退職"))
    with monkeypatch.context() as patch:
        named = iter((A.person, B.person, C.person))
        patch.setattr(writer, "new_id", lambda: next(named))
        for number in ("0009003", "0009004", "0009005"):
            hire(batch, number, f"人事　{number}", "ジンジ　カカリ", "01010010", "070")
    append(batch)
    (town / "photos" / "face.jpg").write_bytes(b"face")
    for actor in (A, B, C):
        open_account(actor.name, None, actor.person, ["hr"], actor="test", now=NOW)
    return person


def proposed(person: str) -> int:
    assert actions.propose([person], actor=A, now=NOW, on=TODAY) == 1
    return Proposal.objects.get(person=person, state=Proposal.PROPOSED).pk


def approved(person: str) -> int:
    number = proposed(person)
    for actor in (B, C):
        actions.approve(number, actor=actor, now=NOW)
    return number


def is_there(person: str) -> bool:
    return reader.card(viewer("hr"), person, on=START) is not None


def test_what_two_others_approved_goes_when_the_wait_is_over(gone: str, town: Path) -> None:
    open_account("tsurumi", None, gone, actor="test", now=NOW)
    OpenFinding.objects.create(package="p", file="f", staff_no="0009001", code="c", found=NOW)
    privacy.take_in("disclosure", "0009001", TODAY, actor=A, now=NOW, on=TODAY)
    number = approved(gone)
    actions.carry_out(number, actor=B, now=LATER, on=LATER.date())
    assert not is_there(gone)
    assert check.verify().differences == []
    assert not (town / "photos" / "face.jpg").exists()
    account = Account.objects.get(username="tsurumi")
    assert (account.is_active, account.person) == (False, None)
    assert not OpenFinding.objects.exists()
    assert Request.objects.get(person=gone).staff_no == ""
    assert Proposal.objects.get(pk=number).state == Proposal.CARRIED
    assert (town / "shredded").read_text().split() == [gone]


def test_every_step_is_in_the_audit_log_without_a_name(gone: str) -> None:
    actions.carry_out(approved(gone), actor=B, now=LATER, on=LATER.date())
    rows = AuditRecord.objects.filter(act="retention").order_by("no")
    told = [(row.actor, row.detail) for row in rows]
    assert [each[0] for each in told] == ["hr1", "hr2", "hr3", "hr2"]
    assert "carry out" in told[-1][1]
    assert not [text for _, text in told if "鶴見" in text or "0009001" in text]
    assert all([s.person for s in row.subjects.all()] == [gone] for row in rows)


@pytest.mark.parametrize(
    "who",
    [A, Actor("hr1-admin", "pa"), Actor("hr2", "pb"), Actor("hr2-admin", "pb")],
    ids=["the proposer", "by another account", "again", "again by another account"],
)
def test_nobody_counts_twice(gone: str, who: Actor) -> None:
    number = proposed(gone)
    actions.approve(number, actor=B, now=NOW)
    with pytest.raises(ValidationError, match=r"承認できません|すでに"):
        actions.approve(number, actor=who, now=NOW)
    assert Proposal.objects.get(pk=number).not_before is None


def test_it_is_not_carried_out_too_early_nor_with_one_approval(gone: str) -> None:
    number = proposed(gone)
    actions.approve(number, actor=B, now=NOW)
    with pytest.raises(ValidationError, match="足りません"):
        actions.carry_out(number, actor=C, now=LATER, on=LATER.date())
    actions.approve(number, actor=C, now=NOW)
    early = LATER - timedelta(seconds=1)
    with pytest.raises(ValidationError, match="過ぎていません"):
        actions.carry_out(number, actor=C, now=early, on=early.date())
    assert is_there(gone)


def test_it_can_be_called_off_until_it_is_carried_out(gone: str) -> None:
    number = approved(gone)
    actions.withdraw(number, actor=A, now=LATER)
    with pytest.raises(ValidationError, match="終わって"):
        actions.carry_out(number, actor=B, now=LATER, on=LATER.date())
    assert is_there(gone)
    assert actions.propose([gone], actor=A, now=LATER, on=LATER.date()) == 1


def test_a_table_that_has_become_longer_since_stops_it(gone: str, town: Path) -> None:
    number = approved(gone)
    (town / "retention.csv").write_text(TABLE.replace(",5,", ",30,"), encoding="utf-8")
    with pytest.raises(ValidationError, match="まだ保存"):
        actions.carry_out(number, actor=B, now=LATER, on=LATER.date())
    assert is_there(gone)


def test_who_is_not_due_is_not_proposed(gone: str) -> None:
    stays = next(c.id for c in reader.cards(viewer("hr"), on=TODAY))
    assert actions.propose([stays, "nobody"], actor=A, now=NOW, on=TODAY) == 0
    assert [each.person for each in queries.due(date(2026, 4, 1))] == [gone]
    assert queries.due(date(2026, 3, 31)) == []


def test_what_was_broken_off_is_gone_on_with(
    gone: str, town: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = approved(gone)

    def fail(_name: str) -> None:
        raise OSError("the disk is away")

    with monkeypatch.context() as broken:
        broken.setattr(actions, "_remove", fail)
        with pytest.raises(OSError, match="away"):
            actions.carry_out(number, actor=B, now=LATER, on=LATER.date())
    assert Proposal.objects.get(pk=number).state == Proposal.CARRYING
    assert (town / "photos" / "face.jpg").exists()
    actions.carry_out(number, actor=B, now=LATER, on=LATER.date())
    assert not (town / "photos" / "face.jpg").exists()


def test_after_a_restore_of_an_older_copy_they_are_forgotten_again(gone: str, town: Path) -> None:
    assert actions.forget_again(actor=A, now=NOW) == 0
    (town / "shredded").write_text(f"{gone}\n")
    assert actions.forget_again(actor=A, now=NOW) == 1
    assert not DataKey.objects.filter(person_id=gone).exists()
    assert not (town / "photos" / "face.jpg").exists()
    assert actions.forget_again(actor=A, now=NOW) == 0


Sign = Callable[[str], Client]


@pytest.fixture
def sign_in(gone: str) -> Sign:
    def as_(name: str) -> Client:
        account = Account.objects.filter(username=name).first()
        if account is None:
            account = open_account(name, None, None, ["hr"], actor="test", now=NOW)
        client = Client()
        client.force_login(account)
        client.post("/purpose/", {"purpose": "transfer"})
        return client

    return as_


def test_personnel_go_through_it_on_the_page(gone: str, sign_in: Sign) -> None:
    one, two, three = (sign_in(name) for name in ("op1", "op2", "op3"))
    page = one.get("/retention/").content.decode()
    assert "鶴見" in page
    assert one.post("/retention/propose", {"person": [gone]}).status_code == 302
    number = Proposal.objects.get().pk
    refused = one.post(f"/retention/{number}/approve", follow=True).content.decode()
    assert "承認できません" in refused
    for client in (two, three):
        client.post(f"/retention/{number}/approve")
    page = two.get("/retention/").content.decode()
    assert "から廃棄できます" in page.replace("</span>", "")
    early = two.post(f"/retention/{number}/carry", follow=True).content.decode()
    assert "過ぎていません" in early
    assert is_there(gone)
    assert two.post(f"/retention/{number}/withdraw").status_code == 302
    assert Proposal.objects.get().state == Proposal.WITHDRAWN
    assert two.post(f"/retention/{number}/burn").status_code == 404


def test_the_page_of_somebody_removed_tells_nothing(gone: str, sign_in: Sign) -> None:
    desk = sign_in("op1")
    address = f"/people/{gone}?on={START.isoformat()}"
    assert "鶴見" in desk.get(address).content.decode()
    actions.carry_out(approved(gone), actor=B, now=LATER, on=LATER.date())
    page = desk.get(address)
    assert page.status_code == 404
    assert "鶴見" not in page.content.decode()


def test_others_do_not_get_in(gone: str, sign_in: Sign) -> None:
    account = open_account("it1", None, None, ["it"], actor="test", now=NOW)
    client = Client()
    client.force_login(account)
    client.post("/purpose/", {"purpose": "transfer"})
    assert client.get("/retention/").status_code == 403
    assert client.post("/retention/propose", {"person": [gone]}).status_code == 403
    assert client.post("/retention/1/approve").status_code == 403
    assert not Proposal.objects.exists()


def test_a_table_that_says_too_little_is_shown_with_its_row(
    gone: str, town: Path, sign_in: Sign
) -> None:
    (town / "retention.csv").write_text(TABLE.replace("roster,名簿,leave,5", "roster,名簿,leave,1"))
    page = sign_in("op1").get("/retention/").content.decode()
    assert "5行 years列「1」" in page
    assert "すべて永久に保存します" in page
