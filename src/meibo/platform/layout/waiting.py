"""What waits for whoever is at the browser: shown on the first page, and nothing else is there.

Each app registers its own when it is loaded. What it returns is for this one person: a count and
where to go, no names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

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


#: What tells of it; filled by the `ready` of the apps.
WAITING: list[Callable[[Asker], Iterable[Matter]]] = []


def matters(asker: Asker) -> list[Matter]:
    """Everything that waits for somebody, in the order in which it was registered."""
    return [matter for tell in WAITING for matter in tell(asker)]
