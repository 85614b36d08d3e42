"""The book of identities (名寄せ). Rows are appended; the database refuses to change them."""

from __future__ import annotations

from django.db import models


class Joining(models.Model):
    """`joined` is the same person as `kept`; or, with `voids`, the row of that number is taken
    back. Two clerks stand behind each: who proposed it and who approved it."""

    no = models.BigAutoField(primary_key=True)
    kept = models.CharField(max_length=24)
    joined = models.CharField(max_length=24)
    voids = models.BigIntegerField(null=True)
    recorded = models.DateTimeField()
    proposed_by = models.CharField(max_length=150)
    approved_by = models.CharField(max_length=150)
