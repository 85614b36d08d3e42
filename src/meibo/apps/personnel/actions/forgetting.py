"""What goes with a person whose record is no longer kept."""

from __future__ import annotations

from django.db.models import Q

from meibo.apps.personnel.models import (
    ConductRecord,
    Confirmation,
    DueMark,
    IdentityCase,
    OpenFiling,
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
    OpenFiling.objects.filter(person=person).delete()
    Confirmation.objects.filter(person=person).delete()
    cases = IdentityCase.objects.filter(Q(person=person) | Q(other=person))
    IdentityCase.objects.filter(undoes__in=cases).delete()
    cases.delete()
    Receipt.objects.filter(Q(person=person) | Q(about=person)).delete()
    if staff_no:
        OpenFinding.objects.filter(staff_no=staff_no).delete()
