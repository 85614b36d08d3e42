"""A plan for who changes it: nobody else's until the transaction ends."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F

from meibo.ledger import writer
from meibo.ledger.drawer.cards import CHANGEABLE, EDIT, DrawerError, NotNamedError
from meibo.ledger.models import Plan, PlanName


def locked(number: int, account: str, states: frozenset[str] = CHANGEABLE) -> Plan:
    """The plan, nobody else's until the transaction ends, if this account may change it now."""
    writer.lock()
    plan = Plan.objects.filter(pk=number).first()
    named = PlanName.objects.filter(plan_id=number, account=account, role=EDIT).exists()
    if plan is None or not named:
        raise NotNamedError
    if plan.state not in states:
        raise DrawerError(
            "この異動案は、いまの状態では変えられません。差し戻してから直してください。"
        )
    return plan


def touched(plan: Plan, account: str, now: datetime) -> None:
    """Count the change, and say who made it."""
    plan.version = F("version") + 1
    plan.changed, plan.changed_by = now, account
    plan.save()
