"""Whole pieces laid into the drawer: orders of an intake, a reorganisation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from meibo.domain.book import Effect, Line
from meibo.ledger import writer
from meibo.ledger.drawer.cards import CHANGEABLE, LineChange, StaleError
from meibo.ledger.drawer.filing import write_filings
from meibo.ledger.drawer.locking import locked, touched
from meibo.ledger.drawer.newcomers import forget_unused, welcome
from meibo.ledger.drawer.steps import keep_step
from meibo.ledger.drawer.writing import begin, insert
from meibo.ledger.models import Plan, PlanFiling, PlanLine


def lay_in(
    title: str,
    laid: Sequence[tuple[Line, str]],
    newcomers: Mapping[str, str | None] | None = None,
    filed: Sequence[writer.NewFiling] = (),
    *,
    account: str = "",
    now: datetime,
) -> int:
    """Lay unannounced orders of an intake in the drawer as a plan; a draft with the same title is
    made anew. `newcomers`: id → staff number of those whom the books do not know yet."""
    with transaction.atomic():
        for old in Plan.objects.filter(title=title, state__in=CHANGEABLE, kind="intake"):
            people = set(old.lines.values_list("person", flat=True))
            old.delete()
            forget_unused(people)
        days = [line.effective for line, _ in laid]
        day = max(set(days), key=days.count) if days else None
        number = begin(title, account=account, now=now, day=day, kind="intake")
        plan = Plan.objects.get(pk=number)
        welcome(newcomers or {})
        numbers = dict(newcomers or {})
        changes = [
            LineChange(line, newcomer=numbers.get(line.person), source=source)
            for line, source in laid
        ]
        insert(plan, changes, account, now)
        for filing in filed:
            values = {filing.field: filing.value}
            write_filings(
                plan, filing.subject, values, filing.effective, filing.until, filing.source
            )
    return number


def reorganise(
    number: int,
    line: Line | None,
    filed: Mapping[str, Mapping[str, str | None]],
    effective: date,
    version: int,
    *,
    account: str,
    now: datetime,
) -> None:
    """Another reorganisation in the place of the plan's: its one line for the house, and what units
    file (code → field → value). Raises StaleError when the plan has changed since `version`."""
    with transaction.atomic():
        plan = locked(number, account)
        if plan.version != version:
            raise StaleError(())
        lines_before = list(PlanLine.objects.filter(plan=plan, effect=Effect.REMAP.value))
        units = PlanFiling.objects.filter(plan=plan, subject__startswith=writer.UNIT)
        step = keep_step(plan, lines_before, account, now, list(units))
        PlanLine.objects.filter(pk__in=[row.pk for row in lines_before]).delete()
        units.delete()
        new = insert(plan, [LineChange(line)] if line else [], account, now)
        for unit, values in filed.items():
            write_filings(plan, writer.UNIT + unit, values, effective)
        step.close(new, list(units.all()))
        touched(plan, account, now)
