"""What goes with a person whose record is no longer kept."""

from __future__ import annotations

from meibo.apps.personnel.models import OpenFinding


def forget(_person: str, staff_no: str | None) -> None:
    """Findings of intakes name people by their number and quote what their files said."""
    if staff_no:
        OpenFinding.objects.filter(staff_no=staff_no).delete()
