"""What was granted. Rows are only added: a grant is proposed, and steps are taken on it."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models

from meibo.platform.grants.rules import DUTIES


class Grant(models.Model):
    """A duty that hangs on a tenure: on a person's post in a unit or below it.

    `[starts, ends)`; 9999-12-31 is open. `proposer` is empty where a command granted it, which is
    the way of the first ones.
    """

    person = models.CharField(max_length=24, db_index=True)
    duty = models.CharField(max_length=10, choices=list(DUTIES.items()))
    unit = models.CharField(max_length=24)
    starts = models.DateField()
    ends = models.DateField(default=date.max)
    purpose = models.CharField(max_length=200)
    proposed_by = models.CharField(max_length=150)
    proposer = models.CharField(max_length=24, blank=True)
    proposed_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-id"]


class Step(models.Model):
    """What became of a grant. It is decided once and ended once, however many try at a time."""

    class Stage(models.TextChoices):
        DECIDED = "decided"
        ENDED = "ended"

    class Deed(models.TextChoices):
        APPROVE = "approve", "承認"
        REFUSE = "refuse", "却下"
        WITHDRAW = "withdraw", "取下げ"
        REVOKE = "revoke", "解除"

    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, related_name="steps")
    stage = models.CharField(max_length=8, choices=Stage.choices)
    deed = models.CharField(max_length=8, choices=Deed.choices)
    taken_by = models.CharField(max_length=150)
    taker = models.CharField(max_length=24, blank=True)
    taken_at = models.DateTimeField()
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["grant", "stage"], name="grant_step_once"),
        ]
