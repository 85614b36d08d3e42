"""決裁: a plan goes to those who decide, and comes back from them.

Who decides is named on the plan with the role DECIDE for as long as there is something to decide or
to announce. Sent back, it is a draft again, and those who only decide are named no more: what is
worked on is for those who work on it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from meibo.ledger import writer
from meibo.ledger.drawer.cards import (
    APPROVED,
    DECIDE,
    DRAFT,
    EDIT,
    NOTICED,
    SUBMITTED,
    NotNamedError,
)
from meibo.ledger.drawer.naming import pass_on
from meibo.ledger.models import Plan, PlanName


def submit(
    number: int, deciders: Iterable[str], *, account: str, version: int, now: datetime
) -> int:
    """Lay a draft before those who decide; returns the version that they decide on. Raises
    NotNamedError, and DrawerError where the plan has changed since `version` or is no draft."""
    with transaction.atomic():
        writer.lock()
        if not PlanName.objects.filter(plan_id=number, account=account, role=EDIT).exists():
            raise NotNamedError
        pass_on(number, SUBMITTED, expected=[DRAFT], version=version, now=now)
        let_decide(number, deciders)
        return Plan.objects.values_list("version", flat=True).get(pk=number)


def let_decide(number: int, accounts: Iterable[str]) -> None:
    """Name accounts on a plan as those who decide. Who is named already stays what they are."""
    with transaction.atomic():
        writer.lock()
        for account in accounts:
            PlanName.objects.get_or_create(
                plan_id=number, account=account, defaults={"role": DECIDE}
            )


def send_back(number: int, *, now: datetime, version: int | None = None) -> None:
    """Make a plan that was laid before somebody, or approved, a draft again. One whose notice was
    given is first taken back from there, so that nobody forgets who has read it."""
    with transaction.atomic():
        writer.lock()
        expected = [SUBMITTED, APPROVED]
        pass_on(number, DRAFT, expected=expected, version=version, now=now)
        PlanName.objects.filter(plan_id=number, role=DECIDE).delete()


def take_back_notice(number: int, *, now: datetime) -> None:
    """取りやめ: a plan whose notice was set or given is one that is approved, and nobody reads
    their lines any more."""
    pass_on(number, APPROVED, expected=[NOTICED], now=now)
