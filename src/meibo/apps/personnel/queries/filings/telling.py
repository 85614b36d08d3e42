"""What the first page, the page of tasks and reports are told of filings."""

from __future__ import annotations

from datetime import date

from meibo.apps.personnel.models import OpenFiling
from meibo.apps.personnel.queries.filings import confirming, desk
from meibo.domain.disclosure import Viewer
from meibo.ledger import joins
from meibo.platform.layout.reminders import Reminder


def remind(viewer: Viewer) -> Reminder | None:
    """One's contacts to confirm, a filing that came back, and filings that wait for oneself."""
    if viewer.person is None:
        return None
    rows = OpenFiling.objects.filter(person__in=joins.members(viewer.person))
    context = {
        "asked": confirming.asked(viewer.person, viewer.today),
        "returned": rows.filter(state=OpenFiling.RETURNED).count(),
        "waiting": desk.waiting_count(viewer),
    }
    return Reminder("personnel/filings/reminder.html", context) if any(context.values()) else None


def share(day: date) -> tuple[int, int]:
    """連絡先の確認率: how many of those in service confirmed theirs in time, of how many."""
    found = confirming.confirmed_share(day)
    return found.confirmed, found.total


def waiting_count(viewer: Viewer) -> int:
    """How many filings wait for just this viewer."""
    return desk.waiting_count(viewer)
