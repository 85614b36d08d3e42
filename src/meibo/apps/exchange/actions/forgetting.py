"""What goes with a person whose record is no longer kept."""

from __future__ import annotations

from meibo.apps.exchange.models import Accepted, DeliveryRow, Difference, Remark


def forget(person: str, staff_no: str | None) -> None:
    """Rows about somebody: their values could not be read any more, and their number must go."""
    for model in (DeliveryRow, Accepted, Remark, Difference):
        model.objects.filter(person=person).delete()
    if staff_no:
        for model in (Remark, Difference):
            model.objects.filter(staff_no=staff_no).delete()
