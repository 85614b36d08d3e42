"""災対組織: proposed, mended by hand, approved by somebody else."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F

from meibo.apps.safety.models import Assignment, DisasterPlan
from meibo.apps.safety.queries.organising import candidates, places, replaced
from meibo.domain.safety.organising import ROLES, propose
from meibo.ledger.reader.people import states_on
from meibo.platform.audit.actions import Actor, Entry, note
from meibo.platform.audit.acts import Act

TOKYO = ZoneInfo("Asia/Tokyo")


BACK, AHEAD = timedelta(days=366), timedelta(days=731)


class PlanError(ValueError):
    """It can't be done; the message says why, and what to do."""


class StartError(PlanError):
    """The day on which it should begin is a slip of the pen."""


@transaction.atomic
def draft(title: str, starts: date, *, actor: Actor, now: datetime) -> DisasterPlan:
    """Propose a plan from where people work and live today."""
    today, known = now.astimezone(TOKYO).date(), places()
    if not today - BACK <= starts <= today + AHEAD:
        first, last = (f"{d.year}年{d.month}月{d.day}日" for d in (today - BACK, today + AHEAD))
        raise StartError(f"始まる日は、{first}から{last}までの日にしてください。")
    if not known:
        raise PlanError("災対組織の表（disaster_units.csv）がありません。")
    proposed = propose(known, candidates(today))
    detail = {"what": "disaster-plan", "people": len(proposed)}
    note(Entry(Act.EMERGENCY, detail), actor=actor, now=now)
    plan = DisasterPlan.objects.create(
        title=title, starts=starts, drafted_by=actor.name, drafted_at=now
    )
    Assignment.objects.bulk_create(
        [Assignment(plan=plan, person=p.person, place=p.code, role=p.role) for p in proposed],
        batch_size=500,
    )
    return plan


@transaction.atomic
def move(
    plan: DisasterPlan,
    version: int,
    person: str,
    place: str,
    role: str,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Put somebody in, or elsewhere, or (no place) take them out. `version`: of the plan that was
    seen."""
    if place and (role not in ROLES or place not in {each.code for each in places()}):
        raise PlanError("場所と役を選び直してください。")
    if place and not states_on(now.astimezone(TOKYO).date(), ids=[person]):
        raise PlanError("いま在籍している職員ではありません。さがし直してください。")
    _turn(plan, version)
    detail = {"what": "disaster-move", "plan": plan.pk, "place": place, "role": role}
    note(Entry(Act.EMERGENCY, detail, {person}), actor=actor, now=now)
    if not place:
        plan.assignments.filter(person=person).delete()
        return
    plan.assignments.update_or_create(person=person, defaults={"place": place, "role": role})


@transaction.atomic
def approve(
    plan: DisasterPlan, version: int, *, replaces: int = 0, actor: Actor, now: datetime
) -> None:
    """Let it hold from its day on. Nobody approves what they drafted. `replaces`: the number of the
    plan that it was seen to follow; 0 for none."""
    if actor.name == plan.drafted_by:
        raise PlanError("案をつくった人は、承認できません。ほかの危機管理担当に頼んでください。")
    other = replaced(plan)
    _turn(plan, version)
    if replaces != (other.pk if other else 0):
        raise PlanError(
            "見ている間に、ほかの災対組織が承認されました。何に代わるかを、もう一度確かめてください。"
        )
    note(Entry(Act.EMERGENCY, {"what": "disaster-approve", "plan": plan.pk}), actor=actor, now=now)
    DisasterPlan.objects.filter(pk=plan.pk).update(approved_by=actor.name, approved_at=now)


@transaction.atomic
def discard(plan: DisasterPlan, version: int, *, actor: Actor, now: datetime) -> None:
    """Throw a draft away, with all that was mended in it by hand."""
    _turn(plan, version)
    note(Entry(Act.EMERGENCY, {"what": "disaster-discard"}, (), plan.title), actor=actor, now=now)
    plan.delete()


def _turn(plan: DisasterPlan, version: int) -> None:
    """The plan must still be what was seen, and a draft."""
    rows = DisasterPlan.objects.filter(pk=plan.pk, version=version, approved_at=None)
    if not rows.update(version=F("version") + 1):
        raise PlanError(
            "見ている間に、ほかの人が直したか承認しました。今のものを出したので、もう一度見てください。"
        )
