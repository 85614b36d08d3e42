"""A check, and everybody who is asked in it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from meibo.platform.emergency.models import EmergencyEvent, Kind


class Check(models.Model):
    """One question to many: are you safe, can you come. `target`: whom it was meant for, in the
    words and codes by which it was chosen; who that was stands in Called. `until`: the moment from
    which its links are no longer good. `supported_at`: when the first who had arrived was put to a
    task of the plan (BCP). `level`: the gravest that telegrams have said of what it
    is about, as their engine writes it, and besides (`actions/standing.py`) whether they began it,
    what title they gave it, and how they were taken back; {} where none did. `once`: the word of
    the form that started it, None without one."""

    kind = models.CharField(max_length=10, choices=Kind)
    event = models.ForeignKey(EmergencyEvent, null=True, on_delete=models.PROTECT)
    title = models.CharField(max_length=80)
    message = models.TextField(max_length=600)
    target = models.JSONField(default=dict)
    started_at = models.DateTimeField(db_index=True)
    started_by = models.CharField(max_length=150)
    until = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=150, blank=True)
    level = models.JSONField(default=dict)
    supported_at = models.DateTimeField(null=True)
    once = models.CharField(max_length=40, null=True, unique=True)

    class Meta:
        ordering: ClassVar = ["-pk"]


class Called(models.Model):
    """Somebody who is asked. `unit`: where they sit that day; `group`: in which round of calling
    (0 is the first). What was answered last stands here for counting; all answers stand in Answer.
    `home`: what was last said of the home, as soon as the house has read it. `repeated`: a sender
    was killed with a message to them out of hand; that is repeated once.
    """

    check_asked = models.ForeignKey(Check, on_delete=models.CASCADE, related_name="called")
    person = models.CharField(max_length=24, db_index=True)
    unit = models.CharField(max_length=24, blank=True)
    group = models.SmallIntegerField(default=0)
    status = models.CharField(max_length=8, blank=True)
    comes = models.CharField(max_length=8, blank=True)
    arrives_at = models.DateTimeField(null=True)
    first_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    home = models.CharField(max_length=8, blank=True, default="", db_default="")
    repeated = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["check_asked", "person"], name="called_once_a_check")
        ]
