"""Who of those who have arrived should do what: a proposal, task by task."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from meibo.domain.safety.forecast import Task


@dataclass(frozen=True, slots=True)
class Here:
    """Somebody who is here and has nothing to do yet. `area`: the quarter they live in."""

    key: int
    skills: frozenset[str]
    area: str = ""


def put(tasks: Sequence[Task], taken: Mapping[str, int], here: Iterable[Here]) -> dict[int, Task]:
    """Key → task. `taken`: how many a task has already.

    Tasks that ask for a skill come first, the sooner before the later; for each those who live
    where it is done, then those who can do fewest others, then who came first.
    """
    waiting = list(here)
    able = Counter({each.key: sum(task.able(each.skills) for task in tasks) for each in waiting})
    found: dict[int, Task] = {}
    for task in sorted(tasks, key=lambda task: (not task.skills, task.hours)):
        room = task.people - taken.get(task.name, 0)
        fit = [each for each in waiting if each.key not in found and task.able(each.skills)]
        fit.sort(key=lambda each: (not task.area or each.area != task.area, able[each.key]))
        for each in fit[: max(0, room)]:
            found[each.key] = task
    return found
