"""What waits for whoever is at the browser: shown on the first page, and nothing else is there.

Each app registers its own when it is loaded. What it returns is for this one person: a count and
where to go, no names; or what can be answered on the first page itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.utils.module_loading import import_string

from meibo.domain.disclosure import Viewer


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks what waits for them: the account, the viewer that it is today, and the moment."""

    account: str
    viewer: Viewer
    now: datetime


@dataclass(frozen=True, slots=True)
class Matter:
    """Something that waits, in a few words, and where it is done."""

    text: str
    address: str


@dataclass(frozen=True, slots=True)
class Panel:
    """Something that is answered at once: a template and what it is drawn from."""

    template: str
    context: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Waiting:
    """Everything that waits for somebody, in the order in which it was registered."""

    matters: tuple[Matter, ...] = ()
    panels: tuple[Panel, ...] = ()


Telling = Callable[[Asker], Iterable[Matter | Panel]]
#: The dotted names of what tells of it; filled by the `ready` of the apps, which may not load what
#: reads their tables before all apps are there.
WAITING: list[str] = []


def waiting(asker: Asker) -> Waiting:
    """What waits for somebody."""
    telling = [cast("Telling", import_string(name)) for name in WAITING]
    found = [each for tell in telling for each in tell(asker)]
    return Waiting(
        tuple(each for each in found if isinstance(each, Matter)),
        tuple(each for each in found if isinstance(each, Panel)),
    )
