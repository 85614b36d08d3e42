"""What people keep for their own work with the roster: conditions, and the people found by them.

A set holds opaque ids and nothing else of anybody; what they mean is read through cards each time,
by whoever may see them then.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class SavedCondition(models.Model):
    """条件 under a name. `shared`: a duty whose holders may use and copy it as well, `staff` for
    every colleague. `dropped`: taken away, to be brought back for a while."""

    owner = models.CharField(max_length=150, db_index=True)
    name = models.CharField(max_length=60)
    note = models.CharField(max_length=200, blank=True)
    body = models.TextField()
    shared = models.CharField(max_length=10, blank=True, db_index=True)
    changed = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    dropped = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["name", "pk"]


class FoundSet(models.Model):
    """選んだ人たち. `people`: ids in order. `body`: the condition by which they were found, empty
    where they were put together by hand; `added` and `removed` by hand stay so when it is asked
    again. `on`: the day it was asked of. `ends`: the last day it is kept."""

    owner = models.CharField(max_length=150, db_index=True)
    name = models.CharField(max_length=60)
    note = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    on = models.DateField()
    people = models.JSONField(default=list)
    added = models.JSONField(default=list)
    removed = models.JSONField(default=list)
    changed = models.DateTimeField()
    ends = models.DateField()
    version = models.PositiveIntegerField(default=1)
    dropped = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-changed", "-pk"]
