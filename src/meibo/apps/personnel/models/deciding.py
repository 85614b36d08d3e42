"""決裁 and 内示: who decides on a plan and how, who decides for whom, who has opened their notice.

Plans are known here by their number alone. What of a plan's lines is kept, for showing later what
has changed since, names people by their ids and goes when the plan is announced or no more.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Submission(models.Model):
    """A plan as it was laid before those who decide. `version`: of the plan, as they decide on it;
    `snapshot`: its lines then, as JSON."""

    OPEN, APPROVED, REFUSED, WITHDRAWN = "open", "approved", "refused", "withdrawn"

    plan = models.BigIntegerField(db_index=True)
    version = models.IntegerField()
    words = models.TextField(blank=True)
    asked_by = models.CharField(max_length=150)
    asker = models.CharField(max_length=64, blank=True)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, default=OPEN)
    ended_at = models.DateTimeField(null=True)
    snapshot = models.TextField(default="[]")

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["plan"], condition=models.Q(state="open"), name="one_open_submission"
            )
        ]


class Turn(models.Model):
    """One who decides, in their place. `post`: why it is they; `taken_by` is another account than
    `account` where a deputy decided (代決)."""

    APPROVE, REFUSE = "approve", "refuse"

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="turns")
    place = models.IntegerField()
    account = models.CharField(max_length=150)
    person = models.CharField(max_length=64, blank=True)
    post = models.CharField(max_length=120, blank=True)
    deed = models.CharField(max_length=8, blank=True)
    taken_by = models.CharField(max_length=150, blank=True)
    taker = models.CharField(max_length=64, blank=True)
    taken_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["place"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["submission", "place"], name="one_turn_a_place")
        ]

    @property
    def by_deputy(self) -> bool:
        """Whether a deputy decided."""
        return bool(self.taken_by) and self.taken_by != self.account


class Deputy(models.Model):
    """代決: who decides for an account, from a day through another one."""

    account = models.CharField(max_length=150, db_index=True)
    deputy = models.CharField(max_length=150, db_index=True)
    deputy_person = models.CharField(max_length=64, blank=True)
    starts = models.DateField()
    last = models.DateField()
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)


class Receipt(models.Model):
    """Somebody has opened what a notice says of somebody, of themselves or as their head."""

    plan = models.BigIntegerField()
    notice_at = models.DateTimeField()
    person = models.CharField(max_length=64)
    about = models.CharField(max_length=64, db_index=True)
    opened_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["plan", "notice_at", "person", "about"], name="one_receipt_each"
            )
        ]
