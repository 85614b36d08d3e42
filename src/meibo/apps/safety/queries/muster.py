"""The forecast of this house: its people, its table of ways, its plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import jpholiday

from meibo.apps.safety.queries.homes import homes
from meibo.apps.safety.queries.targets import skills_of, works_elsewhere
from meibo.domain.safety import forecast
from meibo.domain.safety.forecast import Manner, Staff, Task, When
from meibo.domain.safety.homes import Area
from meibo.ledger import house
from meibo.ledger.reader.people import states_on
from meibo.ledger.vault import Vault
from meibo.platform import town

_SATURDAY = 5


def manner() -> Manner:
    """How people of this town come (`muster.csv`)."""
    return Manner.of(town.rows("muster.csv"))


def tasks() -> list[Task]:
    """What the plan of the town wants (`bcp.csv`)."""
    return forecast.tasks_of(town.rows("bcp.csv"))


def works(day: date) -> bool:
    """Whether a day is a working day."""
    new_year = (day.month, day.day) in {(12, 29), (12, 30), (12, 31), (1, 2), (1, 3)}
    return day.weekday() < _SATURDAY and not new_year and not jpholiday.is_holiday(day)


def when(moment: datetime, *, trains: bool = False) -> When:
    """What kind of hour a moment is. It must be told in the town's own time."""
    return When(moment, works(moment.date()), trains)


def staff(
    states: Mapping[str, Mapping[str, Any]], vault: Vault | None = None
) -> dict[str, tuple[Staff, Area | None]]:
    """Everybody of these states as the forecast sees them, and their quarter."""
    where = homes(states, vault)
    return {
        person: (replace(each, km=area.km if (area := where[person]) else None), where[person])
        for person, each in skilled(states).items()
    }


def skilled(states: Mapping[str, Mapping[str, Any]]) -> dict[str, Staff]:
    """The same without their homes."""
    codes = house.codes()
    return {
        person: Staff(
            unit=state.get("unit") or "",
            km=None,
            skills=skills_of(state, codes),
            leads=codes.leads(state.get("post")),
            away=bool(state.get("leave")) or works_elsewhere(state, codes),
        )
        for person, state in states.items()
    }


def everybody(on: date) -> dict[str, tuple[Staff, Area | None]]:
    """The whole house on a day."""
    return staff(states_on(on))
