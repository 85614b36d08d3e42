"""災対組織 of a day, and whom it could be made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from meibo.apps.safety.models import Assignment, Called, Check, DisasterPlan
from meibo.apps.safety.queries import muster
from meibo.apps.safety.queries.board import Tally
from meibo.domain.safety.organising import Candidate, Place, places_of
from meibo.ledger import house
from meibo.ledger.reader.people import states_on
from meibo.platform import town


def places() -> list[Place]:
    """The town's table."""
    return places_of(town.rows("disaster_units.csv"))


def candidates(on: date) -> list[Candidate]:
    """Everybody who serves and is not away."""
    states, organisation, codes = states_on(on), house.organisation(on), house.codes()
    return [
        Candidate(
            person,
            frozenset(organisation.path(staff.unit)),
            area.name if area else "",
            area.km if area else 1_000.0,
            staff.skills,
            codes.rank(states[person].get("post")),
        )
        for person, (staff, area) in muster.staff(states).items()
        if not staff.away
    ]


def plan_on(day: date) -> DisasterPlan | None:
    """The plan that holds on a day: the last approved one that has begun."""
    rows = DisasterPlan.objects.filter(starts__lte=day).exclude(approved_at=None)
    return rows.order_by("-starts", "-approved_at").first()


def assigned(day: date) -> Mapping[str, tuple[str, str]]:
    """Person → place and role on a day; for whoever lists people by the disaster organisation."""
    plan = plan_on(day)
    rows = Assignment.objects.filter(plan=plan) if plan else Assignment.objects.none()
    return {person: (place, role) for person, place, role in rows.values_list(*_ROW)}


_ROW = ("person", "place", "role")


@dataclass(frozen=True, slots=True)
class Line:
    """A place, how many are assigned to it, and what they answered."""

    place: Place
    assigned: int
    tally: Tally

    @property
    def gap(self) -> int:
        """How many are missing."""
        return max(0, self.place.people - self.assigned)


def lines(plan: DisasterPlan, check: Check | None = None) -> list[Line]:
    """A plan place by place; with the answers to a check."""
    where = dict(plan.assignments.values_list("person", "place"))
    counts: dict[str, int] = {}
    tallies: dict[str, Tally] = {}
    for place in where.values():
        counts[place] = counts.get(place, 0) + 1
    if check is not None:
        rows = Called.objects.filter(
            check_asked=check, person__in=plan.assignments.values("person")
        )
        for person, status, comes, at in rows.values_list(
            "person", "status", "comes", "arrived_at"
        ):
            tallies.setdefault(where[person], Tally()).add(status, comes, int(at is not None), 1)
    return [
        Line(place, counts.get(place.code, 0), tallies.get(place.code, Tally()))
        for place in places()
    ]
