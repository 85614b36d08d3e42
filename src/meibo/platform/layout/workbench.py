"""What there is to do for those who keep the roster: one page of tasks, in groups. Each app
registers its own when it is loaded, so that the page shows what exists and knows no app."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from django.utils.module_loading import import_string

from meibo.domain.disclosure import Viewer


def _personnel(viewer: Viewer) -> bool:
    return viewer.holds("hr")


@dataclass(frozen=True, slots=True)
class Task:
    """One kind of work. `text` says in a sentence what it is for; `waiting` is the dotted
    name of a function that counts what waits for a viewer: an app may not load what reads its
    tables before all apps are there. `ready` names one that says whether that is known already,
    where it takes its time: a page shows itself first, and counts then."""

    label: str
    url_name: str
    icon: str
    group: str
    order: int
    text: str
    shown: Callable[[Viewer], bool] = _personnel
    waiting: str = ""
    ready: str = ""

    @property
    def name(self) -> str:
        """Its address's name without the app's."""
        return self.url_name.partition(":")[2]

    @property
    def slow(self) -> bool:
        """Whether counting would have to reckon over the whole house first."""
        return bool(self.ready) and not import_string(self.ready)()

    def count(self, viewer: Viewer) -> int | None:
        """How many things of this kind wait."""
        return cast("int | None", import_string(self.waiting)(viewer)) if self.waiting else None


#: Headings of the groups, in their order.
GROUPS = ("異動と発令", "取込と連携", "職員の記録", "帳票と一覧", "年間の仕事")
#: The tasks of this process; filled by the `ready` of the apps.
WORKBENCH: list[Task] = []


def has_tasks(viewer: Viewer) -> bool:
    """Whether there is any task for a viewer; counts nothing."""
    return any(task.shown(viewer) for task in WORKBENCH)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A task with what waits; `later`: that has not been counted yet."""

    task: Task
    count: int | None = None
    later: bool = False


def tasks(viewer: Viewer, *, whole: bool = True) -> list[tuple[str, list[Waiting]]]:
    """The tasks that a viewer has, by group, each with what waits. Not `whole`: without counting
    what takes its time."""
    own = sorted((t for t in WORKBENCH if t.shown(viewer)), key=lambda t: t.order)
    grouped = [
        (name, [_waiting(t, viewer, whole=whole) for t in own if t.group == name])
        for name in GROUPS
    ]
    return [(name, found) for name, found in grouped if found]


def _waiting(task: Task, viewer: Viewer, *, whole: bool) -> Waiting:
    later = not whole and task.slow
    return Waiting(task, None if later else task.count(viewer), later)
