"""人事カレンダー: what is to be begun with is there, is settled, taken back; others see none."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from meibo.apps.personnel.models import DueMark
from meibo.apps.personnel.queries import duedays
from meibo.domain.book import Effect, Line
from meibo.domain.disclosure import Viewer
from meibo.domain.due import Due
from meibo.ledger.writer import Batch, append
from meibo.platform.audit.models import AuditRecord, AuditSubject
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import NOW, TODAY, Ward

HR = Viewer(frozenset({"hr"}), TODAY)


@pytest.fixture
def clerk(signed_in: SignIn) -> Client:
    return signed_in("人事係", "060", ("hr",))


def consents() -> list[Due]:
    """The nearest day on which 意思確認 of somebody falls due."""
    found = [d for d in duedays.all_due(TODAY) if d.rule == "consent" and d.day >= TODAY]
    return [d for d in found if d.day == found[0].day]


def page(client: Client, address: str) -> str:
    answer = client.get(address, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_is_to_be_begun_with_stands_first_with_how_many(ward: Ward, clerk: Client) -> None:
    [first, *_] = duedays.groups(TODAY, TODAY.replace(year=2028), today=TODAY, rule="consent")
    text = page(clerk, "/personnel/calendar?rule=consent")
    assert "60歳の前年度の情報提供・意思確認" in text
    assert f"{first.open} / {first.total}人" in text
    assert "条件付採用" not in re.sub(
        r"<option.*?</option>|<details.*</details>", "", text, flags=re.S
    )


def test_what_is_settled_is_gone_and_comes_back(ward: Ward, clerk: Client) -> None:
    due = consents()[0]
    address = f"/personnel/calendar/consent/{due.day}"
    waiting = duedays.waiting(HR)
    before = page(clerk, address)
    assert due.key in before
    answer = clerk.post(
        f"{address}/mark", {"key": due.key, "act": "settle", "note": "面談した"}, follow=True
    )
    assert "1件を済みにしました" in answer.content.decode()
    assert due.key not in page(clerk, address)
    assert "面談した" in page(clerk, f"{address}?state=settled")
    assert duedays.waiting(HR) == waiting - 1
    clerk.post(f"{address}/mark", {"key": due.key, "act": "reopen"})
    assert due.key in page(clerk, address)
    assert duedays.waiting(HR) == waiting


def test_who_is_told_of_has_been_read_and_it_is_noted(ward: Ward, clerk: Client) -> None:
    due = consents()[0]
    page(clerk, "/personnel/calendar?rule=consent")
    assert not AuditSubject.objects.filter(person=due.person).exists()  # counts, no names
    page(clerk, f"/personnel/calendar/consent/{due.day}")
    noted = AuditSubject.objects.filter(person=due.person).values_list("record_id", flat=True)
    [record] = AuditRecord.objects.filter(pk__in=list(noted), act="read")
    assert "birth_date" in record.detail


def test_ticking_nobody_changes_nothing(ward: Ward, clerk: Client) -> None:
    due = consents()[0]
    address = f"/personnel/calendar/consent/{due.day}/mark"
    answer = clerk.post(address, {"act": "settle"}, follow=True)
    assert "何も変わっていません" in answer.content.decode()
    clerk.post(address, {"key": "retirement:nobody:2027-03-31:", "act": "settle"})
    assert not DueMark.objects.exists()


def test_the_list_goes_out_as_a_file(ward: Ward, clerk: Client) -> None:
    due = consents()[0]
    answer = clerk.get(f"/personnel/calendar/consent/{due.day}/list.csv")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("期限,件名,職員番号,氏名")
    assert len(lines) == 1 + len(consents())
    assert AuditRecord.objects.filter(act="export").exists()


def test_what_was_settled_in_the_morning_bears_the_day_in_japan(ward: Ward, clerk: Client) -> None:
    due = consents()[0]
    address = f"/personnel/calendar/consent/{due.day}"
    clerk.post(f"{address}/mark", {"key": due.key, "act": "settle"})
    DueMark.objects.update(marked_at=datetime(2026, 10, 4, 23, 30, tzinfo=UTC))
    rows = clerk.get(f"{address}/list.csv").content.decode("utf-8-sig")
    assert "2026-10-05" in rows
    assert "2026-10-04" not in rows


@pytest.mark.parametrize("path", ["calendar", "calendar/consent/2027-03-31"])
def test_it_is_for_personnel(ward: Ward, signed_in: SignIn, path: str) -> None:
    assert signed_in("税務係", "060").get(f"/personnel/{path}").status_code == 403


def test_a_rule_or_a_day_that_is_none_is_not_found(ward: Ward, clerk: Client) -> None:
    assert clerk.get("/personnel/calendar/nothing/2027-03-31").status_code == 404
    assert clerk.get("/personnel/calendar/consent/someday").status_code == 404


def test_whose_next_appointment_is_announced_is_not_asked_after(ward: Ward) -> None:
    person, other = ward.first("税務係", "070"), ward.first("資格係", "070")
    end = date(2027, 3, 31)
    begun = Batch()
    for each in (person, other):
        begun.add(Line(0, TODAY, NOW, Effect.MOVE, each, "任期更新", term_end=end))
    append(begun, actor="test", now=NOW)

    def ending() -> set[str]:
        return {d.person for d in duedays.all_due(TODAY) if d.rule == "term_end" and d.day == end}

    assert {person, other} <= ending()
    day, until = date(2027, 4, 1), date(2028, 3, 31)
    again = Batch()
    again.add(Line(0, day, NOW, Effect.MOVE, person, "任期更新", term_end=until))
    append(again, actor="test", now=NOW)
    assert person not in ending()
    assert other in ending()
