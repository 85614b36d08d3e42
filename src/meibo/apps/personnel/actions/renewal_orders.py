"""From the decisions of a round to orders: laid into the drawer, to be announced there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from meibo.apps.personnel.actions.renewal import open_round
from meibo.apps.personnel.actions.renewal_scope import (
    answer_of,
    contracts,
    is_full,
    next_authority,
    rules,
    source_of,
    sums,
    tree_of,
)
from meibo.apps.personnel.models import RenewalItem, RenewalRound
from meibo.domain.renewal import END, Answer, Contract, doubts, hours_field, order
from meibo.domain.renewal import RenewalRules as Rules
from meibo.ledger import drawer, house
from meibo.ledger.drawer import LineChange
from meibo.platform.audit.actions import Actor, Entry, note
from meibo.platform.audit.acts import Act


@dataclass(frozen=True, slots=True)
class Laid:
    """What became of a round: how many orders were laid into which plan, how many terms just end,
    how many wait for a decision, and how many could not be laid in."""

    plan: int | None
    orders: int
    ends: int
    undecided: int
    stopped: int


def lay(number: int, *, actor: Actor, now: datetime, on: date) -> Laid:
    """Lay the orders of what is decided into the drawer, as a plan named to the actor; what was
    laid in before is not laid in again."""
    with transaction.atomic():
        found = open_round(number)
        held, known = contracts(found, on), rules()
        rows = [row for row in found.items.all() if (row.person, row.appointment) in held]
        pairs = [(held[row.person, row.appointment], answer_of(row)) for row in rows]
        hours, trees = sums(found, on), (house.organisation(on), tree_of(found))
        made: list[tuple[RenewalItem, Contract, LineChange]] = []
        ends = stopped = 0
        for row, (contract, answer) in zip(rows, pairs, strict=True):
            if row.planned or contract.goes_on or not row.decision:
                continue
            if row.decision == END:
                ends += 1
                continue
            if _stops(contract, answer, known, hours.get(contract.person, 0)):
                stopped += 1
                continue
            under = next_authority(contract, answer, *trees)
            line = order(contract, answer, known, last=found.last, now=now, authority=under)
            if line is not None:
                made.append((row, contract, LineChange(line, source=source_of(found.pk))))
        plan = _into_plan(found, made, actor, now) if made else found.plan
    undecided = sum(
        not row.decision and not c.goes_on for row, (c, _) in zip(rows, pairs, strict=True)
    )
    return Laid(plan, len(made), ends, undecided, stopped)


def _stops(contract: Contract, answer: Answer, known: Rules, minutes: int) -> bool:
    first = date.fromordinal((contract.term_end or date.max).toordinal() + 1)
    full = is_full(contract, known, house.codes())
    found = doubts(contract, answer, known, first=first, full=full, together=minutes)
    return any(doubt.stops for doubt in found)


def _into_plan(
    found: RenewalRound,
    made: Sequence[tuple[RenewalItem, Contract, LineChange]],
    actor: Actor,
    now: datetime,
) -> int:
    day = date.fromordinal(found.ends.toordinal() + 1)
    plan = found.plan
    if plan is None or not any(p.id == plan and p.changeable for p in drawer.plans(actor.name)):
        plan = drawer.begin(found.title, account=actor.name, now=now, day=day, kind="renewal")
    note(Entry(Act.PLAN, {"what": "任用の更新から", "plan": plan}), actor=actor, now=now)
    drawer.put(plan, [change for _, _, change in made], account=actor.name, now=now)
    for row, contract, change in made:
        if row.minutes is not None and row.minutes != contract.minutes and change.line:
            field = hours_field(contract.appointment)
            values: dict[str, str | None] = {field: str(row.minutes)}
            first = change.line.effective
            drawer.file(plan, contract.person, values, first, account=actor.name, now=now)
    RenewalItem.objects.filter(pk__in=[row.pk for row, _, _ in made]).update(planned=True)
    found.plan = plan
    found.save(update_fields=["plan"])
    return plan
