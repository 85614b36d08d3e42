"""The tasks of the plan in an event: who has one, and who could be put to which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from meibo.apps.safety.models import Called, Check, Staffing
from meibo.apps.safety.queries import muster
from meibo.apps.safety.queries.organising import Posted, posted
from meibo.domain.safety.forecast import Task
from meibo.domain.safety.staffing import Here, Put, put
from meibo.domain.safety.words import SAFE
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
    """All tasks; who is here without one, in the order of arrival, with what is proposed; who is
    here and has a place in the disaster organisation that no task names. `posts`: person → it."""

    tasks: list[Staffed]
    free: list[tuple[Called, Put | None]]
    kept: list[Called]
    posts: dict[str, Posted]


def crew(check: Check, on: date) -> Crew:
    """As it stands."""
    posts = posted(on)
    tasks = muster.tasks({person: each.place for person, each in posts.items()})
    put_to = Staffing.objects.filter(check_asked=check).values_list("task", flat=True)
    taken: Counter[str] = Counter(put_to)
    rows = Called.objects.filter(check_asked=check, staffing=None).exclude(arrived_at=None)
    free = list(rows.select_related("prospect").order_by("arrived_at", "pk"))
    skilled = muster.skilled(states_on(on, ids=[each.person for each in free]))
    here = [
        Here(each.pk, skilled[each.person].skills, _area(each), _post(each, posts))
        for each in free
        if each.person in skilled and each.status in {"", SAFE}  # who is hurt is not sent to work
    ]
    proposed = put(tasks, taken, here)
    kept = [each for each in free if each.person in posts and each.pk not in proposed]
    return Crew(
        [Staffed(task, taken[task.name]) for task in tasks],
        [(each, proposed.get(each.pk)) for each in free if each not in kept],
        kept,
        posts,
    )


def _post(called: Called, posts: Mapping[str, Posted]) -> frozenset[str]:
    return posts[called.person].place.words if called.person in posts else frozenset()


def _area(called: Called) -> str:
    return called.prospect.area if hasattr(called, "prospect") else ""
