"""災対組織: dated assignments of the same people to a second organisation; and who does what once
they have arrived."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from meibo.apps.safety.models.checks import Called, Check


class DisasterPlan(models.Model):
    """Who stands where from a day on. It is a draft until somebody else has approved it; then it is
    never changed: the next one takes over on its day."""

    title = models.CharField(max_length=80)
    starts = models.DateField(db_index=True)
    drafted_by = models.CharField(max_length=150)
    drafted_at = models.DateTimeField()
    approved_by = models.CharField(max_length=150, blank=True)
    approved_at = models.DateTimeField(null=True)
    version = models.IntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["-starts", "-pk"]


class Assignment(models.Model):
    """Somebody's place in a plan. `place`: a code of the town's `disaster_units.csv`."""

    plan = models.ForeignKey(DisasterPlan, on_delete=models.CASCADE, related_name="assignments")
    person = models.CharField(max_length=24, db_index=True)
    place = models.CharField(max_length=24)
    role = models.CharField(max_length=8)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "person"], name="assigned_once_a_plan")
        ]


class Staffing(models.Model):
    """That somebody who has arrived was put to a task of the town's plan (BCP)."""

    check_asked = models.ForeignKey(Check, on_delete=models.CASCADE, related_name="staffings")
    called = models.OneToOneField(Called, on_delete=models.CASCADE)
    task = models.CharField(max_length=80)
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
