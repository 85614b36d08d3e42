"""Answers: each stays as it was given."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from meibo.apps.safety.models.checks import Called


class Answer(models.Model):
    """One answer, never changed. `by`: "" for the person, else the account that answered for them.
    `sealed`: family, home, way, place and words, under the person's key."""

    called = models.ForeignKey(Called, on_delete=models.CASCADE, related_name="answers")
    at = models.DateTimeField()
    by = models.CharField(max_length=150, blank=True)
    status = models.CharField(max_length=8)
    comes = models.CharField(max_length=8, blank=True)
    arrives_at = models.DateTimeField(null=True)
    sealed = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]


class Photo(models.Model):
    """A picture that somebody sent beside their answer. `sealed`: under the person's key, or
    (`boxed`) still in the box of the answer face; `size`: bytes of the picture."""

    called = models.ForeignKey(Called, on_delete=models.CASCADE, related_name="photos")
    at = models.DateTimeField()
    size = models.IntegerField()
    sealed = models.BinaryField()
    boxed = models.BooleanField(default=False, db_index=True)

    class Meta:
        ordering: ClassVar = ["pk"]


class Device(models.Model):
    """A browser that somebody lets be woken by push. `sealed`: where and with which keys (JSON),
    under the person's key; `known`: tells the same browser, and nothing about it."""

    person = models.CharField(max_length=24, db_index=True)
    known = models.CharField(max_length=64, unique=True)
    label = models.CharField(max_length=60)
    sealed = models.TextField()
    since = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]
