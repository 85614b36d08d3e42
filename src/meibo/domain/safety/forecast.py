"""Who will be at the office by when.

Before anybody has answered it is a model: the way from home on foot, the hour of the week, the
post. What somebody answers replaces the model, and the arrival replaces both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from meibo.domain.safety.words import NO, UNABLE

HOURS = (1, 3, 6, 12, 24, 72)
_NIGHT_STARTS, _NIGHT_ENDS = time(22), time(6)


@dataclass(frozen=True, slots=True)
class Manner:
    """How people of this town come. `prepare_minutes`: until they are on their way, so much more at
    night, so much less (a negative number) who leads. Beyond `most_km` nobody is expected on foot.
    `near_km`: the way inside one quarter, from a home to a place of the disaster organisation.
    """

    walk_kmh: float = 3.0
    ride_kmh: float = 15.0
    prepare_minutes: int = 30
    night_minutes: int = 30
    leading_minutes: int = -15
    most_km: float = 20.0
    near_km: float = 1.0
    office_starts: time = time(8, 30)
    office_ends: time = time(17, 15)

    @classmethod
    def of(cls, rows: Iterable[Mapping[str, str]]) -> Manner:
        """As the town's table (`name,value`) says; what it does not say is as above."""
        given: dict[str, float | int | time] = {}
        for row in rows:
            name, value = row.get("name", ""), row.get("value", "").strip()
            if name.startswith("office_"):
                hour, _, minute = value.partition(":")
                given[name] = time(int(hour), int(minute or 0))
            elif name.endswith("_minutes"):
                given[name] = int(value)
            elif name in {"walk_kmh", "ride_kmh", "most_km", "near_km"}:
                given[name] = float(value)
        return cls(**given)  # type: ignore[arg-type]  # each value was read by its name


@dataclass(frozen=True, slots=True)
class When:
    """When it happens: `working` whether the day is a working day."""

    moment: datetime
    working: bool
    trains: bool = False
    """Whether trains and buses run."""

    def in_office(self, manner: Manner) -> bool:
        """Whether people are at work."""
        clock = self.moment.time()
        return self.working and manner.office_starts <= clock < manner.office_ends

    @property
    def at_night(self) -> bool:
        """Whether most are asleep."""
        clock = self.moment.time()
        return clock >= _NIGHT_STARTS or clock < _NIGHT_ENDS


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody for the forecast. `km`: the way from home to where they have to be, None: nobody
    knows it; `onward_km`: the way there from the office; `skills`: words, with the job; `bound`:
    the words for the place outside of the headquarters that they stand at, none where they come to
    the office."""

    unit: str
    km: float | None
    skills: frozenset[str] = frozenset()
    leads: bool = False
    away: bool = False
    onward_km: float = 0.0
    bound: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Said:
    """What is known besides the model: answers and arrival."""

    comes: str = ""
    arrives_at: datetime | None = None
    arrived_at: datetime | None = None
    status: str = ""

    @property
    def able(self) -> bool:
        """Whether they can be counted on at all: not who is badly hurt or waits for help."""
        return self.status not in UNABLE


def minutes(staff: Staff, when: When, manner: Manner) -> int | None:
    """After how many minutes somebody is there by the model; None: not expected."""
    if staff.away:
        return None
    kmh = manner.ride_kmh if when.trains else manner.walk_kmh
    if when.in_office(manner):
        return round(staff.onward_km / kmh * 60)
    if staff.km is None or (not when.trains and staff.km > manner.most_km):
        return None
    ready = manner.prepare_minutes
    ready += manner.night_minutes if when.at_night else 0
    ready += manner.leading_minutes if staff.leads else 0
    return max(0, ready) + round(staff.km / kmh * 60)


def expected(modelled: int | None, said: Said, started: datetime) -> datetime | None:
    """When somebody is (or was) there: the arrival, else the answer, else the model."""
    if said.arrived_at is not None:
        return said.arrived_at
    if said.comes == NO or not said.able:
        return None
    if said.arrives_at is not None:
        return said.arrives_at
    return None if modelled is None else started + timedelta(minutes=modelled)


def by_hour(after: Iterable[int | None], hours: Sequence[int] = HOURS) -> list[int]:
    """How many are there within so many hours, of times given in minutes."""
    there = [each for each in after if each is not None]
    return [sum(each <= hour * 60 for each in there) for hour in hours]


@dataclass(frozen=True, slots=True)
class Task:
    """Something that the plan (BCP) wants so many people for within so many hours. `skills`: words
    of which one must be held; none: anybody. `area`: the quarter where it is done, if not here.
    `places`: words for places of the disaster organisation, whose people and nobody else do it."""

    name: str
    hours: int
    people: int
    skills: tuple[str, ...] = ()
    area: str = ""
    places: tuple[str, ...] = ()

    def able(self, skills: Collection[str], bound: Collection[str] = ()) -> bool:
        """Whether somebody with these skills, who stands there, can do it. Who is at a place can be
        nowhere else."""
        if (bound or self.places) and not any(word in bound for word in self.places):
            return False
        return not self.skills or any(wanted in held for wanted in self.skills for held in skills)


@dataclass(frozen=True, slots=True)
class Filled:
    """How far a task can be staffed in time."""

    task: Task
    people: int

    @property
    def gap(self) -> int:
        """How many are missing."""
        return max(0, self.task.people - self.people)


def filled(tasks: Sequence[Task], people: Iterable[tuple[Staff, int | None]]) -> list[Filled]:
    """Staff the tasks with whoever is there in time, each person once.

    `people`: who, and after how many minutes. Tasks for which a skill is needed come first, the
    sooner before the later; of those who can do one, those go who can do fewest others.
    """
    crowd: Counter[tuple[frozenset[int], int]] = Counter()
    for each, after in people:
        if after is not None:
            able = frozenset(n for n, t in enumerate(tasks) if t.able(each.skills, each.bound))
            crowd[able, after] += 1
    found: dict[int, int] = {}
    order = sorted(range(len(tasks)), key=lambda n: (not tasks[n].skills, tasks[n].hours, n))
    for number in order:
        task, taken = tasks[number], 0
        fit = [g for g in crowd if number in g[0] and g[1] <= task.hours * 60]
        for group in sorted(fit, key=lambda g: (len(g[0]), g[1])):
            take = min(crowd[group], task.people - taken)
            crowd[group] -= take
            taken += take
        found[number] = taken
    return [Filled(task, found[number]) for number, task in enumerate(tasks)]


def tasks_of(rows: Iterable[Mapping[str, str]]) -> list[Task]:
    """The town's `bcp.csv`; a row without numbers is left out."""
    found = []
    for row in rows:
        hours, people = row.get("hours", "").strip(), row.get("people", "").strip()
        if row.get("task") and hours.isdigit() and people.isdigit():
            skills, area = listed(row.get("skills", "")), row.get("area", "").strip()
            places = listed(row.get("places", ""))
            found.append(Task(row["task"], int(hours), int(people), skills, area, places))
    return found


def listed(written: str) -> tuple[str, ...]:
    """「手話、英語」 → both words."""
    return tuple(word.strip() for word in written.replace(",", "、").split("、") if word.strip())
