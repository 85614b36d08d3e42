"""What was asked for, and what came of it. How far it has got is not here: see `progress`."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Job(models.Model):
    """One piece of work. `arguments` is JSON without values of people; `words` is what the one who
    asked is told; `address` is where they go from there."""

    WAITING, RUNNING, DONE, FAILED = "waiting", "running", "done", "failed"

    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    arguments = models.JSONField(default=dict)
    asked_by = models.CharField(max_length=150)
    person = models.CharField(max_length=24, blank=True)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=8, default=WAITING)
    tries = models.IntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    words = models.TextField(blank=True)
    address = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [models.Index(fields=["state", "id"])]
