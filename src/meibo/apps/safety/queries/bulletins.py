"""How far instructions have come."""

from __future__ import annotations

from django.db.models import Count

from meibo.apps.safety.models import Check, Message, Posted


def handed_over(check: Check) -> dict[int, int]:
    """Number of the instruction → to how many people a message with it was handed over."""
    rows = Message.objects.filter(
        called__check_asked=check,
        bulletin__isnull=False,
        state__in=(Posted.SENT, Posted.DELIVERED),
    )
    counted = rows.values_list("bulletin").annotate(Count("called", distinct=True))
    return {number: count for number, count in counted if number is not None}
