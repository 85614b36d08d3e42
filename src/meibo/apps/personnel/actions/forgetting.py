"""What goes with a person whose record is no longer kept."""

from __future__ import annotations

from django.db.models import Q

from meibo.apps.personnel.models import OpenFinding, Receipt


def forget(person: str, staff_no: str | None) -> None:
    """Findings of intakes name people by their number and quote what their files said; receipts of
    notices name them by their id."""
    if staff_no:
        OpenFinding.objects.filter(staff_no=staff_no).delete()
    Receipt.objects.filter(Q(person=person) | Q(about=person)).delete()
