"""The drawer of the personnel section: orders not yet announced. No reader looks in here."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Plan(models.Model):
    """異動案. `day`: the day that most of it takes effect; `version` counts its changes, so that
    who saves knows whether it is still the plan that was looked at."""

    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, default="transfer")
    state = models.CharField(max_length=12, default="draft")
    day = models.DateField(null=True)
    note = models.TextField(blank=True)
    version = models.IntegerField(default=0)
    created = models.DateTimeField()
    created_by = models.CharField(max_length=150, blank=True)
    changed = models.DateTimeField(null=True)
    changed_by = models.CharField(max_length=150, blank=True)
    notice_at = models.DateTimeField(null=True)
    announced_at = models.DateTimeField(null=True)
    announced_by = models.CharField(max_length=150, blank=True)


class PlanName(models.Model):
    """An account that may open a plan: to change it, or only to read and decide."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="names")
    account = models.CharField(max_length=150)
    role = models.CharField(max_length=8, default="edit")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "account"], name="named_once")
        ]


class PlanLine(models.Model):
    """A line of a plan: what would be a line of the book. `newcomer`: the staff number of somebody
    whom the book does not know yet; `seq` is the place in the plan; `unread` holds, as JSON, what
    was typed into cells and could not be read, so that nothing typed is lost."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="lines")
    seq = models.IntegerField(default=0)
    effective = models.DateField()
    effect = models.CharField(max_length=8)
    person = models.CharField(max_length=24, blank=True, db_index=True)
    newcomer = models.CharField(max_length=32, null=True)
    appointment = models.CharField(max_length=24, blank=True)
    wording = models.CharField(max_length=60, blank=True)
    order_no = models.CharField(max_length=40, blank=True)
    voids = models.BigIntegerField(null=True)
    stated = models.TextField(default="{}")
    source = models.CharField(max_length=200, blank=True)
    unread = models.TextField(default="{}")
    version = models.IntegerField(default=0)
    changed = models.DateTimeField(null=True)
    changed_by = models.CharField(max_length=150, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["plan", "seq", "id"])]


class PlanFiling(models.Model):
    """What a plan would file: a newcomer's name, a new unit. Values of people are sealed under
    their own key, as in the book."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="filings")
    subject = models.CharField(max_length=64)
    field = models.CharField(max_length=60)
    value = models.TextField(null=True)
    sealed = models.BooleanField(default=False)
    effective = models.DateField()
    until = models.DateField()
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["plan", "subject"])]


class PlanStep(models.Model):
    """One change of a plan's lines, to be taken back: the rows before and after it, as JSON."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="steps")
    at = models.DateTimeField()
    account = models.CharField(max_length=150)
    before = models.TextField()
    after = models.TextField()
    undone = models.BooleanField(default=False)
