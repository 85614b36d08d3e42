"""How somebody gets in who can't be sent a mail: sheets of paper, and recovery at a desk."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from meibo.platform.accounts.models import Account


class Sheet(models.Model):
    """A printed sheet with a code that opens one account once. The code itself is nowhere kept.

    `last`: the last day on which it works. A newer sheet of the account ends the older ones.
    """

    class Kind(models.TextChoices):
        FIRST = "first", "はじめてのサインイン"
        RECOVERY = "recovery", "復旧"

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="sheets")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    secret = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=150)
    maker = models.CharField(max_length=24, blank=True)
    last = models.DateField()
    used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-id"]


class Recovery(models.Model):
    """Somebody forgot the password or lost the telephone: one starts, another one confirms."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="recoveries")
    reason = models.CharField(max_length=200)
    started_by = models.CharField(max_length=150)
    starter = models.CharField(max_length=24, blank=True)
    started_at = models.DateTimeField()
    confirmed_by = models.CharField(max_length=150, blank=True)
    confirmer = models.CharField(max_length=24, blank=True)
    confirmed_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)
    dropped_by = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(confirmed_at__isnull=True, dropped_at__isnull=True),
                name="recovery_waits_once",
            ),
        ]


class Miss(models.Model):
    """A code that opened nothing, by the address it came from; kept while it is counted."""

    address = models.CharField(max_length=45, db_index=True)
    moment = models.DateTimeField()
