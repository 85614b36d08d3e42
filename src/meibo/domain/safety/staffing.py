"""Who of those who have arrived should do what: a proposal, task by task."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from meibo.domain.safety.forecast import Task


@dataclass(frozen=True, slots=True)
class Here:
    """Somebody who is here and has nothing to do yet. `area`: the quarter they live in; `post`: the
    words for their place in the disaster organisation, none where they have none."""

    key: int
    skills: frozenset[str]
    area: str = ""
    post: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Put:
    """What somebody is proposed for, and why, in words."""

    task: Task
    why: tuple[str, ...]


def put(tasks: Sequence[Task], taken: Mapping[str, int], here: Iterable[Here]) -> dict[int, Put]:
    """Key → task. `taken`: how many a task has already.

    Whoever has a place in the disaster organisation keeps it: they are proposed for a task that
    names the place, and for no other. Tasks that ask for a skill come first, the sooner before the
    later; for each those who live where it is done, then those who can do fewest others, then who
    came first.
    """
    waiting = list(here)
    able = Counter({e.key: sum(t.able(e.skills, e.post) for t in tasks) for e in waiting})
    found: dict[int, Put] = {}
    for task in sorted(tasks, key=lambda task: (not task.skills, task.hours)):
        room = task.people - taken.get(task.name, 0)
        fit = [e for e in waiting if e.key not in found and task.able(e.skills, e.post)]
        fit.sort(key=lambda each: (not task.area or each.area != task.area, able[each.key]))
        for each in fit[: max(0, room)]:
            found[each.key] = Put(task, _why(task, each))
    return found


def _why(task: Task, here: Here) -> tuple[str, ...]:
    """What spoke for it. Where somebody lives is not told, only that it is near."""
    said = ["災対組織の持ち場"] if here.post else []
    fit = [held for held in sorted(here.skills) if any(word in held for word in task.skills)]
    said += [f"技能：{'・'.join(fit)}"] if fit else []
    said += ["仕事をする町に住んでいる"] if task.area and here.area == task.area else []
    return tuple(said) or ("だれでもできる仕事・着いた順",)
