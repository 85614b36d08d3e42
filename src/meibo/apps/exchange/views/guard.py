"""Who may enter: personnel and payroll, who have said what for."""

from __future__ import annotations

from meibo.domain.disclosure import Viewer
from meibo.platform.layout.guard import holding

DUTIES = ("hr", "payroll")
of_exchange = holding(*DUTIES)


def exchanges(viewer: Viewer) -> bool:
    """Whether this is the viewer's work."""
    return any(map(viewer.holds, DUTIES))
