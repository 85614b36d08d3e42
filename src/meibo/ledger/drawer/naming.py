"""Who may open a plan, and the state it is in."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import F

from meibo.ledger import writer
from meibo.ledger.drawer.cards import EDIT, DrawerError, NotNamedError
from meibo.ledger.models import Plan, PlanName


def name(number: int, account: str, role: str, *, by: str) -> None:
    """Let an account open a plan. `by` must be named to change it, unless nobody is named yet."""
    with transaction.atomic():
        writer.lock()
        names = PlanName.objects.filter(plan_id=number)
        if not Plan.objects.filter(pk=number).exists():
            raise NotNamedError
        if names.exists() and not names.filter(account=by, role=EDIT).exists():
            raise NotNamedError
        PlanName.objects.update_or_create(plan_id=number, account=account, defaults={"role": role})


def unname(number: int, account: str, *, by: str) -> None:
    """Let an account open a plan no more. The last one who may change it stays."""
    with transaction.atomic():
        writer.lock()
        names = PlanName.objects.filter(plan_id=number)
        if not names.filter(account=by, role=EDIT).exists():
            raise NotNamedError
        if not names.filter(role=EDIT).exclude(account=account).exists():
            raise DrawerError(
                "案を直せる人がいなくなるため、外せません。先にほかの人を加えてください。"
            )
        names.filter(account=account).delete()


def pass_on(
    number: int,
    state: str,
    *,
    expected: Collection[str],
    now: datetime,
    version: int | None = None,
    notice_at: datetime | None = None,
) -> None:
    """Bring a plan into another state, if it is in one of those expected and has not changed since
    `version`. Who may do so is the caller's to know. Raises DrawerError."""
    with transaction.atomic():
        writer.lock()
        rows = Plan.objects.filter(pk=number, state__in=list(expected))
        if version is not None:
            rows = rows.filter(version=version)
        changed = rows.update(
            state=state, changed=now, notice_at=notice_at, version=F("version") + 1
        )
        if not changed:
            raise DrawerError(
                "この異動案は、ほかの人が先に動かしました。いまの状態を確かめてください。"
            )
