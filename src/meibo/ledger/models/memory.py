"""What an intake remembers of the last delivery, so that the next one need not be read whole."""

from __future__ import annotations

from django.db import models


class Memory(models.Model):
    """One sealed note beside the books, and how far they had been written then. Losing it costs
    time and nothing else. `master`: the id of the master key it is sealed under."""

    name = models.CharField(max_length=120, unique=True)
    line = models.BigIntegerField()
    filing = models.BigIntegerField()
    master = models.CharField(max_length=16)
    content = models.BinaryField()
