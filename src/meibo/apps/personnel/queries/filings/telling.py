"""What the first page, the page of tasks and reports are told of filings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from meibo.apps.personnel.models import OpenFiling
from meibo.apps.personnel.queries.filings import confirming, desk
from meibo.domain.disclosure import Viewer
from meibo.ledger import joins
from meibo.platform.layout.waiting import Asker, Matter, Panel


def waiting(asker: Asker) -> Iterator[Matter | Panel]:
    """A filing that came back, filings that wait for the asker, and contacts to confirm."""
    viewer = asker.viewer
    if viewer.person is None:
        return
    rows = OpenFiling.objects.filter(person__in=joins.members(viewer.person))
    if returned := rows.filter(state=OpenFiling.RETURNED).count():
        words = f"差し戻された届が{returned}件あります。わけを見て直す"
        yield Matter(words, reverse("filings:mine"))
    if count := desk.waiting_count(viewer):
        yield Matter(f"受付を待っている届が{count}件あります", reverse("personnel:filings"))
    if asked := confirming.asked(viewer):
        yield Panel("personnel/filings/home.html", {"asked": asked})


def share(day: date) -> tuple[int, int]:
    """連絡先の確認率: how many of those in service confirmed theirs in time, of how many."""
    found = confirming.confirmed_share(day)
    return found.confirmed, found.total


def waiting_count(viewer: Viewer) -> int:
    """How many filings wait for just this viewer."""
    return desk.waiting_count(viewer)
