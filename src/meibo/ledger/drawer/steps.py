"""Taking changes of a plan back, step by step, and doing them again."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction

from meibo.ledger import writer
from meibo.ledger.drawer.cards import CHANGEABLE, EDIT, DrawerError, NotNamedError
from meibo.ledger.models import Plan, PlanFiling, PlanLine, PlanName, PlanStep

_COLUMNS = (
    *("id", "seq", "effect", "person", "newcomer", "appointment", "wording", "order_no"),
    *("voids", "stated", "source", "unread", "version", "changed_by"),
)
_FILED = ("id", "subject", "field", "value", "sealed", "source")
_KEPT = 200


class Step:
    """A step that is being taken."""

    def __init__(self, step: PlanStep) -> None:
        self._step = step

    def close(self, after: Iterable[PlanLine], filed: Iterable[PlanFiling] = ()) -> None:
        """Write down what came of it; what had been taken back can't be done again after it."""
        self._step.after = _dump(after, filed)
        PlanStep.objects.filter(plan=self._step.plan, undone=True).delete()
        self._step.save()
        kept = PlanStep.objects.filter(plan=self._step.plan).order_by("-pk")
        old = list(kept.values_list("pk", flat=True)[_KEPT:])
        PlanStep.objects.filter(pk__in=old).delete()


def keep_step(
    plan: Plan,
    before: Iterable[PlanLine],
    account: str,
    now: datetime,
    filed: Iterable[PlanFiling] = (),
) -> Step:
    """Begin a step: what the lines are before it, and what units file, where it changes that."""
    held = _dump(before, filed)
    return Step(PlanStep(plan=plan, at=now, account=account, before=held, after="[]"))


def undo(number: int, *, account: str, now: datetime) -> bool:
    """Take the newest step back; False where there is none. Raises DrawerError, where somebody has
    changed one of its lines since."""
    with transaction.atomic():
        plan = _mine(number, account)
        step = PlanStep.objects.filter(plan=plan, undone=False).order_by("-pk").first()
        if step is None:
            return False
        _swap(plan, json.loads(step.after), json.loads(step.before), account, now)
        step.undone = True
        step.save(update_fields=["undone"])
    return True


def redo(number: int, *, account: str, now: datetime) -> bool:
    """Do again what was taken back last; False where there is nothing."""
    with transaction.atomic():
        plan = _mine(number, account)
        step = PlanStep.objects.filter(plan=plan, undone=True).order_by("pk").first()
        if step is None:
            return False
        _swap(plan, json.loads(step.before), json.loads(step.after), account, now)
        step.undone = False
        step.save(update_fields=["undone"])
    return True


def steps(number: int) -> tuple[int, int]:
    """How many steps can be taken back, and done again."""
    rows = PlanStep.objects.filter(plan_id=number)
    return rows.filter(undone=False).count(), rows.filter(undone=True).count()


def _mine(number: int, account: str) -> Plan:
    writer.lock()
    plan = Plan.objects.filter(pk=number).first()
    named = PlanName.objects.filter(plan_id=number, account=account, role=EDIT).exists()
    if plan is None or not named:
        raise NotNamedError
    if plan.state not in CHANGEABLE:
        raise DrawerError("この異動案は、いまの状態では変えられません。")
    return plan


def _swap(
    plan: Plan,
    now_there: list[dict[str, Any]],
    instead: list[dict[str, Any]],
    account: str,
    now: datetime,
) -> None:
    """Put rows in the place of others. Versions go on counting, so that a page that shows what was
    taken back can't save over it."""
    gone = [row["id"] for row in now_there if "subject" in row]
    PlanFiling.objects.filter(plan=plan, pk__in=gone).delete()
    PlanFiling.objects.bulk_create([_filing(plan, row) for row in instead if "subject" in row])
    now_there = [row for row in now_there if "subject" not in row]
    instead = [row for row in instead if "subject" not in row]
    rows = {row.pk: row for row in PlanLine.objects.filter(pk__in=[r["id"] for r in now_there])}
    newest = max((row.version for row in rows.values()), default=0)
    PlanLine.objects.filter(pk__in=list(rows)).delete()
    plan.version += 1
    plan.changed, plan.changed_by = now, account
    plan.save()
    PlanLine.objects.bulk_create(
        [
            PlanLine(
                plan=plan,
                changed=now,
                effective=date.fromisoformat(values["effective"]),
                **{name: values[name] for name in _COLUMNS if name in values and name != "version"},
                version=max(newest, values["version"]) + 1,
            )
            for values in instead
        ],
        batch_size=500,
    )


def _filing(plan: Plan, values: dict[str, Any]) -> PlanFiling:
    days = {name: date.fromisoformat(values[name]) for name in ("effective", "until")}
    return PlanFiling(plan=plan, **{name: values[name] for name in _FILED}, **days)


def _dump(rows: Iterable[PlanLine], filed: Iterable[PlanFiling] = ()) -> str:
    lines = [
        {name: getattr(row, name) for name in _COLUMNS} | {"effective": row.effective.isoformat()}
        for row in rows
    ]
    units = [
        {name: getattr(row, name) for name in _FILED}
        | {"effective": row.effective.isoformat(), "until": row.until.isoformat()}
        for row in filed
    ]
    return json.dumps([*lines, *units], ensure_ascii=False)
