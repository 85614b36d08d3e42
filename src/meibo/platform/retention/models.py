"""Proposals to remove what is no longer to be kept, and who approved them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Proposal(models.Model):
    """One person's record. It holds an opaque id, days and accounts; after it was carried out that
    is all there is."""

    PROPOSED, WITHDRAWN, CARRYING, CARRIED = "proposed", "withdrawn", "carrying", "carried"

    person = models.CharField(max_length=24, db_index=True)
    last_day = models.DateField()
    due = models.DateField()
    state = models.CharField(max_length=10, default=PROPOSED)
    proposed_at = models.DateTimeField()
    proposed_by = models.CharField(max_length=150)
    not_before = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=150, blank=True)
    #: While it is being carried out: files that are still to be removed.
    left_over = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar = ["due", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(state__in=["proposed", "carrying"]),
                name="one_open_proposal_each",
            )
        ]


class Approval(models.Model):
    """One account's yes. `holder` is the person whose account it is, empty for an operator's."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="approvals")
    account = models.CharField(max_length=150)
    holder = models.CharField(max_length=64, blank=True)
    given_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["proposal", "account"], name="one_yes_each")
        ]
