"""Laying a plan before those who decide, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from meibo.apps.personnel.actions.deciding.blocking import refuse_errors
from meibo.apps.personnel.actions.deciding.noting import note_deed
from meibo.apps.personnel.actions.deciding.snapshots import snapshot
from meibo.apps.personnel.models import Deputy, Submission, Turn
from meibo.ledger import drawer, writer
from meibo.ledger.drawer import EDIT, DrawerError, NotNamedError
from meibo.platform.audit.actions import Actor


@dataclass(frozen=True, slots=True)
class Approver:
    """One who is to decide: the account, its person, and why it is they (their post)."""

    account: str
    person: str
    post: str


def submit(
    number: int,
    approvers: Sequence[Approver],
    words: str = "",
    *,
    version: int,
    actor: Actor,
    now: datetime,
    today: date,
) -> Submission:
    """Ask for decision, of one after the other. Raises DrawerError where findings stand in the way,
    where nobody or the submitter would decide, and where the plan is not as it was looked at."""
    _refuse(approvers, actor)
    refuse_errors(number, today)
    note_deed(number, "決裁に出す", actor=actor, now=now)
    accounts = [approver.account for approver in approvers]
    with transaction.atomic():
        writer.lock()
        _sweep()
        named = [*accounts, *_deputies(accounts, today)]
        decided_on = drawer.submit(number, named, account=actor.name, version=version, now=now)
        asked = Submission.objects.create(
            plan=number,
            version=decided_on,
            words=words.strip(),
            asked_by=actor.name,
            asker=actor.person,
            asked_at=now,
            snapshot=snapshot(number),
        )
        _line_up(asked, approvers)
    return asked


def _line_up(asked: Submission, approvers: Sequence[Approver]) -> None:
    Turn.objects.bulk_create(
        Turn(submission=asked, place=n, account=a.account, person=a.person, post=a.post)
        for n, a in enumerate(approvers, 1)
    )


def withdraw(number: int, *, version: int, actor: Actor, now: datetime) -> None:
    """Make a plan that waits for decision, or has one, a draft again (取下げ)."""
    of_editor(number, actor)
    note_deed(number, "決裁を取り下げる", actor=actor, now=now)
    with transaction.atomic():
        drawer.send_back(number, now=now, version=version)
        states = [Submission.OPEN, Submission.APPROVED]
        Submission.objects.filter(plan=number, state__in=states).update(
            state=Submission.WITHDRAWN, ended_at=now
        )


def of_editor(number: int, actor: Actor) -> drawer.PlanCard:
    """The plan, for who may change it. Raises NotNamedError for anybody else."""
    plan = drawer.plan(number, actor.name)
    if plan.mine != EDIT:
        raise NotNamedError
    return plan


def _refuse(approvers: Sequence[Approver], actor: Actor) -> None:
    if not approvers:
        raise DrawerError("決裁する人を一人は選んでください。")
    if len({approver.account for approver in approvers}) < len(approvers):
        raise DrawerError("同じ人が二度入っています。")
    if any(is_submitter(a.account, a.person, actor.name, actor.person) for a in approvers):
        raise DrawerError("自分が出す案を、自分では決裁できません。ほかの人を選んでください。")


def is_submitter(account: str, person: str, asked_by: str, asker: str) -> bool:
    """Whether an account is the submitter's, or another account of the same person."""
    return account == asked_by or bool(person and person == asker)


def _deputies(accounts: Sequence[str], today: date) -> list[str]:
    rows = Deputy.objects.filter(account__in=accounts, ended_at=None, last__gte=today)
    return list(rows.values_list("deputy", flat=True))


def _sweep() -> None:
    """Let go of what is kept of plans that are no more; the snapshot of an announced one is of no
    use to anybody."""
    kept = set(Submission.objects.values_list("plan", flat=True))
    gone = kept - drawer.existing(kept)
    Submission.objects.filter(plan__in=gone).delete()
    over = Q(plan__in=drawer.existing(kept, announced=True))
    Submission.objects.filter(over).exclude(snapshot="[]").update(snapshot="[]")
