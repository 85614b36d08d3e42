"""Rosters that are taken along for when the network is gone, and drills that are planned."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from meibo.apps.safety.models.checks import Check


class OfflineKey(models.Model):
    """That somebody may take a roster along. `sealed`: the key that their password makes, under
    their own data key, so that each night a new file can be made without the password; the password
    itself is kept nowhere. A new password is a new row, for files of the old one come back."""

    UNIT, HOUSE = "unit", "house"

    person = models.CharField(max_length=24, db_index=True)
    account = models.CharField(max_length=150)
    salt = models.CharField(max_length=64)
    rounds = models.IntegerField()
    sealed = models.TextField()
    set_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["pk"]


class OfflineFile(models.Model):
    """One file that was made: for whom, of how many people, until when it opens; with the answers
    of which check, if one ran."""

    key = models.ForeignKey(OfflineKey, on_delete=models.CASCADE, related_name="files")
    ident = models.CharField(max_length=32, unique=True)
    scope = models.CharField(max_length=8)
    people = models.IntegerField()
    made_at = models.DateTimeField(db_index=True)
    expires_at = models.DateTimeField()
    nightly = models.BooleanField(default=False)
    brought_at = models.DateTimeField(null=True)
    check_inside = models.ForeignKey(Check, null=True, on_delete=models.SET_NULL)

    class Meta:
        ordering: ClassVar = ["-pk"]


class DrillSeries(models.Model):
    """A drill that comes again: from `first_at` on, `every` month, quarter or year, `by` the day of
    the month, the weekday in it or the last one; through `ends_on`, if that is said. Each time is a
    drill of its own, and one is planned ahead. `paused_at`: none is meanwhile."""

    title = models.CharField(max_length=80)
    message = models.TextField(max_length=600)
    target = models.JSONField(default=dict)
    announced = models.BooleanField(default=True)
    first_at = models.DateTimeField()
    every = models.CharField(max_length=8)
    by = models.CharField(max_length=8)
    ends_on = models.DateField(null=True)
    planned_by = models.CharField(max_length=150)
    planned_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    version = models.IntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["pk"]


class PlannedDrill(models.Model):
    """A drill that starts by itself. `announced`: whether staff are told of it beforehand.
    `held_at`: when its time came in the middle of a disaster, so that it waits for a person."""

    series = models.ForeignKey(
        DrillSeries, null=True, on_delete=models.PROTECT, related_name="drills"
    )
    title = models.CharField(max_length=80)
    message = models.TextField(max_length=600)
    target = models.JSONField(default=dict)
    at = models.DateTimeField(db_index=True)
    announced = models.BooleanField(default=True)
    planned_by = models.CharField(max_length=150)
    planned_at = models.DateTimeField()
    held_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    check_made = models.OneToOneField(Check, null=True, on_delete=models.PROTECT)
    trouble = models.CharField(max_length=200, blank=True)
    version = models.IntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["series", "at"], name="drill_once_a_moment")
        ]
