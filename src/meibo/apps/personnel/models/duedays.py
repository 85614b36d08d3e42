"""人事カレンダー: what was marked as settled."""

from __future__ import annotations

from django.db import models


class DueMark(models.Model):
    """One thing that fell due and is settled. `key` is that of `domain.due.Due`; what falls due is
    never stored, it is reckoned."""

    key = models.CharField(max_length=200, unique=True)
    rule = models.CharField(max_length=30)
    person = models.CharField(max_length=24, db_index=True)
    day = models.DateField()
    note = models.CharField(max_length=200, blank=True)
    marked_at = models.DateTimeField()
    marked_by = models.CharField(max_length=150)
