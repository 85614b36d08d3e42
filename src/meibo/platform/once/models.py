"""What was sent and answered."""

from __future__ import annotations

from django.db import models


class Sending(models.Model):
    """A form that was sent and has made something. `key` is a digest of its token and of all that
    was written in it, from which neither can be had back; `address` is where its answer led."""

    key = models.CharField(max_length=64, unique=True)
    address = models.TextField(blank=True)
    at = models.DateTimeField(db_index=True)
