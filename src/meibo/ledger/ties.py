"""Ties that follow from tenures: who is whose head, clerk, colleague today.

Nobody edits a permission: a head of a unit is whoever holds its head post today, by main
post or acting (事務取扱); at 0:00 of the day the post changes hands, so does the tie.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from meibo.domain.disclosure import DUTIES, Viewer, ties_named
from meibo.domain.units import Organisation
from meibo.ledger import house, joins, policy
from meibo.ledger.models import Person, Seat, Stretch

_CHUNK = 900


def viewer_of(
    person: str | None, duties: Iterable[str], today: date, *, event: bool = False
) -> Viewer:
    """The viewer that a member of staff is today, with the duties granted besides.

    Someone who is not in service today is nobody, whatever duties were granted: no ties at all.
    An account that belongs to no person (an operator's) has its duties alone.
    """
    granted = ties_named(duties)
    if person is None:
        return Viewer(granted, today, event=event)
    serving = Stretch.objects.filter(starts__lte=today, ends__gt=today)
    if not serving.filter(person=person).exists():
        person = joins.lead(person)  # whoever signs in by a number that was joined to another
        if not serving.filter(person=person).exists():
            return Viewer(frozenset(), today, event=event)
    seats = house.posts_of([person], today)
    if not seats:
        return Viewer(granted, today, event=event)
    tree = house.organisation(today)
    over = {
        "unit": _people(tree, {tree.section(s.unit) or s.unit for s in seats}, today),
        "clerk": _people(tree, _kept_by(tree, person), today),
        "head": _people(tree, {s.unit for s in seats if house.codes().leads(s.post)}, today),
    }
    over = {tie: people for tie, people in over.items() if people}
    home = frozenset(s.unit for s in seats)
    return Viewer(granted | {"staff"}, today, person, over, home, event)


def waiting(viewer: Viewer) -> Viewer:
    """The viewer without those duties that show what no colleague sees: these wait until it is
    said what for. Of oneself, and as head or colleague, nothing changes."""
    granted = viewer.ties & DUTIES
    if not granted:
        return viewer
    table = policy.table(viewer.today)
    waits = frozenset(duty for duty in granted if table.seen(frozenset({duty})) & table.sensitive)
    return replace(viewer, ties=viewer.ties - waits, waiting=waits)


def _kept_by(tree: Organisation, person: str) -> set[str]:
    """The units whose 庶務担当 this person is."""
    return {
        code
        for code, state in tree.states.items()
        if person in json.loads(state.get("clerks", "[]"))
    }


def _people(tree: Organisation, units: set[str], today: date) -> frozenset[str]:
    """Everyone with any post in these units or below them."""
    codes = sorted({c for unit in units for c in tree.below(unit)})
    found: set[str] = set()
    for i in range(0, len(codes), _CHUNK):
        rows = Seat.objects.filter(
            unit__in=codes[i : i + _CHUNK], starts__lte=today, ends__gt=today
        )
        found |= set(rows.values_list("person", flat=True))
    return frozenset(found)


def holders(today: date) -> dict[str, int]:
    """How many people hold each tie that follows from tenures: for counting, not for showing."""
    tree, codes = house.organisation(today), house.codes()
    seats = house.seats(today)
    clerks = {
        person for state in tree.states.values() for person in json.loads(state.get("clerks", "[]"))
    }
    serving = Stretch.objects.filter(starts__lte=today, ends__gt=today)
    there = serving.values("person").distinct().count()
    return {
        "staff": there,
        "self": there,
        "unit": len({seat.person for seat in seats}),
        "clerk": len(clerks & {seat.person for seat in seats}),
        "head": len({seat.person for seat in seats if codes.leads(seat.post)}),
    }


def led_units(viewer: Viewer) -> frozenset[str]:
    """The units that the viewer leads today, and those below them."""
    if viewer.person is None or "head" not in viewer.over:
        return frozenset()
    tree, codes = house.organisation(viewer.today), house.codes()
    seats = house.posts_of([viewer.person], viewer.today)
    return frozenset(u for s in seats if codes.leads(s.post) for u in tree.below(s.unit))


def units_kept_by(person: str, today: date) -> set[str]:
    """The units that a 庶務担当 keeps, with those below them."""
    tree = house.organisation(today)
    return {c for unit in _kept_by(tree, person) for c in tree.below(unit)}


def person_numbered(staff_no: str) -> str | None:
    """The id of the person with this staff number, or with one that was joined to another: for
    addressing a record, not for finding."""
    rows = Person.objects.filter(staff_no=staff_no)
    found = rows.values_list("id", flat=True).first()
    return joins.lead(found) if found else None
