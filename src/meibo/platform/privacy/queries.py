"""Requests by how near their last day is, and who looked at somebody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from meibo.platform.audit.acts import LABELS, Act
from meibo.platform.audit.models import AuditRecord
from meibo.platform.audit.router import DATABASE
from meibo.platform.privacy.models import Request

SOON = 7
_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Pending:
    """A request to be decided on; `left` is negative when the last day has passed."""

    request: Request
    left: int

    @property
    def is_late(self) -> bool:
        return self.left < 0

    @property
    def is_near(self) -> bool:
        return 0 <= self.left <= SOON


def pending(on: date) -> list[Pending]:
    """Those not decided, the most urgent first."""
    rows = Request.objects.filter(result="")
    return [Pending(row, (row.due - on).days) for row in rows]


def decided() -> list[Request]:
    """Those decided, the latest first."""
    return list(Request.objects.exclude(result="").order_by("-decided", "-pk")[:_SHOWN])


def looks(person: str) -> Iterator[dict[str, str]]:
    """What the audit log tells of a person: when, what, by whom, what for."""
    rows = AuditRecord.objects.using(DATABASE).filter(subjects__person=person).order_by("no")
    for row in rows.iterator():
        yield {
            "moment": row.moment.isoformat(),
            "act": LABELS[Act(row.act)],
            "actor": row.actor,
            "purpose": row.purpose,
        }
