"""The disclosure table through time: approved versions, and those withdrawn before their day.

Rows are appended; the database refuses to change or delete them.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class TableVersion(models.Model):
    """One approved version of 公開基準: `text` is the CSV, `number` counts from 1 without a gap."""

    number = models.PositiveIntegerField(primary_key=True)
    text = models.TextField()
    starts = models.DateField()
    note = models.CharField(max_length=400)
    drafted_by = models.CharField(max_length=150)
    drafted_at = models.DateTimeField()
    approved_by = models.CharField(max_length=150)
    approved_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["number"]


class TableWithdrawal(models.Model):
    """A version that was taken back before it took effect."""

    version = models.OneToOneField(
        TableVersion, on_delete=models.PROTECT, primary_key=True, related_name="withdrawal"
    )
    reason = models.CharField(max_length=400)
    withdrawn_by = models.CharField(max_length=150)
    withdrawn_at = models.DateTimeField()
