"""What was sent to payroll and taken there, and what was found when both sides were compared.

Values of people lie here as they lie in the books: sealed under the person's own key, so that they
go with it. Without a person there are only staff numbers and counts.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Delivery(models.Model):
    """One file that was made. `layout` and the rows give its bytes again, whenever they are asked
    for; `digest` (SHA-256) proves it. `number` counts all that went out, by whichever feed, so that
    an answer needs no other name."""

    MADE, ACCEPTED, PARTLY, REFUSED = "made", "accepted", "partly", "refused"

    feed = models.CharField(max_length=120)
    number = models.IntegerField(unique=True)
    full = models.BooleanField()
    as_of = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=150)
    layout = models.JSONField()
    closing = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    totals = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    size = models.BigIntegerField()
    handed_at = models.DateTimeField(null=True)
    handed_by = models.CharField(max_length=150, blank=True)
    state = models.CharField(max_length=10, default=MADE)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering: ClassVar = ["-pk"]


class DeliveryRow(models.Model):
    """One person's record in a delivery. `since`: the day from which payroll must reckon anew."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="rows")
    place = models.IntegerField()
    person = models.CharField(max_length=24, db_index=True)
    staff_no = models.CharField(max_length=40)
    kind = models.CharField(max_length=8)
    since = models.DateField(null=True)
    cells = models.TextField()  # sealed
    accepted = models.BooleanField(null=True)

    class Meta:
        ordering: ClassVar = ["place"]


class Accepted(models.Model):
    """What payroll took last of one person, by one feed: the ground of the next difference."""

    feed = models.CharField(max_length=120)
    person = models.CharField(max_length=24, db_index=True)
    number = models.IntegerField()
    cells = models.TextField()  # sealed

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["feed", "person"], name="one_accepted_record")
        ]


class Remark(models.Model):
    """A finding of a delivery: what could not be written, or what the other side refused."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="remarks")
    person = models.CharField(max_length=24, blank=True, db_index=True)
    staff_no = models.CharField(max_length=40, blank=True)
    column = models.CharField(max_length=120, blank=True)
    severity = models.CharField(max_length=12)
    code = models.CharField(max_length=60)
    message = models.TextField()
    action = models.TextField(blank=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]


class Run(models.Model):
    """照合: the roster of a day held against a file of payroll. `double` is null where nothing had
    been accepted before, so that nothing can be said. `unreadable`: values that are counted as not
    agreeing, because nobody can read them; `notes`: what was wrong with the file as a whole."""

    feed = models.CharField(max_length=120)
    as_of = models.DateField()
    base = models.DateField(null=True)
    file = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=150)
    here = models.IntegerField()
    there = models.IntegerField()
    compared = models.IntegerField()
    equal = models.IntegerField()
    unreadable = models.IntegerField(default=0)
    double = models.IntegerField(null=True)
    notes = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar = ["-pk"]


class Difference(models.Model):
    """One value (or person) that is not the same on both sides. Values are sealed."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="differences")
    place = models.IntegerField()
    kind = models.CharField(max_length=10)  # here, there, differs, unreadable, broken, double
    person = models.CharField(max_length=24, blank=True, db_index=True)
    staff_no = models.CharField(max_length=40)
    field = models.CharField(max_length=60, blank=True)
    header = models.CharField(max_length=120, blank=True)
    ours = models.TextField(blank=True)
    theirs = models.TextField(blank=True)
    cause = models.CharField(max_length=16)
    since = models.DateField(null=True)
    note = models.TextField(blank=True)  # sealed where it is about a person
    explained_at = models.DateTimeField(null=True)
    explained_by = models.CharField(max_length=150, blank=True)
    version = models.IntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["place"]
