"""Findings of intakes: those that wait to be settled, and how the others were."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class OpenFinding(models.Model):
    """A finding of an intake, until and after it is settled.

    `way` says how it was settled (`WAYS`; empty: it waits). `correction` is what the cell reads
    instead; with it and for a row left out, `digest` says of which file's content it was said.
    `intake` is the newest intake through the screens that found it, 0 for none. `pending`: found
    by looking only; nothing was loaded yet. `version` grows with every change by a person.
    """

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
    settled_by = models.CharField(max_length=150, default="", blank=True)
    way = models.CharField(max_length=12, default="", blank=True)
    note = models.CharField(max_length=300, default="", blank=True)
    correction = models.TextField(default="", blank=True)
    digest = models.CharField(max_length=64, default="", blank=True)
    intake = models.IntegerField(default=0)
    pending = models.BooleanField(default=False)
    version = models.IntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["package", "file", "record", "column", "staff_no", "code"],
                name="one_finding_once",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["intake", "way"])]
