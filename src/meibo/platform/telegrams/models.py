"""Telegrams as they came in, what was decided because of them, and where they are looked for."""

from __future__ import annotations

import zlib
from typing import ClassVar

from django.db import models

from meibo.domain.telegram import Action

WAYS = {"feed": "フィード", "drop": "フォルダー", "hub": "ハブ", "hand": "手で"}


class Telegram(models.Model):
    """One telegram; the same bytes are here once, whichever way and however often they come. A
    `refused` one could not be read; `reason` says why. `followed_at`: the engine has taken it
    in."""

    digest = models.CharField(max_length=64, unique=True)
    received_at = models.DateTimeField()
    source = models.CharField(max_length=8)
    name = models.CharField(max_length=500)
    kind = models.CharField(max_length=100, blank=True)
    title = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=8, blank=True)
    info = models.CharField(max_length=8, blank=True)
    event = models.CharField(max_length=200, blank=True)
    reported_at = models.DateTimeField(null=True)
    action = models.CharField(max_length=8)
    intensity = models.CharField(max_length=8, blank=True)
    areas = models.JSONField(default=list)
    reason = models.TextField()
    refused = models.BooleanField(default=False)
    raw = models.BinaryField()
    followed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [
            models.Index(fields=["followed_at", "id"]),
            models.Index(fields=["action", "received_at"]),
        ]

    @property
    def word(self) -> str:
        """What it means for us, as people read it."""
        return Action(self.action).word

    @property
    def way(self) -> str:
        """The way by which it came first."""
        return WAYS.get(self.source, self.source)

    @property
    def data(self) -> bytes:
        """The bytes as they came."""
        return zlib.decompress(bytes(self.raw))


class Decided(models.Model):
    """One decision of the engine, handed out once; `telegram` is None where a wait ran out, or
    another event changed what is to be asked."""

    telegram = models.ForeignKey(Telegram, on_delete=models.SET_NULL, null=True)
    at = models.DateTimeField()
    do = models.CharField(max_length=8)
    event = models.CharField(max_length=80)
    level = models.JSONField()
    reason = models.TextField()
    until = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-pk"]


class Engine(models.Model):
    """What the engine remembers: one row."""

    state = models.JSONField(default=dict)


class Feed(models.Model):
    """A feed that is polled, and what its server said last."""

    address = models.CharField(max_length=500, unique=True)
    etag = models.CharField(max_length=300, blank=True)
    modified = models.CharField(max_length=100, blank=True)
    asked_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)


class Wanted(models.Model):
    """A telegram that a feed has named and that is to be fetched. It stays after that, so that it
    is not fetched again while the feed still names it."""

    address = models.CharField(max_length=500, unique=True)
    found_at = models.DateTimeField()
    tries = models.IntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)


class Subscription(models.Model):
    """A topic that a hub hands in (WebSub). `token`: the part of our address that only this hub
    knows; it holds from `confirmed_at` to `ends_at`; `renew_at`: from when on it is asked for
    again. `ending`: it is being taken back; `denied`: why the hub said no."""

    topic = models.CharField(max_length=500, unique=True)
    hub = models.CharField(max_length=500)
    token = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField(null=True)
    tries = models.IntegerField(default=0)
    confirmed_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    renew_at = models.DateTimeField(null=True)
    ending = models.BooleanField(default=False)
    denied = models.CharField(max_length=200, blank=True)
    error = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["topic"]
