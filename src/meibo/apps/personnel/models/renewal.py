"""会計年度任用職員: the round in which it is settled who goes on."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class RenewalRound(models.Model):
    """A round. Contracts that end on or before `ends` are in it, of one appointing authority or,
    where `authority` is empty, of all; who goes on does so until `last`. `plan`: the plan in the
    drawer that its orders were laid into."""

    title = models.CharField(max_length=120)
    authority = models.CharField(max_length=60, blank=True)
    ends = models.DateField()
    last = models.DateField()
    answers_until = models.DateField(null=True)
    state = models.CharField(max_length=8, default="open")
    plan = models.BigIntegerField(null=True)
    begun_at = models.DateTimeField()
    begun_by = models.CharField(max_length=150)

    class Meta:
        ordering: ClassVar = ["-pk"]


class RenewalItem(models.Model):
    """One contract in a round: what the section and the person want, and what was decided. The
    contract itself is not here; it is read from the book."""

    round = models.ForeignKey(RenewalRound, on_delete=models.CASCADE, related_name="items")
    person = models.CharField(max_length=24, db_index=True)
    appointment = models.CharField(max_length=24, blank=True)
    section = models.CharField(max_length=8, blank=True)
    section_by = models.CharField(max_length=150, blank=True)
    section_at = models.DateTimeField(null=True)
    own = models.CharField(max_length=8, blank=True)
    own_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=8, blank=True)
    unit = models.CharField(max_length=24, blank=True)
    post = models.CharField(max_length=24, blank=True)
    minutes = models.IntegerField(null=True)
    recruited = models.BooleanField(default=False)
    planned = models.BooleanField(default=False)
    version = models.IntegerField(default=0)
    changed_by = models.CharField(max_length=150, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["round", "person", "appointment"], name="one_item_a_contract"
            )
        ]
