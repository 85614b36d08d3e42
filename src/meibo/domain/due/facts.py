"""What is reckoned from, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Licence:
    """資格・免許 with a last day."""

    title: str
    expires: date


@dataclass(frozen=True, slots=True)
class Facts:
    """One person as of a day. `employment` is the name of the 任用形態; `grade` None where there is
    none; `leads` whether the main post is one of management (管理監督職)."""

    person: str
    hired: date | None
    employment: str
    born: date | None = None
    leads: bool = False
    term_end: date | None = None
    leave_end: date | None = None
    dispatch_end: date | None = None
    licences: tuple[Licence, ...] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """Something that falls due: on `day`, to be begun with on `begin`. `about` tells apart several
    of one kind (the title of a licence)."""

    rule: str
    person: str
    day: date
    begin: date
    about: str = ""

    @property
    def key(self) -> str:
        """Names this one thing, so that it can be marked as settled."""
        return f"{self.rule}:{self.person}:{self.day.isoformat()}:{self.about}"
