"""災対組織 of a day, and whom it could be made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from meibo.apps.safety.models import Assignment, Called, Check, DisasterPlan
from meibo.apps.safety.queries import muster
from meibo.apps.safety.queries.board import Tally
from meibo.domain.safety.forecast import Said, expected
from meibo.domain.safety.organising import LEADS, ROLES, Candidate, Place, places_of
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
            _words(codes, states[person]),
        )
        for person, (staff, area) in muster.staff(states, {}).items()
        if not staff.away
    ]


def _words(codes: house.Codes, state: Mapping[str, Any]) -> frozenset[str]:
    """For all posts that somebody holds, the further ones as well."""
    posts = {seat.get("post") for seat in (state, *state.get("further", ()))} - {None}
    names = {codes.name("post", post) or "" for post in posts}
    return frozenset(posts | names | ({LEADS} if any(map(codes.leads, posts)) else set()))


def plan_on(day: date) -> DisasterPlan | None:
    """The plan that holds on a day: the last approved one that has begun."""
    rows = DisasterPlan.objects.filter(starts__lte=day).exclude(approved_at=None)
    return rows.order_by("-starts", "-approved_at").first()


def replaced(plan: DisasterPlan) -> DisasterPlan | None:
    """The plan that no longer holds from the first day of a draft on, once that is approved."""
    return plan_on(plan.starts)


def assigned(day: date) -> Mapping[str, tuple[str, str]]:
    """Person → place and role on a day; for whoever lists people by the disaster organisation."""
    plan = plan_on(day)
    rows = Assignment.objects.filter(plan=plan) if plan else Assignment.objects.none()
    return {person: (place, role) for person, place, role in rows.values_list(*_ROW)}


_ROW = ("person", "place", "role")


@dataclass(frozen=True, slots=True)
class Posted:
    """Where somebody stands in the disaster organisation. `role`: in words."""

    place: Place
    role: str

    @property
    def words(self) -> str:
        """In a line, with where its people come together."""
        told = f"{self.place.name}（{self.role}）"
        return f"{told}　集まる所：{self.place.place}" if self.place.place else told


def posted(day: date) -> dict[str, Posted]:
    """Person → where they stand on a day, as far as the town's table still has the place."""
    known = {each.code: each for each in places()}
    return {
        person: Posted(known[code], ROLES.get(role, role))
        for person, (code, role) in assigned(day).items()
        if code in known
    }


def standing(day: date) -> dict[str, Place]:
    """Person → the place that they have to get to in an event of the day."""
    return {person: each.place for person, each in posted(day).items()}


@dataclass(frozen=True, slots=True)
class Line:
    """A place, how many are assigned to it, what they answered, and how many more are expected."""

    place: Place
    assigned: int
    tally: Tally
    expected: int = 0

    @property
    def gap(self) -> int:
        """How many are missing."""
        return max(0, self.place.people - self.assigned)


def lines(plan: DisasterPlan, check: Check | None = None) -> list[Line]:
    """A plan place by place; with the answers to a check."""
    where = dict(plan.assignments.values_list("person", "place"))
    counts, coming = Counter(where.values()), Counter[str]()
    tallies: dict[str, Tally] = {}
    if check is not None:
        rows = Called.objects.filter(
            check_asked=check, person__in=plan.assignments.values("person")
        )
        for person, modelled, *said in rows.values_list(*_SAID):
            told, place = Said(*said), where[person]
            here = told.arrived_at is not None
            tallies.setdefault(place, Tally()).add(told.status, told.comes, int(here), "", 1)
            if not here and expected(modelled, told, check.started_at) is not None:
                coming[place] += 1
    return [
        Line(each, counts[each.code], tallies.get(each.code, Tally()), coming[each.code])
        for each in places()
    ]


_SAID = ("person", "prospect__minutes", "comes", "arrives_at", "arrived_at", "status")


def at_place(check: Check, plan: DisasterPlan, code: str) -> dict[int, str]:
    """Those of a place who were asked, who leads first: the number of their call → their role in
    words. When each of them is expected by the model is told nowhere: it would say how far from
    here somebody lives."""
    roles = dict(plan.assignments.filter(place=code).values_list("person", "role"))
    rows = Called.objects.filter(check_asked=check, person__in=roles).values_list("pk", "person")
    order = list(ROLES)
    ranked = sorted((order.index(roles[person]), number) for number, person in rows)
    return {number: ROLES[order[rank]] for rank, number in ranked}
