"""The tasks of the plan in an event: who has one, and who could be put to which."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from meibo.apps.safety.models import Called, Check, Staffing
from meibo.apps.safety.queries import muster
from meibo.domain.safety.forecast import Task
from meibo.domain.safety.staffing import Here, put
from meibo.ledger.reader.people import states_on


@dataclass(frozen=True, slots=True)
class Staffed:
    """A task and how many have been put to it."""

    task: Task
    people: int

    @property
    def gap(self) -> int:
        """How many are missing."""
        return max(0, self.task.people - self.people)


@dataclass(frozen=True, slots=True)
class Crew:
    """All tasks; who is here without one, in the order of arrival, with the task proposed."""

    tasks: list[Staffed]
    free: list[tuple[Called, Task | None]]


def crew(check: Check, on: date) -> Crew:
    """As it stands."""
    tasks = muster.tasks()
    put_to = Staffing.objects.filter(check_asked=check).values_list("task", flat=True)
    taken: Counter[str] = Counter(put_to)
    rows = Called.objects.filter(check_asked=check, staffing=None).exclude(arrived_at=None)
    free = list(rows.select_related("prospect").order_by("arrived_at", "pk"))
    skilled = muster.skilled(states_on(on, ids=[each.person for each in free]))
    here = [
        Here(each.pk, skilled[each.person].skills, _area(each))
        for each in free
        if each.person in skilled
    ]
    proposed = put(tasks, taken, here)
    return Crew(
        [Staffed(task, taken[task.name]) for task in tasks],
        [(each, proposed.get(each.pk)) for each in free],
    )


def _area(called: Called) -> str:
    return called.prospect.area if hasattr(called, "prospect") else ""
