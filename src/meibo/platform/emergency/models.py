"""Events and how long they last. Whether one is open follows from the time."""

from typing import ClassVar

from django.db import models


class Kind(models.TextChoices):
    """What an event is. Values are stored."""

    DISASTER = "disaster", "災害"
    DRILL = "drill", "訓練"


class EmergencyEvent(models.Model):
    """One event. It ends at `closes_at` of its last prolonging, or before, when it was closed."""

    kind = models.CharField(max_length=10, choices=Kind)
    title = models.CharField(max_length=80)
    purpose = models.CharField(max_length=200)
    opened_by = models.CharField(max_length=150)
    opened_at = models.DateTimeField()
    closes_at = models.DateTimeField(db_index=True)
    closed_by = models.CharField(max_length=150, blank=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-pk"]


class Prolonging(models.Model):
    """That an event was prolonged, and why."""

    event = models.ForeignKey(EmergencyEvent, on_delete=models.PROTECT, related_name="prolongings")
    closes_at = models.DateTimeField()
    reason = models.CharField(max_length=200)
    prolonged_by = models.CharField(max_length=150)
    prolonged_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]
