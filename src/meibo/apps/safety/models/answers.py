"""Answers: each stays as it was given."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from meibo.apps.safety.models.checks import Called


class Answer(models.Model):
    """One answer, never changed. `by`: "" for the person, else the account that answered for them.
    `sealed`: family, way, place and words, under the person's key."""

    called = models.ForeignKey(Called, on_delete=models.CASCADE, related_name="answers")
    at = models.DateTimeField()
    by = models.CharField(max_length=150, blank=True)
    status = models.CharField(max_length=8)
    comes = models.CharField(max_length=8, blank=True)
    arrives_at = models.DateTimeField(null=True)
    sealed = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
