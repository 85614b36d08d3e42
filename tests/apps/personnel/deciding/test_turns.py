"""決裁: each in their turn, on just what was submitted, and nobody on what they submitted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from meibo.apps.personnel.actions import deciding
from meibo.apps.personnel.actions.deciding import blocking
from meibo.apps.personnel.actions.deciding.snapshots import since
from meibo.apps.personnel.models import Submission
from meibo.apps.personnel.queries.deciding import mine
from meibo.ledger import drawer
from meibo.ledger.drawer import DrawerError, LineChange, NotNamedError
from meibo.platform.audit.actions import Actor
from meibo.platform.audit.models import AuditRecord
from tests.apps.directory.ward import TODAY, Ward
from tests.apps.personnel.deciding.scenes import NOW, Case, actor, case, move


@pytest.fixture
def plan(ward: Ward) -> Case:
    return case(ward)


def test_a_plan_is_approved_when_everybody_has_approved_in_turn(plan: Case) -> None:
    asked = plan.submit()
    assert plan.state == drawer.SUBMITTED
    with pytest.raises(DrawerError, match="ほかの人が決裁する番"):  # the second before the first
        plan.approve(asked, plan.chief)
    assert mine.waiting(plan.chief.name, TODAY) == 0
    assert not plan.approve(asked, plan.boss)
    assert mine.waiting(plan.chief.name, TODAY) == 1
    assert plan.approve(asked, plan.chief)
    assert plan.state == drawer.APPROVED
    assert mine.waiting(plan.chief.name, TODAY) == 0
    with pytest.raises(DrawerError, match="もう決裁が済んで"):
        plan.approve(asked, plan.chief)


def test_what_is_laid_before_somebody_can_not_be_changed_meanwhile(plan: Case) -> None:
    plan.submit()
    [line] = plan.lines
    other = LineChange(replace(line.line, post="070"), line.id, line.version)
    with pytest.raises(DrawerError, match="差し戻して"):
        drawer.put(plan.number, [other], account=plan.clerk.name, now=NOW)
    with pytest.raises(DrawerError):
        drawer.undo(plan.number, account=plan.clerk.name, now=NOW)


def test_a_plan_that_is_another_one_than_was_submitted_is_not_approved(plan: Case) -> None:
    asked = plan.submit()
    # Whichever way it came about: the version of the plan is not the one that was submitted.
    drawer.pass_on(plan.number, drawer.SUBMITTED, expected=[drawer.SUBMITTED], now=NOW)
    with pytest.raises(DrawerError, match="変わりました"):
        plan.approve(asked, plan.boss)
    assert plan.state == drawer.SUBMITTED


def test_a_plan_that_has_changed_since_it_was_looked_at_is_not_submitted(plan: Case) -> None:
    seen = plan.version
    line = move(plan.ward, plan.ward.first("文書係", "060"), "収納係")
    drawer.put(plan.number, [LineChange(line)], account=plan.clerk.name, now=NOW)
    with pytest.raises(DrawerError, match="先に動かしました"):
        plan.submit(version=seen)
    assert not Submission.objects.exists()


def test_who_refuses_says_why_and_sees_next_time_what_has_changed(plan: Case) -> None:
    asked = plan.submit()
    with pytest.raises(DrawerError, match="理由"):
        plan.refuse(asked, plan.boss, "  ")
    plan.refuse(asked, plan.boss)
    assert plan.state == drawer.DRAFT
    assert mine.case(asked, plan.boss.name, TODAY) is None  # who only decides is named no more
    [line] = plan.lines
    changed = LineChange(replace(line.line, unit=plan.ward.codes["資格係"]), line.id, line.version)
    drawer.put(plan.number, [changed], account=plan.clerk.name, now=NOW)
    again = plan.submit()
    before = Submission.objects.get(pk=asked)
    [difference] = since(plan.number, before.snapshot)
    assert difference.was
    assert difference.now
    units = (difference.was["unit"], difference.now["unit"])
    assert units == (plan.ward.codes["収納係"], plan.ward.codes["資格係"])
    assert mine.case(again, plan.boss.name, TODAY) is not None


def test_nobody_approves_what_they_submitted_nor_by_another_account(plan: Case, ward: Ward) -> None:
    with pytest.raises(DrawerError, match="自分"):
        plan.submit(plan.clerk)
    twin = Actor("tanto2", plan.clerk.person)
    with pytest.raises(DrawerError, match="自分"):
        plan.submit(twin)
    asked = plan.submit(plan.boss)
    deciding.appoint(
        *(plan.clerk.name, plan.clerk.person, TODAY, TODAY),
        actor=plan.boss,
        now=NOW,
        today=TODAY,
    )
    with pytest.raises(DrawerError, match="自分"):
        plan.approve(asked, plan.clerk)
    assert mine.waiting(plan.clerk.name, TODAY) == 0
    assert mine.cases(plan.clerk.name, TODAY) == []


def test_a_deputy_decides_for_their_time_and_their_name_stays(plan: Case, ward: Ward) -> None:
    deputy = actor(ward, "hosa", "人事課", "040")
    asked = plan.submit()
    with pytest.raises(NotNamedError):
        plan.approve(asked, deputy)
    first, last = TODAY + timedelta(days=1), TODAY + timedelta(days=3)
    deciding.appoint(
        *(deputy.name, deputy.person, first, last), actor=plan.boss, now=NOW, today=TODAY
    )
    for day in (TODAY, last + timedelta(days=1)):
        with pytest.raises(NotNamedError):
            plan.approve(asked, deputy, day)
        assert mine.waiting(deputy.name, day) == 0
    assert mine.waiting(deputy.name, first) == 1
    plan.approve(asked, deputy, first)
    turn = Submission.objects.get(pk=asked).turns.get(place=1)
    assert (turn.account, turn.taken_by, turn.by_deputy) == (plan.boss.name, deputy.name, True)


def test_a_delegation_that_was_ended_is_over_at_once(plan: Case, ward: Ward) -> None:
    deputy = actor(ward, "hosa", "人事課", "040")
    made = deciding.appoint(
        *(deputy.name, deputy.person, TODAY, TODAY), actor=plan.boss, now=NOW, today=TODAY
    )
    asked = plan.submit()
    assert mine.waiting(deputy.name, TODAY) == 1
    with pytest.raises(DrawerError):
        deciding.dismiss(made.pk, actor=deputy, now=NOW)
    deciding.dismiss(made.pk, actor=plan.boss, now=NOW)
    with pytest.raises(NotNamedError):
        plan.approve(asked, deputy)


@pytest.mark.parametrize("days", [(-1, -1), (3, 1), (0, 400)])
def test_a_delegation_has_an_end_that_can_be(plan: Case, days: tuple[int, int]) -> None:
    starts, last = (TODAY + timedelta(days=n) for n in days)
    with pytest.raises(DrawerError):
        deciding.appoint("x", "", starts, last, actor=plan.boss, now=NOW, today=TODAY)


def test_a_withdrawn_plan_is_a_draft_and_nobody_decides_on_it(plan: Case) -> None:
    asked = plan.submit()
    with pytest.raises(NotNamedError):
        deciding.withdraw(plan.number, version=plan.version, actor=plan.boss, now=NOW)
    deciding.withdraw(plan.number, version=plan.version, actor=plan.clerk, now=NOW)
    assert plan.state == drawer.DRAFT
    with pytest.raises((NotNamedError, DrawerError)):
        plan.approve(asked, plan.boss)
    assert mine.waiting(plan.boss.name, TODAY) == 0


def test_a_plan_with_errors_is_neither_submitted_nor_announced(
    plan: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert blocking.ERRORS  # what finds them is registered
    gone = move(plan.ward, "p99999", "収納係")
    [line] = drawer.put(plan.number, [LineChange(gone)], account=plan.clerk.name, now=NOW)
    with pytest.raises(DrawerError, match="「直す」指摘が"):
        plan.submit()
    drawer.put(
        plan.number, [LineChange(None, line.id, line.version)], account=plan.clerk.name, now=NOW
    )
    plan.submit()


def test_the_log_tells_the_number_of_a_plan_and_nobody_in_it(plan: Case) -> None:
    plan.approved()
    records = AuditRecord.objects.filter(act="plan")
    assert {record.subjects.count() for record in records} == {0}
    texts = " ".join(record.detail for record in records)
    assert f'"plan": {plan.number}' in texts
    assert "春の案" not in texts
    assert plan.lines[0].line.person not in texts


def test_what_is_kept_of_a_plan_goes_with_it(plan: Case) -> None:
    plan.submit()
    deciding.withdraw(plan.number, version=plan.version, actor=plan.clerk, now=NOW)
    drawer.discard(plan.number, account=plan.clerk.name)
    other = drawer.begin("別の案", account=plan.clerk.name, now=NOW, day=date(2027, 4, 2))
    line = move(plan.ward, plan.ward.first("文書係", "060"), "収納係")
    drawer.put(other, [LineChange(line)], account=plan.clerk.name, now=NOW)
    Case(plan.ward, other, plan.clerk, plan.boss, plan.chief).submit()
    assert list(Submission.objects.values_list("plan", flat=True)) == [other]
