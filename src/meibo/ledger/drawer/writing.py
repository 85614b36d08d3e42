"""Changing plans. Every verb is one transaction; a change that is not the newest is refused."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from meibo.ledger.codec import stated_by
from meibo.ledger.drawer.cards import (
    EDIT,
    Clash,
    DraftLine,
    LineChange,
    StaleError,
)
from meibo.ledger.drawer.locking import locked, touched
from meibo.ledger.drawer.newcomers import forget_unused
from meibo.ledger.drawer.reading import draft_line, lines
from meibo.ledger.drawer.steps import keep_step
from meibo.ledger.models import Plan, PlanFiling, PlanLine, PlanName

_BATCH = 500


def begin(
    title: str, *, account: str, now: datetime, day: date | None = None, kind: str = "transfer"
) -> int:
    """An empty plan; whoever begins it is the one named on it. Returns its number."""
    with transaction.atomic():
        plan = Plan.objects.create(
            title=title, kind=kind, day=day, created=now, created_by=account, changed=now
        )
        if account:
            PlanName.objects.create(plan=plan, account=account, role=EDIT)
    return plan.pk


def copy(number: int, title: str, *, account: str, now: datetime) -> int:
    """Another plan with the same lines and filings, for the one who copies it."""
    with transaction.atomic():
        source = Plan.objects.get(pk=number)
        new = begin(title, account=account, now=now, day=source.day, kind=source.kind)
        again = [
            LineChange(
                replace(each.line, order_no=""),
                newcomer=each.newcomer,
                source=each.source,
                unread=each.unread,
            )
            for each in lines(number)
        ]
        insert(Plan.objects.get(pk=new), again, account, now)
        kept = PlanFiling.objects.filter(plan_id=number).order_by("id")
        PlanFiling.objects.bulk_create([_again(row, new) for row in kept], batch_size=_BATCH)
    return new


def _again(row: PlanFiling, plan: int) -> PlanFiling:
    row.pk, row.plan_id = None, plan
    return row


def describe(
    number: int,
    *,
    title: str,
    day: date | None,
    note: str,
    version: int,
    account: str,
    now: datetime,
) -> None:
    """Another title, day or note. Raises StaleError when the plan has changed since `version`."""
    with transaction.atomic():
        plan = locked(number, account)
        if plan.version != version:
            raise StaleError(())
        plan.title, plan.day, plan.note = title, day, note
        touched(plan, account, now)


def put(
    number: int, changes: Sequence[LineChange], *, account: str, now: datetime
) -> list[DraftLine]:
    """Save changes of lines, all or none; returns the lines that are new or other, in the order of
    the changes (removed ones are not in it). Raises StaleError, DrawerError."""
    with transaction.atomic():
        plan = locked(number, account)
        known = {row.pk: row for row in _rows(plan, changes)}
        _refuse_stale(changes, known)
        step = keep_step(plan, known.values(), account, now)
        removed = [c.id for c in changes if c.id is not None and c.line is None]
        PlanLine.objects.filter(pk__in=removed).delete()
        others = [(known[c.id], c) for c in changes if c.id is not None and c.line is not None]
        for row, change in others:
            _fill(row, change, account, now)
            row.version += 1
        PlanLine.objects.bulk_update([row for row, _ in others], _COLUMNS, batch_size=_BATCH)
        new = insert(plan, [c for c in changes if c.id is None], account, now)
        after = [*(row for row, _ in others), *new]
        step.close(after)
        touched(plan, account, now)
        made = iter(new)
        kept = {row.pk: row for row, _ in others}
        return [
            draft_line(next(made) if change.id is None else kept[change.id])
            for change in changes
            if change.line is not None
        ]


_COLUMNS = (
    *("seq", "effective", "effect", "person", "newcomer", "appointment", "wording", "order_no"),
    *("voids", "stated", "source", "unread", "version", "changed", "changed_by"),
)


def _rows(plan: Plan, changes: Sequence[LineChange]) -> Iterable[PlanLine]:
    wanted = [change.id for change in changes if change.id is not None]
    for i in range(0, len(wanted), 900):
        yield from PlanLine.objects.filter(plan=plan, pk__in=wanted[i : i + 900])


def _refuse_stale(changes: Sequence[LineChange], known: Mapping[int, PlanLine]) -> None:
    clashes = []
    for change in changes:
        if change.id is None:
            continue
        row = known.get(change.id)
        if row is None or row.version != change.version:
            theirs = draft_line(row) if row else None
            clashes.append(Clash(change.id, theirs, change.line, row.changed_by if row else ""))
    if clashes:
        raise StaleError(tuple(clashes))


def insert(
    plan: Plan, changes: Sequence[LineChange], account: str, now: datetime
) -> list[PlanLine]:
    last = PlanLine.objects.filter(plan=plan).aggregate(last=Max("seq"))["last"] or 0
    rows = []
    for place, change in enumerate(changes, 1):
        row = PlanLine(plan=plan, seq=last + place)
        _fill(row, change, account, now)
        rows.append(row)
    return PlanLine.objects.bulk_create(rows, batch_size=_BATCH)


def _fill(row: PlanLine, change: LineChange, account: str, now: datetime) -> None:
    line = change.line
    if line is None:
        raise ValueError(change)
    row.effective, row.effect, row.person = line.effective, line.effect.value, line.person
    row.appointment, row.wording, row.order_no = line.appointment, line.wording, line.order_no
    row.voids, row.stated = line.voids, stated_by(line)
    row.newcomer, row.source = change.newcomer, change.source
    row.unread = json.dumps(dict(change.unread), ensure_ascii=False)
    row.changed, row.changed_by = now, account


def discard(number: int, *, account: str) -> None:
    """Throw a plan away. One that was announced stays, as what was done."""
    with transaction.atomic():
        plan = locked(number, account, states=frozenset({"draft", "submitted", "approved"}))
        people = set(PlanLine.objects.filter(plan=plan).values_list("person", flat=True))
        filed = PlanFiling.objects.filter(plan=plan, sealed=True)
        people |= set(filed.values_list("subject", flat=True))  # whose line was taken back
        plan.delete()
        forget_unused(people)
