"""Filings that wait (届出): what a person sends in, until it is in the book."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class OpenFiling(models.Model):
    """One filing on its way. `values` and `reason` are sealed under the person's key, as the book
    seals them. `route`: who looks at it in turn, with blanks; `step`: whose turn it is. `seen`: the
    mark of the record that the person had before them. `version` goes up with every change."""

    DRAFT, SENT, RETURNED = "draft", "sent", "returned"
    ACCEPTED, WITHDRAWN, UNDONE = "accepted", "withdrawn", "undone"
    OPEN = (DRAFT, SENT, RETURNED)

    person = models.CharField(max_length=24, db_index=True)
    kind = models.CharField(max_length=20)
    state = models.CharField(max_length=10, default=DRAFT)
    values = models.TextField()
    effective = models.DateField(null=True)
    route = models.CharField(max_length=20, blank=True)
    step = models.CharField(max_length=10, blank=True)
    reason = models.TextField(blank=True)
    seen = models.BigIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    begun_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()
    checked_by = models.CharField(max_length=150, blank=True)
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["state", "sent_at"])]

    @property
    def source(self) -> str:
        """How the lines of the book name where they came from."""
        return f"filing:{self.pk}"


class Confirmation(models.Model):
    """A person said that what is on record of a kind is still right. One row a person and kind."""

    person = models.CharField(max_length=24)
    kind = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "kind"], name="one_confirmation_a_kind")
        ]


class IdentityCase(models.Model):
    """名寄せ: what one clerk proposes of ids, and what came of it. `deed`: join `other` to
    `person`, part `moved` from `person`, or take either back (`undoes`); or the two are distinct
    people. `number`: the ledger's entry."""

    JOIN, PART, UNDO, DISTINCT = "join", "part", "undo", "distinct"
    PROPOSED, DONE, REFUSED, WITHDRAWN = "proposed", "done", "refused", "withdrawn"

    deed = models.CharField(max_length=10)
    state = models.CharField(max_length=10, default=PROPOSED)
    person = models.CharField(max_length=24, db_index=True)
    other = models.CharField(max_length=24, blank=True, db_index=True)
    moved = models.JSONField(default=dict)
    why = models.TextField(blank=True)
    undoes = models.ForeignKey("self", models.PROTECT, null=True, related_name="undone_by")
    number = models.BigIntegerField(null=True)
    proposed_by = models.CharField(max_length=150)
    proposer = models.CharField(max_length=24, blank=True)
    proposed_at = models.DateTimeField()
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True)

    @property
    def source(self) -> str:
        """How the lines of the book name where they came from."""
        return f"identity:{self.pk}"
