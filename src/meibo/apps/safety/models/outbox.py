"""The outbox: every message to every address, from the moment it is wanted to what became of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from meibo.apps.safety.models.checks import Called


class Message(models.Model):
    """One message by one route. `address`: sealed under the person's key; `step`: in which round it
    is sent; `due_at`: not before. `reference`: by which a report of delivery names it."""

    QUEUED, SENDING, SENT, DELIVERED = "queued", "sending", "sent", "delivered"
    BOUNCED, REFUSED, FAILED, DROPPED = "bounced", "refused", "failed", "dropped"

    called = models.ForeignKey(Called, on_delete=models.CASCADE, related_name="messages")
    route = models.CharField(max_length=12)
    address = models.TextField()
    step = models.SmallIntegerField(default=0)
    state = models.CharField(max_length=10, default=QUEUED)
    tries = models.SmallIntegerField(default=0)
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    provider = models.CharField(max_length=40, blank=True)
    reference = models.CharField(max_length=80, blank=True, db_index=True)
    trouble = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["route", "state", "due_at"])]
