"""How many are here by when, and what is missing: simulated, or as an event goes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from meibo.apps.safety.models import Called, Check
from meibo.apps.safety.queries import muster
from meibo.apps.safety.queries.muster import Standing
from meibo.apps.safety.queries.organising import places, standing
from meibo.domain.safety import forecast
from meibo.domain.safety.forecast import Filled, Said, Staff, When, expected, minutes
from meibo.ledger import house
from meibo.ledger.reader.people import states_on

Comers = list[tuple[str, Staff, int | None]]
"""Person, what the forecast knows of them, after how many minutes they are here."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the forecast: how many there are of it, and here within each of the hours."""

    name: str
    all: int
    here: list[int]

    @property
    def within(self) -> list[tuple[int, int]]:
        """Within so many hours so many."""
        return list(zip(forecast.HOURS, self.here, strict=True))


@dataclass(frozen=True, slots=True)
class Outlook:
    """The whole forecast."""

    whole: Row
    units: list[Row]
    skills: list[Row]
    places: list[Row]
    tasks: list[Filled]
    unplaced: list[str]
    """Places of which nobody has said where they are."""

    @property
    def short(self) -> list[Filled]:
        """The tasks that lack people."""
        return [each for each in self.tasks if each.gap]


def simulated(when: When, on: date) -> Outlook:
    """If it happened then, with the people of today."""
    manner, stand = muster.manner(), standing(on)
    people = muster.everybody(on, stand).items()
    comers = [(person, staff, minutes(staff, when, manner)) for person, (staff, _) in people]
    return _outlook(comers, stand, on)


def lived(check: Check, on: date) -> Outlook:
    """As it goes: answers instead of the model, arrivals instead of both."""
    fields = ("person", "comes", "arrives_at", "arrived_at", "status", "prospect__minutes")
    rows = {
        person: (Said(*said), modelled)
        for person, *said, modelled in Called.objects.filter(check_asked=check).values_list(*fields)
    }
    stand = standing(on)
    people = muster.skilled(states_on(on, ids=rows), stand)
    comers = [(p, staff, _after(*rows[p], check.started_at)) for p, staff in people.items()]
    return _outlook(comers, stand, on)


def _after(said: Said, modelled: int | None, started: datetime) -> int | None:
    """Who is here and badly hurt is here for nothing that has to be done."""
    moment = expected(modelled, said, started) if said.able else None
    return None if moment is None else max(0, int((moment - started) / timedelta(minutes=1)))


def _outlook(comers: Comers, stand: Standing, on: date) -> Outlook:
    organisation, tasks = house.organisation(on), muster.tasks(stand)
    units = []
    for code in organisation.children(None):
        below = set(organisation.below(code))
        own = [each for each in comers if each[1].unit in below]
        units.append(_row(organisation.path(code)[-1], own))
    words = dict.fromkeys(word for task in tasks for word in task.skills)
    skills = [
        _row(word, [each for each in comers if any(word in s for s in each[1].skills)])
        for word in words
    ]
    filled = forecast.filled(tasks, ((staff, after) for _, staff, after in comers))
    lost = muster.unplaced(stand)
    return Outlook(_row("全体", comers), units, skills, _places(comers, stand), filled, lost)


def _places(comers: Comers, stand: Standing) -> list[Row]:
    """By the disaster organisation of the day, in the order of the town's table."""
    where: dict[str, Comers] = {each.name: [] for each in places()}
    for each in comers:
        if each[0] in stand:
            where[stand[each[0]].name].append(each)
    return [_row(name, own) for name, own in where.items() if own]


def _row(name: str, comers: Comers) -> Row:
    after = [each for _, _, each in comers]
    return Row(name, len(after), forecast.by_hour(after))
