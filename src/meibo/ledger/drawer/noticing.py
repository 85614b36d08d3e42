"""内示: what those concerned, and who leads them, may read of plans whose hour has come.

The one look into the drawer from outside personnel. Before the hour the query finds no plan and
touches no line, so that neither what it answers nor how long it takes tells of one.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from meibo.domain.disclosure import Viewer
from meibo.ledger import house
from meibo.ledger.drawer.cards import NOTICED, DraftLine, PlanCard
from meibo.ledger.drawer.reading import card_of, draft_line, filings, lines
from meibo.ledger.models import Plan, PlanLine
from meibo.ledger.ties import led_units
from meibo.ledger.writer import UNIT

_DEEP = 12
"""No chain of units is longer; one that closes itself ends there."""


@dataclass(frozen=True, slots=True)
class NoticedLine:
    """A line that somebody may read: about themselves (`own`), about one of their people of today
    (`leaves`), or one that brings somebody into a unit that they lead (`joins`). `name`: the name
    of somebody whom only the plan knows."""

    plan: PlanCard
    draft: DraftLine
    own: bool
    joins: bool
    leaves: bool
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Addressee:
    """Somebody whom lines of a plan are about, and who leads their units of today or those that the
    lines bring them into."""

    person: str
    name: str | None
    drafts: tuple[DraftLine, ...]
    heads: tuple[str, ...]


def due(now: datetime) -> list[Plan]:
    """The plans whose notice is open at a moment."""
    return list(Plan.objects.filter(state=NOTICED, notice_at__lte=now).order_by("pk"))


def noticed_to(viewer: Viewer, now: datetime) -> list[NoticedLine]:
    """The lines about the viewer, those about whom they lead today, and those that bring somebody
    into a unit that they lead today."""
    plans = due(now)
    if not plans or viewer.person is None:
        return []
    mine, led = viewer.over.get("head", frozenset()), led_units(viewer)
    there = house.organisation(viewer.today).states
    found: list[NoticedLine] = []
    for plan in plans:
        parents, names = _plans_own(plan.pk)
        card = card_of(plan, "", 0)
        for row in PlanLine.objects.filter(plan=plan).select_related("plan").order_by("seq", "id"):
            draft = draft_line(row)
            own = row.person == viewer.person
            leaves = row.person in mine and not own
            unit = _known(json.loads(row.stated).get("unit"), there, parents)
            joins = not own and unit in led
            if row.person and (own or leaves or joins):
                name = names.get(row.person)
                found.append(NoticedLine(card, draft, own, joins, leaves, name))
    return found


def spoken_to(number: int, today: date) -> list[Addressee]:
    """Whom a notice speaks to, in the order of the plan. Who calls has made sure that the plan may
    be seen."""
    tree, codes = house.organisation(today), house.codes()
    parents, names = _plans_own(number)
    leads: dict[str, list[str]] = defaultdict(list)
    units: dict[str, list[str]] = defaultdict(list)
    for seat in house.seats(today):
        units[seat.person].append(seat.unit)
        if codes.leads(seat.post):
            leads[seat.unit].append(seat.person)
    drafts: dict[str, list[DraftLine]] = defaultdict(list)
    for draft in lines(number):
        if draft.line.person:
            drafts[draft.line.person].append(draft)
    found = []
    for person, own in drafts.items():
        new = [_known(d.line.unit, tree.states, parents) for d in own if d.line.unit]
        near = {c for u in (*units[person], *new) for c in tree.codes.get(u or "", ())}
        heads = sorted({h for u in near for h in leads.get(u, ())} - {person})
        found.append(Addressee(person, names.get(person), tuple(own), tuple(heads)))
    return found


def _known(unit: str | None, there: Collection[str], parents: Mapping[str, str]) -> str | None:
    """A unit, or the nearest one above it that there is."""
    for _ in range(_DEEP):
        if unit is None or unit in there:
            return unit
        unit = parents.get(unit)
    return None


def _plans_own(number: int) -> tuple[dict[str, str], dict[str, str]]:
    """The parents of units that only the plan knows, and the names of people whom only it knows."""
    parents: dict[str, str] = {}
    names: dict[str, str] = {}
    for filed in filings(number):
        if filed.field == "parent" and filed.subject.startswith(UNIT) and filed.value:
            parents[filed.subject.removeprefix(UNIT)] = filed.value
        elif filed.field == "name" and not filed.subject.startswith(UNIT) and filed.value:
            names[filed.subject] = filed.value
    return parents, names
