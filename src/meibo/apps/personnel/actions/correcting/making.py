"""A correction is a plan like any other: checked, decided on by somebody else, announced."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from meibo.apps.personnel.actions.deciding import Approver, submit
from meibo.apps.personnel.actions.deciding.noting import note_deed
from meibo.domain.book import Line
from meibo.ledger import drawer
from meibo.ledger.drawer import LineChange
from meibo.platform.audit.actions import Actor


def make_plan(title: str, lines: Sequence[Line], *, actor: Actor, now: datetime, day: date) -> int:
    """Lay these lines in a plan of the kind 訂正; returns its number."""
    with transaction.atomic():
        number = drawer.begin(title, account=actor.name, now=now, day=day, kind=drawer.CORRECTION)
        note_deed(number, "訂正の案を作る", actor=actor, now=now)
        changes = [LineChange(line) for line in lines]
        drawer.put(number, changes, account=actor.name, now=now)
    return number


def lay_before(
    number: int, approvers: Sequence[Approver], *, actor: Actor, now: datetime, today: date
) -> None:
    """Ask for decision on it at once. Raises DrawerError, and then it stays a draft."""
    version = drawer.plan(number, actor.name).version
    submit(number, approvers, version=version, actor=actor, now=now, today=today)
