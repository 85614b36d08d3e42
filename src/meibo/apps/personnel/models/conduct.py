"""処分・分限・表彰・公務災害: apart from the book, because each kind ends by a term of its own."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class ConductRecord(models.Model):
    """One record. `field` is its row of the disclosure table; `sealed` holds the words, as JSON,
    under the person's own key. A record is not changed: a mistake is struck out, with a reason, and
    another one entered."""

    person = models.CharField(max_length=24, db_index=True)
    field = models.CharField(max_length=12)
    code = models.CharField(max_length=20)
    day = models.DateField()
    until = models.DateField(null=True)
    sealed = models.TextField()
    entered_at = models.DateTimeField()
    entered_by = models.CharField(max_length=150)
    struck_at = models.DateTimeField(null=True)
    struck_by = models.CharField(max_length=150, blank=True)
    #: Who proposed to remove it after its term; another one carries it out.
    ending_by = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering: ClassVar = ["-day", "-pk"]
