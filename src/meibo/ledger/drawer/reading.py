"""Looking into the drawer: plans for who is named on them, and what is in one."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from meibo.domain.book import Effect, Line
from meibo.ledger.codec import stated_values
from meibo.ledger.drawer.cards import (
    ANNOUNCED,
    DraftFiling,
    DraftLine,
    NotNamedError,
    PlanCard,
)
from meibo.ledger.models import BookLine, Person, Plan, PlanFiling, PlanLine, PlanName
from meibo.ledger.vault import Vault

BASE = 10**12
"""Numbers of lines in the drawer begin here: beyond any line of the book."""
_REMAPS = Count("lines", filter=Q(lines__effect=Effect.REMAP.value))


def plans(account: str) -> list[PlanCard]:
    """Every plan that an account is named on, the newest first."""
    rows = PlanName.objects.filter(account=account).values_list("plan_id", "role")
    mine = {int(plan): str(role) for plan, role in rows}
    found = (
        Plan.objects.filter(pk__in=mine)
        .annotate(count=Count("lines"), remaps=_REMAPS)
        .order_by("-pk")
    )
    return [card_of(plan, mine[plan.pk], plan.count, plan.remaps) for plan in found]


def unclaimed() -> list[PlanCard]:
    """Plans that nobody is named on: laid in by an intake, to be taken over by personnel."""
    rows = (
        Plan.objects.filter(names=None)
        .annotate(count=Count("lines"), remaps=_REMAPS)
        .order_by("-pk")
    )
    return [card_of(plan, "", plan.count, plan.remaps) for plan in rows]


def plan(number: int, account: str) -> PlanCard:
    """One plan, for who is named on it. Raises NotNamedError."""
    name = PlanName.objects.filter(plan_id=number, account=account).first()
    found = Plan.objects.filter(pk=number).annotate(count=Count("lines"), remaps=_REMAPS).first()
    if name is None or found is None:
        raise NotNamedError
    return card_of(found, name.role, found.count, found.remaps)


def plan_for_house(number: int) -> PlanCard:
    """One plan, whoever asks: for a job that was asked for by somebody named on it."""
    found = Plan.objects.filter(pk=number).annotate(count=Count("lines"), remaps=_REMAPS).first()
    if found is None:
        raise NotNamedError
    return card_of(found, "", found.count, found.remaps)


def named(number: int) -> dict[str, str]:
    """Who may open a plan: account → role."""
    rows = PlanName.objects.filter(plan_id=number).order_by("pk").values_list("account", "role")
    return {str(account): str(role) for account, role in rows}


def lines(number: int) -> list[DraftLine]:
    """The lines of a plan in their order. Who calls has made sure that they may be seen."""
    plan = Plan.objects.filter(pk=number).first()
    if plan is None:
        return []
    rows = plan.lines.order_by("seq", "id")  # each of which knows the plan
    return [draft_line(row, place) for place, row in enumerate(rows)]


def some_lines(
    number: int, ids: Collection[int] | None = None, *, entering: bool = False
) -> list[DraftLine]:
    """Some lines of a plan in their order: these, or those of people who enter. What it is among
    all lines is not told by `line.no`."""
    plan = Plan.objects.filter(pk=number).first()
    if plan is None or (ids is not None and not ids):
        return []
    rows = plan.lines.order_by("seq", "id")
    if entering:
        rows = rows.exclude(newcomer=None)
    if ids is None:
        return [draft_line(row) for row in rows]
    found = [row for chunk in _chunks(ids) for row in rows.filter(pk__in=chunk)]
    return [draft_line(row) for row in sorted(found, key=lambda row: (row.seq, row.pk))]


def filed_of(number: int, subject: str, field: str) -> str | None:
    """What a plan files of one field of somebody last; None where it files nothing."""
    found = [f.value for f in filings(number) if (f.subject, f.field) == (subject, field)]
    return found[-1] if found else None


def laid(source: str) -> set[tuple[str, str]]:
    """Of whom, and of which appointment, a line from this source is in any plan: for who laid them
    there and would lay them again when they were taken out."""
    rows = PlanLine.objects.filter(source=source).values_list("person", "appointment")
    return {(str(person), str(appointment)) for person, appointment in rows}


def order(number: int) -> list[int]:
    """The ids of a plan's lines, in their order."""
    rows = PlanLine.objects.filter(plan_id=number).order_by("seq", "id")
    return list(rows.values_list("pk", flat=True))


def draft_line(row: PlanLine, place: int = 0) -> DraftLine:
    """A row as what it would be in the book."""
    line = Line(
        BASE + place,
        row.effective,
        row.plan.created,
        Effect(row.effect),
        row.person,
        row.wording,
        row.order_no,
        row.appointment,
        row.voids,
        **stated_values(row.stated),
    )
    return DraftLine(
        *(row.pk, row.version, line, row.newcomer, row.source, row.changed, row.changed_by),
        unread=json.loads(row.unread),
    )


def filings(number: int) -> list[DraftFiling]:
    """What a plan would file, with values opened."""
    rows = list(PlanFiling.objects.filter(plan_id=number).order_by("id"))
    vault = Vault()
    vault.prepare({row.subject for row in rows if row.sealed})
    return [
        DraftFiling(
            row.pk,
            row.subject,
            row.field,
            vault.open(row.subject, row.field, row.value)
            if row.sealed and row.value is not None
            else row.value,
            row.effective,
            row.until,
            row.source,
        )
        for row in rows
    ]


def numbers_taken(numbers: Iterable[str]) -> dict[str, str]:
    """Which of these staff numbers somebody has in the books already → their id."""
    found: dict[str, str] = {}
    for chunk in _chunks(numbers):
        rows = Person.objects.filter(staff_no__in=chunk).values_list("staff_no", "pk")
        found |= {str(number): str(person) for number, person in rows}
    return found


def addressees(lines: Iterable[int]) -> dict[int, str]:
    """Whom lines of the book speak to, by their numbers."""
    found: dict[int, str] = {}
    for chunk in _chunks(lines):
        found |= dict(BookLine.objects.filter(pk__in=chunk).values_list("pk", "person"))
    return found


def _chunks(wanted: Iterable[Any]) -> Iterator[list[Any]]:
    all_ = list(dict.fromkeys(wanted))
    for i in range(0, len(all_), 900):
        yield all_[i : i + 900]


def noticed_lines(person: str, now: datetime) -> list[tuple[PlanCard, DraftLine]]:
    """内示: the lines about one person in plans whose hour of notice has come and that are not yet
    announced. The one look into the drawer from outside personnel."""
    due = Q(plan__state="noticed", plan__notice_at__lte=now)
    rows = PlanLine.objects.filter(due, person=person).select_related("plan").order_by("seq", "id")
    return [(card_of(row.plan, "", 0), draft_line(row)) for row in rows]


def card_of(plan: Plan, role: str, count: int, remaps: int = 0) -> PlanCard:
    """A row as what is taken out of the drawer."""
    return PlanCard(
        plan.pk,
        plan.title,
        plan.kind,
        plan.state,
        plan.day,
        plan.note,
        plan.version,
        plan.created,
        plan.created_by,
        plan.changed,
        plan.changed_by,
        plan.notice_at,
        plan.announced_at,
        role,
        count,
        remaps,
    )


def existing(numbers: Collection[int], *, announced: bool = False) -> set[int]:
    """Those of these plans that there are; with `announced`, those of them that were announced."""
    rows = Plan.objects.filter(pk__in=list(numbers))
    if announced:
        rows = rows.filter(state=ANNOUNCED)
    return set(rows.values_list("pk", flat=True))
