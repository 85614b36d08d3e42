"""What goes with a person whose record is no longer kept."""

from __future__ import annotations

from django.db.models import Q

from meibo.apps.personnel.models import (
    ConductRecord,
    DueMark,
    OpenFinding,
    Receipt,
    RenewalItem,
)


def forget(person: str, staff_no: str | None) -> None:
    """What hangs on the id; and findings of intakes, which name people by their number and quote
    what their files said."""
    ConductRecord.objects.filter(person=person).delete()
    RenewalItem.objects.filter(person=person).delete()
    DueMark.objects.filter(person=person).delete()
    Receipt.objects.filter(Q(person=person) | Q(about=person)).delete()
    if staff_no:
        OpenFinding.objects.filter(staff_no=staff_no).delete()
