"""Proposals, with what was and what shall be, sealed under the person's key."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Proposal(models.Model):
    """One value of one person that somebody would have otherwise. `toward`: who decides. `origin`:
    where it was noticed. `made`: the name of the filing that accepting it wrote, or of the delivery
    by which payroll took it, for taking it back."""

    OPEN, ACCEPTED, REFUSED = "open", "accepted", "refused"
    PAYROLL, PERSONNEL = "payroll", "personnel"

    person = models.CharField(max_length=24, db_index=True)
    field = models.CharField(max_length=60)
    toward = models.CharField(max_length=10)
    origin = models.CharField(max_length=12)
    feed = models.CharField(max_length=120, blank=True)
    current = models.TextField(blank=True)  # sealed
    proposed = models.TextField(blank=True)  # sealed
    effective = models.DateField()
    why = models.TextField(blank=True)  # sealed
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=150)
    state = models.CharField(max_length=10, default=OPEN)
    reason = models.CharField(max_length=300, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=150, blank=True)
    made = models.CharField(max_length=60, blank=True)
    version = models.IntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [models.Index(fields=["toward", "state"])]
