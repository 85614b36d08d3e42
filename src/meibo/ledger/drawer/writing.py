"""Changing plans. Every verb is one transaction; a change that is not the newest is refused."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Max

from meibo.domain.book import Line
from meibo.ledger import writer
from meibo.ledger.codec import stated_by
from meibo.ledger.drawer.cards import (
    CHANGEABLE,
    EDIT,
    Clash,
    DraftLine,
    DrawerError,
    LineChange,
    NotNamedError,
    StaleError,
)
from meibo.ledger.drawer.newcomers import forget_unused, welcome
from meibo.ledger.drawer.reading import draft_line, lines
from meibo.ledger.drawer.steps import keep_step
from meibo.ledger.models import Plan, PlanFiling, PlanLine, PlanName
from meibo.ledger.vault import Vault

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
        _insert(Plan.objects.get(pk=new), again, account, now)
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
        plan = _locked(number, account)
        if plan.version != version:
            raise StaleError(())
        plan.title, plan.day, plan.note = title, day, note
        _touched(plan, account, now)


def put(
    number: int, changes: Sequence[LineChange], *, account: str, now: datetime
) -> list[DraftLine]:
    """Save changes of lines, all or none; returns the lines that are new or other, in the order of
    the changes (removed ones are not in it). Raises StaleError, DrawerError."""
    with transaction.atomic():
        plan = _locked(number, account)
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
        new = _insert(plan, [c for c in changes if c.id is None], account, now)
        after = [*(row for row, _ in others), *new]
        step.close(after)
        _touched(plan, account, now)
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


def _insert(
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


def file(
    number: int,
    subject: str,
    values: Mapping[str, str | None],
    effective: date,
    *,
    account: str,
    now: datetime,
    until: date | None = None,
) -> None:
    """What the plan would file of a newcomer or a unit; replaces what it filed of the same fields.
    A subject that is no `unit:CODE` must be an id that `welcome` gave or one of the book."""
    with transaction.atomic():
        plan = _locked(number, account)
        _file(plan, subject, values, effective, until)
        _touched(plan, account, now)


def _file(
    plan: Plan,
    subject: str,
    values: Mapping[str, str | None],
    effective: date,
    until: date | None = None,
    source: str = "",
) -> None:
    PlanFiling.objects.filter(plan=plan, subject=subject, field__in=values).delete()
    personal = not subject.startswith(writer.UNIT)
    vault = Vault()
    if personal:
        vault.prepare([subject])
    PlanFiling.objects.bulk_create(
        [
            PlanFiling(
                plan=plan,
                subject=subject,
                field=field,
                value=vault.seal(subject, field, value) if personal and value else value,
                sealed=personal,
                effective=effective,
                until=until or date.max,
                source=source,
            )
            for field, value in values.items()
        ]
    )


def unfile(number: int, subject: str, *, account: str, now: datetime) -> None:
    """Take back everything that the plan would file of a subject."""
    with transaction.atomic():
        plan = _locked(number, account)
        PlanFiling.objects.filter(plan=plan, subject=subject).delete()
        _touched(plan, account, now)


def discard(number: int, *, account: str) -> None:
    """Throw a plan away. One that was announced stays, as what was done."""
    with transaction.atomic():
        plan = _locked(number, account, states=frozenset({"draft", "submitted", "approved"}))
        people = set(PlanLine.objects.filter(plan=plan).values_list("person", flat=True))
        plan.delete()
        forget_unused(people)


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
        _insert(plan, changes, account, now)
        for filing in filed:
            values = {filing.field: filing.value}
            _file(plan, filing.subject, values, filing.effective, filing.until, filing.source)
    return number


def _locked(number: int, account: str, states: frozenset[str] = CHANGEABLE) -> Plan:
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


def _touched(plan: Plan, account: str, now: datetime) -> None:
    plan.version = F("version") + 1
    plan.changed, plan.changed_by = now, account
    plan.save()
