"""What the engine of telegrams leaves to a person."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from meibo.apps.safety.models.checks import Check
from meibo.apps.safety.models.outbox import Posted


class Question(models.Model):
    """Whether to start a check for an event. `until`: the moment at which it starts by itself where
    nobody says no; None where nothing starts without a person. `level`: how grave it is by now, as
    the engine writes it; `version` rises with what is told of it, so that nobody decides on what
    they have not seen. `beside`: the check that runs for some of those whom a start would ask,
    where it is asked because of that. `answer`: "" while it is open."""

    STARTED, STOPPED, ITSELF, GONE = "started", "stopped", "itself", "gone"
    JOINED, ADDED = "joined", "added"

    event = models.CharField(max_length=80, db_index=True)
    asked_at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    level = models.JSONField()
    title = models.CharField(max_length=200, blank=True)
    headline = models.TextField(blank=True)
    reason = models.TextField()
    version = models.IntegerField(default=1)
    answer = models.CharField(max_length=8, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=150, blank=True)
    check_made = models.ForeignKey(Check, null=True, on_delete=models.SET_NULL)
    beside = models.ForeignKey(Check, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["event"], condition=Q(answer=""), name="question_open_once_an_event"
            )
        ]


class Notice(Posted):
    """That somebody of crisis management is told of a question, at one of their addresses; `ended`:
    told that nobody need answer it any more."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="notices")
    person = models.CharField(max_length=24, db_index=True)
    ended = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["route", "state", "due_at"])]
