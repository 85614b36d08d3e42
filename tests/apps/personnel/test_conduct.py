"""処分・表彰・災害: for the few who are named for it and the person; to others somebody is away."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from meibo.apps.personnel.actions import conduct as actions
from meibo.apps.personnel.actions.conduct import ConductError, Words
from meibo.apps.personnel.actions.forgetting import forget
from meibo.apps.personnel.models import ConductRecord
from meibo.domain.book import Effect, Line
from meibo.domain.conduct import parse
from meibo.domain.disclosure import Viewer
from meibo.ledger import reader, writer
from meibo.platform import door
from meibo.platform.audit.actions import Actor
from meibo.platform.audit.models import AuditRecord, AuditSubject
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import TODAY, Ward

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
WHY = "公用車の私的な使用"
ONE, OTHER = Actor("jinji"), Actor("jinji2")


@pytest.fixture
def person(ward: Ward) -> str:
    return ward.first("税務係", "060")


@pytest.fixture
def keeper(signed_in: SignIn) -> Client:
    return signed_in("人事係", "060", ("hr", "conduct"))


def enter(
    person: str, code: str = "admonition", day: date = TODAY, field: str = "discipline"
) -> int:
    return actions.enter(
        person, field, code, day, None, Words(WHY, "6総人第1号"), actor=ONE, now=NOW
    )


def text(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(f"/personnel/conduct{path}", follow=True)
    assert answer.status_code == status
    return answer.content.decode()


def test_a_record_is_entered_read_and_noted(keeper: Client, person: str) -> None:
    values = {"kind": "discipline:admonition", "day": "2026-11-01", "reason": WHY}
    answer = keeper.post(f"/personnel/conduct/people/{person}/enter", values, follow=True)
    assert "記録しました" in answer.content.decode()
    page = text(keeper, f"/people/{person}")
    assert "戒告" in page
    assert WHY in page
    noted = AuditSubject.objects.filter(person=person).values_list("record_id", flat=True)
    details = [r.detail for r in AuditRecord.objects.filter(pk__in=list(noted))]
    assert any("discipline" in detail for detail in details)
    assert not any(WHY in detail for detail in details)


def test_words_are_sealed_where_they_lie(person: str) -> None:
    number = enter(person)
    record = ConductRecord.objects.get(pk=number)
    assert WHY not in record.sealed
    assert actions.opened(record).reason == WHY


@pytest.mark.parametrize("duties", [("hr",), ("payroll",), ("audit",), ("it",), ()])
def test_no_other_duty_opens_it(signed_in: SignIn, person: str, duties: tuple[str, ...]) -> None:
    number = enter(person)
    client = signed_in("給与係", "070", duties)
    for path in ("", f"/people/{person}"):
        text(client, path, 403)
    assert client.post(f"/personnel/conduct/{number}/strike", {"why": "x"}).status_code == 403


def test_the_person_reads_their_own_and_nobody_elses(signed_in: SignIn, person: str) -> None:
    enter(person)
    own = signed_in("税務係", "060")
    assert WHY in text(own, "/mine")
    assert WHY not in text(signed_in("総務係", "060"), "/mine")


def test_the_person_does_not_read_it_before_its_day(
    signed_in: SignIn, person: str, keeper: Client
) -> None:
    number = enter(person)
    tomorrow = door.today() + timedelta(days=1)
    ConductRecord.objects.filter(pk=number).update(day=tomorrow)
    own = signed_in("税務係", "060")
    assert WHY not in text(own, "/mine")
    assert WHY in text(keeper, f"/people/{person}")
    ConductRecord.objects.filter(pk=number).update(day=door.today())
    assert WHY in text(own, "/mine")


def test_a_mistake_is_struck_out_and_stays(keeper: Client, person: str) -> None:
    number = enter(person)
    keeper.post(f"/personnel/conduct/{number}/strike", {"why": ""})
    assert ConductRecord.objects.get(pk=number).struck_at is None
    keeper.post(f"/personnel/conduct/{number}/strike", {"why": "別の人のこと"})
    page = text(keeper, f"/people/{person}")
    assert "別の人のこと" in page
    assert WHY in page


def test_nothing_is_entered_in_a_field_that_the_table_does_not_show(
    keeper: Client, person: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("meibo.apps.personnel.queries.conduct.seen", lambda *_: frozenset())
    values = {"kind": "award:merit", "day": "2026-11-01", "reason": WHY}
    answer = keeper.post(f"/personnel/conduct/people/{person}/enter", values)
    assert answer.status_code == 403
    assert not ConductRecord.objects.exists()


def test_what_has_come_to_its_end_is_removed_by_two(person: str) -> None:
    old = enter(person, day=date(2021, 11, 22))
    young = enter(person, day=date(2021, 11, 24))
    with pytest.raises(ConductError, match="保存期限"):
        actions.propose_end(young, actor=ONE, now=NOW, on=TODAY)
    with pytest.raises(ConductError):
        actions.carry_end(old, actor=OTHER, now=NOW, on=TODAY)
    actions.propose_end(old, actor=ONE, now=NOW, on=TODAY)
    with pytest.raises(ConductError, match="別の担当者"):
        actions.carry_end(old, actor=ONE, now=NOW, on=TODAY)
    actions.carry_end(old, actor=OTHER, now=NOW, on=TODAY)
    assert list(ConductRecord.objects.values_list("pk", flat=True)) == [young]


def test_the_list_shows_what_has_come_to_its_end(keeper: Client, person: str) -> None:
    assert "保存期限の来た記録はありません" in text(keeper, "")
    number = enter(person, day=date(2021, 11, 22))
    assert "廃棄を提案する" in text(keeper, "")
    keeper.post(f"/personnel/conduct/{number}/propose")
    assert "取り下げる" in text(keeper, "")


def test_nobody_keeps_their_own_record(person: str) -> None:
    mine = Actor("jinji", person)
    with pytest.raises(ConductError, match="自分"):
        actions.enter(person, "award", "merit", TODAY, None, Words("x"), actor=mine, now=NOW)
    number = enter(person)
    with pytest.raises(ConductError, match="自分"):
        actions.strike(number, "x", actor=mine, now=NOW)


@pytest.mark.parametrize(
    ("code", "last", "reason"),
    [("nothing", None, "x"), ("pay_cut", date(2026, 1, 1), "x"), ("pay_cut", None, " ")],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(
    person: str, code: str, last: date | None, reason: str
) -> None:
    with pytest.raises(ConductError):
        actions.enter(person, "discipline", code, TODAY, last, Words(reason), actor=ONE, now=NOW)
    assert not ConductRecord.objects.exists()


def test_who_is_suspended_is_away_for_colleagues_without_a_reason(ward: Ward, person: str) -> None:
    batch = writer.Batch()
    batch.codes.append(writer.NewCode("leave", "9", "停職", 9))
    batch.add(
        Line(
            *(0, TODAY, NOW, Effect.PAUSE, person, "停職"),
            slot="leave",
            reason="9",
            until=TODAY + timedelta(days=30),
        )
    )
    writer.append(batch, actor="test", now=NOW)
    near = Viewer(frozenset({"staff"}), TODAY, over={"unit": frozenset({person})})
    seen = reader.card(near, person, on=TODAY)
    assert seen is not None
    assert seen["away"] is True
    assert "停職" not in str(dict(seen))
    rows = reader.history(near, person)
    assert "停職" not in " ".join(row.wording + row.text for row in rows)


def test_records_go_with_the_person(person: str) -> None:
    enter(person)
    forget(person, None)
    assert not ConductRecord.objects.exists()


def test_a_kind_without_a_term_can_not_be_recorded() -> None:
    kinds = parse("field,code,label,keep_years\ndiscipline,a,戒告,\naward,b,表彰,30\nother,c,x,1\n")
    assert [kind.code for kind in kinds.rows] == ["b"]
    assert kinds.ends_on("award", "b", date(2024, 2, 29)) == date(2054, 2, 28)
