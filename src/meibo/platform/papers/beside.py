"""Forms that another part of the house has set as a job: it registers what gives the sheet, and
whoever keeps made files for fetching does the job. Neither knows the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol, cast

from django.utils.module_loading import import_string

from meibo.platform.papers.setting import Sheet

if TYPE_CHECKING:  # apps register here before their tables may be loaded
    from meibo.domain.disclosure import Viewer
    from meibo.platform.audit.actions import Actor

#: The kind of job that sets such a sheet. Its arguments: `source`, and what the source asks for.
KIND = "papers.sheet"
#: More people than this are not waited for in the browser.
AT_ONCE = 400


@dataclass(frozen=True, slots=True)
class Ready:
    """A sheet that can be set, how many people are on it, what is to be known before it is
    handed on, and what its source's gate is asked about."""

    sheet: Sheet
    count: int
    remarks: tuple[str, ...] = ()
    subject: str = ""


class Gate(Protocol):
    """Whether an account may (still) have what was made of `subject`, which its source told."""

    def __call__(self, subject: str, *, viewer: Viewer, account: str) -> bool: ...


class Source(Protocol):
    """Gives the sheet to who may have it, and has written down that it does. Raises JobError."""

    def __call__(
        self,
        arguments: Mapping[str, Any],
        *,
        actor: Actor,
        now: datetime,
        progress: Callable[[str, int, int], None],
    ) -> Ready: ...


#: Source → its dotted name.
SOURCES: dict[str, str] = {}
#: Source → the dotted name of its gate, asked again whenever a made file is fetched.
GATES: dict[str, str] = {}


def source(name: str) -> Source:
    """Who gives a sheet. Raises KeyError for one there is not."""
    return cast("Source", import_string(SOURCES[name]))


def gate(name: str) -> Gate:
    """Who says whether a file of this source may still be fetched. KeyError where nobody does."""
    return cast("Gate", import_string(GATES[name]))
