"""What the board needs besides questions and answers."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from meibo.apps.safety.models.checks import Called, Check


class Prospect(models.Model):
    """When somebody is expected, by the model of the moment in which they were called: after so
    many minutes, or not at all. Of where they live it keeps the name of the quarter, no more."""

    called = models.OneToOneField(Called, on_delete=models.CASCADE, primary_key=True)
    area = models.CharField(max_length=40, blank=True)
    minutes = models.IntegerField(null=True)


class CallRound(models.Model):
    """Who is called next where those before do not suffice. `need`: so many must have said that
    they come, by `due_at`; `called_at`, `people`: when they were called in the end, and how many
    that were; both None where it was not (yet) needed."""

    check_asked = models.ForeignKey(Check, on_delete=models.CASCADE, related_name="call_rounds")
    number = models.SmallIntegerField()
    label = models.CharField(max_length=80)
    target = models.JSONField(default=dict)
    need = models.IntegerField()
    due_at = models.DateTimeField(db_index=True)
    called_at = models.DateTimeField(null=True)
    people = models.IntegerField(null=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["check_asked", "number"], name="call_round_once_a_check"
            )
        ]


class Bulletin(models.Model):
    """An instruction to everybody who was asked, never changed: what is no longer right is put
    right by the next one. `by_routes`: it was sent to everybody's addresses as well."""

    check_asked = models.ForeignKey(Check, on_delete=models.CASCADE, related_name="bulletins")
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    text = models.TextField(max_length=600)
    by_routes = models.BooleanField(default=False, db_default=False)

    class Meta:
        ordering: ClassVar = ["-pk"]


class Receipt(models.Model):
    """That somebody read a bulletin, and said so."""

    bulletin = models.ForeignKey(Bulletin, on_delete=models.CASCADE, related_name="receipts")
    called = models.ForeignKey(Called, on_delete=models.CASCADE)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["bulletin", "called"], name="bulletin_read_once")
        ]


class Alarmed(models.Model):
    """Which check was started because of which event of the telegrams, so that what comes later
    about it is told to those who were asked. Without one the event was to start, but the town's
    levels call nobody for it so far."""

    event = models.CharField(max_length=80, unique=True)
    check_asked = models.ForeignKey(Check, null=True, on_delete=models.CASCADE)
