"""What waits for whom on the first page. Each app registers its own when it is loaded, so that the
page shows what exists and knows no app."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.module_loading import import_string

from meibo.domain.disclosure import Viewer


@dataclass(frozen=True, slots=True)
class Reminder:
    """Something to do at once: a template and what it is drawn from."""

    template: str
    context: Mapping[str, Any]


Ask = Callable[[Viewer], Reminder | None]
#: Dotted names of functions that return what they have to remind a viewer of, or None; filled by
#: the `ready` of the apps, at which time nothing that has tables can be imported yet.
REMINDERS: list[str] = []


def reminders(viewer: Viewer) -> list[Reminder]:
    """What waits for a viewer, in the order in which the apps were loaded."""
    asks: list[Ask] = [import_string(name) for name in REMINDERS]
    return [found for ask in asks if (found := ask(viewer)) is not None]
