"""The kinds of work there are. An app registers its own when it is loaded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol, cast

from django.utils.module_loading import import_string

if TYPE_CHECKING:  # apps register here before their tables may be loaded
    from meibo.platform.audit.actions import Actor

Progress = Callable[[str, int, int], None]


class JobError(Exception):
    """The work can't be done; the message tells the one who asked why, and what to do."""


@dataclass(frozen=True, slots=True)
class Done:
    """What came of it, in words, and where to go from there (an address of the house)."""

    words: str
    address: str = ""


class Runner(Protocol):
    """Does the work. It may be killed anywhere and called again: all or nothing, twice is once."""

    def __call__(
        self, arguments: Mapping[str, Any], *, actor: Actor, now: datetime, progress: Progress
    ) -> Done: ...


#: Kind → who does it: a function, or its dotted name, since an app may not load what reads its
#: tables before all apps are there.
KINDS: dict[str, Runner | str] = {}


def runner(kind: str) -> Runner:
    """Who does work of a kind. Raises KeyError for one there is not."""
    found = KINDS[kind]
    return cast("Runner", import_string(found)) if isinstance(found, str) else found
