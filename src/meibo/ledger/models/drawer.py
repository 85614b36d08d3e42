"""The drawer of the personnel section: orders not yet announced. No reader looks in here."""

from django.db import models


class Plan(models.Model):
    """異動案. `named` lists the account names that may open it."""

    title = models.CharField(max_length=200)
    state = models.CharField(max_length=12, default="draft")
    named = models.TextField(default="[]")
    created = models.DateTimeField()


class PlanLine(models.Model):
    """A line of a plan: what would be a line of the book, as JSON."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="lines")
    effective = models.DateField()
    body = models.TextField()
    source = models.CharField(max_length=200, blank=True)
