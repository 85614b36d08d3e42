"""The forecast of this house: its people, its table of ways, its plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import jpholiday

from meibo.apps.safety.queries.homes import areas, homes
from meibo.apps.safety.queries.targets import skills_of, works_elsewhere
from meibo.domain.safety import forecast
from meibo.domain.safety.forecast import Manner, Staff, Task, When
from meibo.domain.safety.homes import Area, way
from meibo.domain.safety.organising import Place
from meibo.ledger import house
from meibo.ledger.reader.people import states_on
from meibo.ledger.vault import Vault
from meibo.platform import town

_SATURDAY = 5

Standing = Mapping[str, Place]
"""Person → where they stand in the disaster organisation; who is not in it comes to the office."""


def manner() -> Manner:
    """How people of this town come (`muster.csv`)."""
    return Manner.of(town.rows("muster.csv"))


def tasks(standing: Standing | None = None) -> list[Task]:
    """What the plan of the town wants (`bcp.csv`). Where no disaster organisation is in force
    (nobody stands anywhere), whoever comes does what its people would do."""
    found = forecast.tasks_of(town.rows("bcp.csv"))
    if standing is not None and not standing:
        return [replace(each, places=()) for each in found]
    return found


def works(day: date) -> bool:
    """Whether a day is a working day."""
    new_year = (day.month, day.day) in {(12, 29), (12, 30), (12, 31), (1, 2), (1, 3)}
    return day.weekday() < _SATURDAY and not new_year and not jpholiday.is_holiday(day)


def when(moment: datetime, *, trains: bool = False) -> When:
    """What kind of hour a moment is. It must be told in the town's own time."""
    return When(moment, works(moment.date()), trains)


def staff(
    states: Mapping[str, Mapping[str, Any]], standing: Standing, vault: Vault | None = None
) -> dict[str, tuple[Staff, Area | None]]:
    """Everybody of these states as the forecast sees them, and the quarter they live in."""
    where, known, near = homes(states, vault), areas(), manner().near_km
    lies = {place: known.named(place.area) for place in set(standing.values())}
    found = {}
    for person, each in skilled(states, standing).items():
        home, there = where[person], lies.get(standing[person]) if person in standing else None
        onward = there.km if there else 0.0
        found[person] = (replace(each, km=way(home, there, near), onward_km=onward), home)
    return found


def unplaced(standing: Standing) -> list[str]:
    """Where people stand of which nobody has said where it is: they are forecast to the office."""
    known = areas()
    lost = {each.name for each in standing.values() if known.named(each.area) is None}
    return sorted(lost)


def skilled(
    states: Mapping[str, Mapping[str, Any]], standing: Standing | None = None
) -> dict[str, Staff]:
    """The same without their homes."""
    stand = standing or {}
    codes = house.codes()
    return {
        person: Staff(
            unit=state.get("unit") or "",
            km=None,
            skills=skills_of(state, codes),
            leads=codes.leads(state.get("post")),
            away=bool(state.get("leave")) or works_elsewhere(state, codes),
            bound=stand[person].bound if person in stand else frozenset(),
        )
        for person, state in states.items()
    }


def everybody(on: date, standing: Standing) -> dict[str, tuple[Staff, Area | None]]:
    """The whole house on a day."""
    return staff(states_on(on), standing)
