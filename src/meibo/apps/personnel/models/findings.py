"""Findings of intakes that wait to be settled."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class OpenFinding(models.Model):
    """A finding of an intake that waits to be settled."""

    package = models.CharField(max_length=120)
    file = models.CharField(max_length=200)
    record = models.IntegerField(default=0)
    column = models.CharField(max_length=120, blank=True)
    staff_no = models.CharField(max_length=40, blank=True)
    value = models.TextField(blank=True)
    severity = models.CharField(max_length=12)
    code = models.CharField(max_length=60)
    message = models.TextField()
    action = models.TextField()
    found = models.DateTimeField()
    settled = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["package", "file", "record", "column", "staff_no", "code"],
                name="one_finding_once",
            )
        ]
