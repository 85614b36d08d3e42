"""What people and units are found by: drawn from the books like everything else here.

Rows are written by `meibo.ledger.search` alone; the databases keep an index over them
(FTS5 on SQLite, a column of terms with GIN on PostgreSQL) that is no model.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class SearchEra(models.Model):
    """A span of days with entries of its own, up to the next one's start; the last is open.

    Without a row there is one era, number 1. Number 0 is that of units, for all days.
    """

    number = models.PositiveSmallIntegerField(primary_key=True)
    starts = models.DateField(unique=True)


class SearchEntry(models.Model):
    """All keys of one subject that hold some day of one era (domain.finding.packing).

    `place` orders entries as they are displayed, era by era; `sort` says why (五十音順), as
    UTF-8, so that both databases compare it alike.
    """

    place = models.BigIntegerField(primary_key=True)
    era = models.PositiveSmallIntegerField()
    subject = models.CharField(max_length=64)
    sort = models.BinaryField()
    packed = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subject", "era"], name="one_entry_an_era")
        ]
        indexes: ClassVar = [models.Index(fields=["era", "sort", "subject"], name="search_order")]
