"""What goes with a person whose record is no longer kept."""

from __future__ import annotations

from meibo.apps.personnel.models import ConductRecord, DueMark, OpenFinding, RenewalItem


def forget(person: str, staff_no: str | None) -> None:
    """What hangs on the id; and findings of intakes, which name people by their number and quote
    what their files said."""
    ConductRecord.objects.filter(person=person).delete()
    RenewalItem.objects.filter(person=person).delete()
    DueMark.objects.filter(person=person).delete()
    if staff_no:
        OpenFinding.objects.filter(staff_no=staff_no).delete()
