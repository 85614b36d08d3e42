"""Intakes through the screens."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Intake(models.Model):
    """One delivery on its way into the books.

    `definition` is the key of the feed definition it is read with. `books` is the edition of the
    books that the preview was made against, `settled` a mark of what had been settled by then:
    where either is another one, the preview no longer holds. `digests`: file → SHA-256 of its
    content. `recognised` and `report` hold counts and words, no value of a person. `version` grows
    with every act, so that two people at once are told of each other.
    """

    OPEN, CHECKED, LOADED, DISCARDED = "open", "checked", "loaded", "discarded"

    title = models.CharField(max_length=200)
    source = models.CharField(max_length=12)  # upload, drop, sample
    definition = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=10, default=OPEN)
    version = models.IntegerField(default=0)
    job = models.IntegerField(default=0)
    digests = models.JSONField(default=dict)
    recognised = models.JSONField(default=dict)
    begun = models.DateTimeField()
    begun_by = models.CharField(max_length=150)
    touched = models.DateTimeField()
    touched_by = models.CharField(max_length=150)
    checked = models.DateTimeField(null=True)
    books = models.CharField(max_length=80, blank=True)
    settled = models.CharField(max_length=64, blank=True)
    report = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["-pk"]
