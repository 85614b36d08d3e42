"""Feed definitions in the making."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class FeedDraft(models.Model):
    """A feed definition that somebody is writing. `key` is under which it is saved; `files` are
    the names of the sample that it is tried on. `version` grows with every change of its text."""

    key = models.CharField(max_length=80)
    text = models.TextField()
    files = models.JSONField(default=list)
    version = models.IntegerField(default=0)
    touched = models.DateTimeField()
    touched_by = models.CharField(max_length=150)

    class Meta:
        ordering: ClassVar = ["-touched"]
