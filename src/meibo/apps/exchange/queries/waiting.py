"""What waits, for the page of tasks."""

from __future__ import annotations

from meibo.apps.exchange.models import Run
from meibo.domain.disclosure import Viewer
from meibo.platform.proposals.queries import waiting


def open_differences(_viewer: Viewer) -> int | None:
    """Differences of the newest reconciliation that nobody has explained."""
    run = Run.objects.order_by("-pk").first()
    return run.differences.filter(explained_at=None).count() if run else None


def open_proposals(_viewer: Viewer) -> int | None:
    """Proposals not yet decided."""
    return waiting("payroll") + waiting("personnel")
