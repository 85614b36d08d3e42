"""What is taken out of the drawer: plain values, and what it may refuse."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from meibo.domain.book import OPEN, Line

EDIT, READ, DECIDE = "edit", "read", "decide"
"""What somebody named on a plan may do: change it, look at it, look and decide."""

DRAFT, SUBMITTED, APPROVED, NOTICED, ANNOUNCED = (
    *("draft", "submitted", "approved", "noticed"),
    "announced",
)
"""The states of a plan: 案, 決裁中, 決裁済み, 内示済み, 発令済み."""

CORRECTION = "correction"
"""The kind of a plan that mends what was announced (訂正)."""

UNKNOWN = "?"
"""Stands for the addressee of a line in which it could not be read who that is. Such a line is
nobody's: it folds with no career, and a plan that has one can't be announced."""

CHANGEABLE = frozenset({DRAFT})


class DrawerError(ValueError):
    """What was asked of a plan can't be done; the message says why and what to do."""


class NotNamedError(DrawerError):
    """There is no such plan for this account: it does not exist, or they are not named on it."""

    def __init__(self) -> None:
        super().__init__("この異動案はありません。")


@dataclass(frozen=True, slots=True)
class PlanCard:
    """異動案. `mine`: what the account that asked may do with it; `remaps`: how many of its lines
    are reorganisations."""

    id: int
    title: str
    kind: str
    state: str
    day: date | None
    note: str
    version: int
    created: datetime
    created_by: str
    changed: datetime | None
    changed_by: str
    notice_at: datetime | None
    announced_at: datetime | None
    mine: str
    lines: int
    remaps: int = 0

    @property
    def orders(self) -> int:
        """How many of its lines speak to somebody."""
        return self.lines - self.remaps

    def waits_for_notice(self, now: datetime) -> bool:
        """Whether the hour from which its people may read it is set and has not come."""
        return self.state == NOTICED and self.notice_at is not None and self.notice_at > now

    @property
    def changeable(self) -> bool:
        """Whether this account may change its lines now."""
        return self.mine == EDIT and self.state in CHANGEABLE


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A line of a plan. `line.no` is its place among the lines, beyond any real number, so that it
    folds after the book. `unread`: cell → what was typed there and could not be read."""

    id: int
    version: int
    line: Line
    newcomer: str | None
    source: str
    changed: datetime | None
    changed_by: str
    unread: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DraftFiling:
    """What a plan would file; the value is open here. `until` is exclusive."""

    id: int
    subject: str
    field: str
    value: str | None
    effective: date
    until: date = OPEN
    source: str = ""


@dataclass(frozen=True, slots=True)
class LineChange:
    """One change: a new line (`id` None), another content of one, or its removal (`line` None).
    `version` is that of the line that was looked at."""

    line: Line | None
    id: int | None = None
    version: int | None = None
    newcomer: str | None = None
    source: str = ""
    unread: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Clash:
    """A line that somebody else changed meanwhile: what it is now (None: removed), and what was to
    be saved."""

    id: int
    theirs: DraftLine | None
    mine: Line | None
    by: str


class StaleError(DrawerError):
    """Somebody else saved first. Nothing was saved; `clashes` shows both for each line."""

    def __init__(self, clashes: tuple[Clash, ...]) -> None:
        super().__init__("ほかの人が先に変えたため、保存していません。両方を見て、選んでください。")
        self.clashes = clashes
