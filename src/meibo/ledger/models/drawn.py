"""The drawn tables: the books, folded and kept ready. Always derivable, never edited.

All periods are half-open `[starts, ends)`; 9999-12-31 is open.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class House(models.Model):
    """One row: a mark of the last change, by which caches know that they are stale."""

    version = models.BigIntegerField(default=0)


class Stretch(models.Model):
    """One person in a period in which nothing changes. `state` is JSON (domain.book.Stretch)."""

    person = models.CharField(max_length=24)
    starts = models.DateField()
    ends = models.DateField()
    unit = models.CharField(max_length=24, null=True)
    post = models.CharField(max_length=24, null=True)
    kana = models.CharField(max_length=120, blank=True)  # 五十音順 key
    state = models.TextField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["person", "starts"]),
            models.Index(fields=["ends", "starts"]),
        ]


class Seat(models.Model):
    """Who holds which post of which unit, main and further ones alike."""

    person = models.CharField(max_length=24, db_index=True)
    unit = models.CharField(max_length=24)
    post = models.CharField(max_length=24, null=True)
    kind = models.CharField(max_length=12)
    starts = models.DateField()
    ends = models.DateField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["unit", "ends", "starts"])]


class Shield(models.Model):
    """非公開の申出 of one person over a period, whether in service or not; few have one."""

    person = models.CharField(max_length=24, db_index=True)
    level = models.CharField(max_length=60)
    starts = models.DateField()
    ends = models.DateField()


class UnitStretch(models.Model):
    """A unit in a period in which nothing changes; duties and allotments are in its state."""

    code = models.CharField(max_length=24)
    starts = models.DateField()
    ends = models.DateField()
    parent = models.CharField(max_length=24, null=True)
    state = models.TextField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["code", "starts"])]
