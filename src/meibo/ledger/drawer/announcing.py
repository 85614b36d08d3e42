"""発令: a plan's lines become lines of the book, all of them or none, in one transaction.

What follows – roster, search, permissions – is drawn by the writer with them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import connection, transaction

from meibo.domain.book import Line
from meibo.domain.renewal import HOURS, hours_field
from meibo.ledger import bulk, joins, writer
from meibo.ledger.drawer.cards import (
    ANNOUNCED,
    APPROVED,
    NOTICED,
    UNKNOWN,
    DraftLine,
    DrawerError,
)
from meibo.ledger.drawer.newcomers import welcome
from meibo.ledger.drawer.numbering import numbers
from meibo.ledger.drawer.reading import filings, lines
from meibo.ledger.models import Person, Plan, PlanLine
from meibo.ledger.writer import Batch, NewFiling, Progress

Numbers = Callable[[Sequence[Line]], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Announced:
    """What was done: how many orders, and the number in the book of each line of the plan."""

    orders: int
    book: dict[int, int]


def announce(
    number: int,
    *,
    actor: str,
    now: datetime,
    version: int | None = None,
    numbering: Numbers = numbers,
    progress: Progress | None = None,
) -> Announced:
    """Announce an approved plan. Raises DrawerError where it may not be announced (any more), or
    is another one than the `version` that was looked at. Within a transaction of the caller's an
    error must undo all of that."""
    with _transaction():
        writer.lock()
        plan = Plan.objects.get(pk=number)
        if plan.state not in {APPROVED, NOTICED}:
            raise DrawerError("決裁が済んでいないか、もう発令した異動案です。")
        if version is not None and plan.version != version:
            raise DrawerError("見ていた間に異動案が変わりました。もう一度確かめてください。")
        drafts = lines(number)
        if not drafts:
            raise DrawerError("この異動案には発令がありません。")
        if any(draft.unread or draft.line.person == UNKNOWN for draft in drafts):
            raise DrawerError("読み取れていない欄があります。指摘を片付けてください。")
        batch, places = _batch(number, drafts, numbering, now)
        real = writer.append_within(batch, actor=actor, now=now, progress=progress)
        book = {line: real[place] for line, place in places.items()}
        _close(plan, batch, drafts, actor, now)
    return Announced(len(drafts), book)


def _transaction() -> AbstractContextManager[object]:
    """One of its own, or the caller's, without a savepoint within it: see `append_within`."""
    return nullcontext() if connection.in_atomic_block else transaction.atomic()


def _batch(
    number: int, drafts: Sequence[DraftLine], numbering: Numbers, now: datetime
) -> tuple[Batch, dict[int, int]]:
    batch, places = Batch(), {}
    _give_numbers(drafts)
    given = numbering([draft.line for draft in drafts])
    joined = _joined(drafts)
    for draft, order_no in zip(drafts, given, strict=True):
        line = replace(_as_written(draft.line, joined), recorded=now, order_no=order_no)
        places[draft.id] = batch.add(line, draft.source).no
    people = {draft.line.person for draft in drafts}
    known = {f.subject for f in filings(number) if f.field == "staff_no"}
    first = {d.line.person: d for d in reversed(drafts) if d.newcomer}
    batch.filings = [
        NewFiling(person, "staff_no", draft.newcomer, draft.line.effective, now)
        for person, draft in first.items()
        if person not in known
    ]
    batch.filings += [
        NewFiling(subject, field, f.value, f.effective, now, f.until, source=f.source)
        for f in filings(number)
        if f.subject.startswith(writer.UNIT) or f.subject in people
        for subject, field in [_filed_as_written(f.subject, f.field, joined)]
    ]
    return batch, places


def _joined(drafts: Sequence[DraftLine]) -> frozenset[str]:
    """The ids that were joined for which orders of these were written. Raises DrawerError where one
    has been parted since: the plan shows its orders with somebody else."""
    pairs = {(draft.line.person, draft.line.appointment) for draft in drafts}
    asked = {joins.written(*pair)[0]: pair[0] for pair in pairs if joins.OF in pair[1]}
    known = set(Person.objects.filter(pk__in=asked).values_list("id", flat=True))
    groups = joins.groups()
    if any(groups.lead(person) != groups.lead(asked[person]) for person in known):
        raise DrawerError(
            "名寄せを取り消した番号への発令があります。その行を消して、入れ直してください。"
        )
    return frozenset(known)


def _as_written(line: Line, joined: Collection[str]) -> Line:
    """An order that goes on with what was written for an id that was joined is written for it as
    well: it stays there when the two are parted again."""
    person, appointment = joins.written(line.person, line.appointment)
    return replace(line, person=person, appointment=appointment) if person in joined else line


def _filed_as_written(subject: str, field: str, joined: Collection[str]) -> tuple[str, str]:
    """The same of what is filed of an appointment."""
    kind, _, key = field.partition(":")
    person, appointment = joins.written(subject, key)
    here = kind == HOURS and person in joined
    return (person, hours_field(appointment)) if here else (subject, field)


def _give_numbers(drafts: Sequence[DraftLine]) -> None:
    """Whoever only the plan knew gets the staff number that it says."""
    wanted = {d.line.person: d.newcomer for d in drafts if d.newcomer}
    taken = dict(Person.objects.filter(staff_no__in=wanted.values()).values_list("staff_no", "id"))
    doubled = [n for p, n in wanted.items() if taken.get(n, p) != p]
    if doubled or len(set(wanted.values())) < len(wanted):
        raise DrawerError(f"職員番号が重なっています: {'、'.join(sorted(map(str, doubled)))}")
    welcome(wanted)
    for person, staff_no in wanted.items():
        Person.objects.filter(pk=person, staff_no=None).update(staff_no=staff_no)


def _close(
    plan: Plan, batch: Batch, drafts: Sequence[DraftLine], actor: str, now: datetime
) -> None:
    bulk.give(
        PlanLine, "order_no", [(d.id, n.order_no) for d, n in zip(drafts, batch.lines, strict=True)]
    )
    plan.state, plan.announced_at, plan.announced_by = ANNOUNCED, now, actor
    plan.version += 1
    plan.save()
