"""The outbox: every message to every address, from the moment it is wanted to what became of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from meibo.apps.safety.models.board import Bulletin
from meibo.apps.safety.models.checks import Called, Check


class Posted(models.Model):
    """Something that goes to an address. `address`: sealed under the person's key; `due_at`: not
    before. `reference`: by which a report of delivery names it; `told_at`: when that came. `lost`:
    how often it was handed over and no answer came."""

    QUEUED, SENDING, SENT, DELIVERED = "queued", "sending", "sent", "delivered"
    BOUNCED, REFUSED, FAILED, DROPPED = "bounced", "refused", "failed", "dropped"

    route = models.CharField(max_length=12)
    address = models.TextField()
    state = models.CharField(max_length=10, default=QUEUED)
    tries = models.SmallIntegerField(default=0)
    lost = models.SmallIntegerField(default=0, db_default=0)
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    provider = models.CharField(max_length=40, blank=True)
    reference = models.CharField(max_length=80, blank=True, db_index=True)
    trouble = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True


class Message(Posted):
    """One message of a check by one route. `step`: in which round it is sent. `bulletin`: the
    instruction that it carries; None where it asks."""

    called = models.ForeignKey(Called, on_delete=models.CASCADE, related_name="messages")
    step = models.SmallIntegerField(default=0)
    bulletin = models.ForeignKey(
        Bulletin, null=True, on_delete=models.CASCADE, related_name="messages"
    )

    class Meta:
        indexes: ClassVar = [models.Index(fields=["route", "state", "due_at"])]


class Trial(Posted):
    """A message that somebody sends to an address of their own, to see whether it arrives."""

    person = models.CharField(max_length=24, db_index=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["route", "state", "due_at"])]


class Probe(models.Model):
    """What was last said of an address that was asked after without writing to it."""

    TAKEN, GONE, UNKNOWN = "taken", "gone", "unknown"

    person = models.CharField(max_length=24, db_index=True)
    route = models.CharField(max_length=12)
    address = models.TextField()
    state = models.CharField(max_length=10)
    trouble = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()


class ProbeRound(models.Model):
    """The asking of one month ("2026-11"). `ended_at`: when there was nobody left to ask after."""

    month = models.CharField(max_length=7, unique=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    asked = models.IntegerField(default=0)


class Round(models.Model):
    """That who had not answered was asked again. `by`: "" for the house by itself."""

    check_asked = models.ForeignKey(Check, on_delete=models.CASCADE, related_name="rounds")
    step = models.SmallIntegerField()
    at = models.DateTimeField()
    by = models.CharField(max_length=150, blank=True)
    messages = models.IntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["check_asked", "step"], name="round_once_a_check")
        ]
