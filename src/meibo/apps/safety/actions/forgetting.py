"""What goes with a person whose record is no longer kept."""

from __future__ import annotations

from meibo.apps.safety.models import Assignment, Called, Device, Notice, OfflineKey, Probe, Trial


def forget(person: str, _staff_no: str | None) -> None:
    """Answers, pictures and addresses could not be read any more."""
    Probe.objects.filter(person=person).delete()
    Notice.objects.filter(person=person).delete()
    Trial.objects.filter(person=person).delete()
    Called.objects.filter(person=person).delete()
    Assignment.objects.filter(person=person).delete()
    Device.objects.filter(person=person).delete()
    OfflineKey.objects.filter(person=person).delete()
