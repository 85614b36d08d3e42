"""The log. Rows are appended, chained by their hashes; the database refuses to change them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class AuditRecord(models.Model):
    """One event. `no` counts from 1 without a gap; `detail` is JSON and holds no personal value.

    `actor` is a sign-in name or the name of a command, `person` the actor's id in the book.
    `chain` is the hash of this record and of the one before (see `chain`).
    """

    no = models.BigIntegerField(primary_key=True)
    moment = models.DateTimeField(db_index=True)
    act = models.CharField(max_length=20, db_index=True)
    actor = models.CharField(max_length=150, db_index=True)
    person = models.CharField(max_length=24, blank=True, db_index=True)
    address = models.CharField(max_length=45, blank=True)
    purpose = models.CharField(max_length=200, blank=True)
    detail = models.TextField(default="{}")
    chain = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["no"]


class AuditSubject(models.Model):
    """Somebody whom a record is about: whose values were looked at, changed, exported."""

    record = models.ForeignKey(AuditRecord, on_delete=models.PROTECT, related_name="subjects")
    person = models.CharField(max_length=24)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "record"], name="audit_by_subject")]
