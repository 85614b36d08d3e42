"""What was issued, what people made for themselves, and what was made for them to fetch."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Certificate(models.Model):
    """在職証明書: a line of the register. Numbers run by fiscal year and are never given twice.

    `purpose` is what the person said it is for; `recipient` whom it is handed to. Both go with the
    person's record.
    """

    year = models.IntegerField()
    number = models.IntegerField()
    person = models.CharField(max_length=24, db_index=True)
    purpose = models.CharField(max_length=200)
    recipient = models.CharField(max_length=200, blank=True)
    on = models.DateField()
    issued_by = models.CharField(max_length=150)
    issued_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-year", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["year", "number"], name="one_certificate_a_number")
        ]


class OwnForm(models.Model):
    """A list that somebody keeps as a form: `query` is the address of the list without its day.

    `duty`: colleagues who hold this duty may use it as well; empty for nobody. Whoever uses it sees
    through their own eyes: it holds conditions and columns, never people.
    """

    title = models.CharField(max_length=80)
    query = models.TextField(blank=True)
    group = models.CharField(max_length=30, blank=True)
    landscape = models.BooleanField(default=False)
    owner = models.CharField(max_length=150, db_index=True)
    person = models.CharField(max_length=24, blank=True)
    duty = models.CharField(max_length=20, blank=True)
    version = models.IntegerField(default=1)
    changed_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["title", "pk"]


class Kept(models.Model):
    """A file that was made beside the pages and waits to be fetched by the one who asked. It lies
    sealed in the data directory under `file`, for a day.

    `form`: the key of the form; else `source` and `subject` say what it was made of. Whether its
    owner may still have it is asked of these whenever it is fetched."""

    owner = models.CharField(max_length=150, db_index=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=120)
    file = models.CharField(max_length=40)
    form = models.CharField(max_length=40, blank=True)
    source = models.CharField(max_length=60, blank=True)
    subject = models.CharField(max_length=60, blank=True)
    count = models.IntegerField()
    remarks = models.TextField(blank=True)
    made_at = models.DateTimeField()
    until = models.DateTimeField()
