"""発令: one stroke, by a job that may be killed anywhere, and everything follows by itself."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from meibo.apps.personnel.actions import deciding
from meibo.domain.disclosure import Viewer
from meibo.ledger import drawer, reader, ties
from meibo.ledger.drawer import DrawerError, NotNamedError
from meibo.platform.audit.models import AuditRecord
from meibo.platform.grants import queries as grants
from meibo.platform.grants.actions import Wish, bestow
from meibo.platform.jobs import actions as jobs
from meibo.platform.jobs.models import Job
from tests.apps.directory.ward import TODAY, Ward
from tests.apps.personnel.deciding.scenes import APRIL, NOW, Case, case

HR = Viewer(frozenset({"hr"}), TODAY)


def three(number: int, today: date) -> int:
    return 3


def clock() -> datetime:
    return NOW


@pytest.fixture
def plan(ward: Ward) -> Case:
    made = case(ward)
    made.approved()
    return made


def ask(plan: Case, version: int | None = None) -> Job:
    seen = plan.version if version is None else version
    return deciding.ask_to_announce(plan.number, version=seen, actor=plan.clerk, now=NOW)


def test_an_announced_plan_is_the_roster_of_its_day(plan: Case, ward: Ward) -> None:
    person = plan.lines[0].line.person
    job = ask(plan)
    assert jobs.work_all(clock) == 1
    job.refresh_from_db()
    assert (job.state, job.words) == ("done", "1件を発令しました。")
    assert plan.state == drawer.ANNOUNCED
    before = reader.card(HR, person, on=APRIL - timedelta(days=1))
    after = reader.card(HR, person, on=APRIL)
    assert before
    assert after
    assert (before["unit_code"], after["unit_code"]) == (
        ward.codes["税務係"],
        ward.codes["収納係"],
    )
    assert plan.lines[0].line.order_no.startswith("27")
    [row] = [row for row in reader.history(HR, person) if row.effective == APRIL]
    assert row.order_no == plan.lines[0].line.order_no


def test_what_follows_from_a_post_follows_on_the_day(plan: Case, ward: Ward) -> None:
    """Permissions: what hung on the old post ends, the new head has the new one as theirs."""
    person = plan.lines[0].line.person
    wish = Wish(person, "payroll", ward.codes["税務係"], TODAY, "試し")
    bestow(wish, actor="test", now=NOW)
    ask(plan)
    jobs.work_all(clock)
    assert grants.duties_of(person, APRIL - timedelta(days=1)) == {"payroll"}
    assert grants.duties_of(person, APRIL) == frozenset()
    head = ward.first("税務課", "030")
    over = {day: ties.viewer_of(head, (), day).over["head"] for day in (TODAY, APRIL)}
    assert person in over[TODAY]
    assert person not in over[APRIL]
    colleague = Viewer(frozenset({"staff"}), TODAY)
    for day, unit in ((TODAY, "税務係"), (APRIL, "収納係")):
        found = reader.search(colleague, f"{ward.names[person]} {unit}", on=day)
        assert person in {hit.card.id for hit in found.hits}
    assert not reader.search(colleague, f"{ward.names[person]} 税務係", on=APRIL).hits


def test_the_log_says_whose_orders_were_announced(plan: Case) -> None:
    person = plan.lines[0].line.person
    assert not AuditRecord.objects.filter(act="order").exists()
    ask(plan)
    jobs.work_all(clock)
    [record] = AuditRecord.objects.filter(act="order")
    assert [subject.person for subject in record.subjects.all()] == [person]


def test_a_job_that_runs_again_announces_nothing_twice(plan: Case) -> None:
    job = ask(plan)
    jobs.work_all(clock)
    orders = len(reader.history(HR, plan.lines[0].line.person))
    Job.objects.filter(pk=job.pk).update(state=Job.RUNNING)  # killed before it could say so
    jobs.work_all(clock)
    job.refresh_from_db()
    assert (job.state, job.words) == ("done", "1件を発令しました。")
    assert len(reader.history(HR, plan.lines[0].line.person)) == orders


def test_only_who_may_change_a_plan_announces_it_and_only_as_it_was_looked_at(plan: Case) -> None:
    with pytest.raises(NotNamedError):
        deciding.ask_to_announce(plan.number, version=plan.version, actor=plan.chief, now=NOW)
    with pytest.raises(DrawerError):
        ask(plan, plan.version - 1)
    job = ask(plan)
    deciding.withdraw(plan.number, version=plan.version, actor=plan.clerk, now=NOW)
    jobs.work_all(clock)
    job.refresh_from_db()
    assert job.state == "failed"
    assert plan.state == drawer.DRAFT


def test_a_plan_that_is_not_approved_is_not_announced(ward: Ward) -> None:
    plan = case(ward)
    with pytest.raises(DrawerError, match="決裁が済んでいない"):
        ask(plan)
    plan.submit()
    with pytest.raises(DrawerError, match="決裁が済んでいない"):
        ask(plan)


def test_what_the_book_has_learned_since_can_stand_in_the_way(plan: Case) -> None:
    """The same person left by another plan meanwhile: the second one is not announced."""
    job = ask(plan)
    deciding.blocking.ERRORS.append(f"{__name__}.three")
    try:
        jobs.work_all(clock)
    finally:
        deciding.blocking.ERRORS.pop()
    job.refresh_from_db()
    assert job.state == "failed"
    assert "「直す」指摘が3件" in job.words
    assert plan.state == drawer.APPROVED
