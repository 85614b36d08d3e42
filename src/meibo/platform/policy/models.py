"""Drafts of 公開基準. What is approved goes to the ledger's own table, where nothing changes."""

from typing import ClassVar

from django.db import models


class State(models.TextChoices):
    """Where a draft stands. Values are stored."""

    OPEN = "open", "作成中"
    ASKED = "asked", "承認待ち"
    APPROVED = "approved", "承認済み"
    REFUSED = "refused", "差し戻し"
    DROPPED = "dropped", "取りやめ"


class Draft(models.Model):
    """A table in the making. `hands`: everybody who wrote in it, by account and by person: none of
    them approves it. `version`: what it became."""

    text = models.TextField()
    note = models.CharField(max_length=400, blank=True)
    starts = models.DateField(null=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    hands = models.JSONField(default=list)
    drafted_by = models.CharField(max_length=150)
    drafted_at = models.DateTimeField()
    reason = models.CharField(max_length=400, blank=True)
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(null=True, unique=True)

    class Meta:
        ordering: ClassVar = ["-pk"]

    @property
    def editable(self) -> bool:
        """Whether it may still be written in."""
        return self.state in {State.OPEN, State.REFUSED}
