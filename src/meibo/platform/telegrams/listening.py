"""All ways in, in turn, for the worker."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from meibo.platform.alone import alone
from meibo.platform.telegrams import actions, dropping, polling, subscribing

_LOG = logging.getLogger("meibo.telegrams")


def listen_once(clock: Callable[[], datetime]) -> None:
    """One round, unless another worker is at it. What fails in one way in doesn't stop another, and
    what has come in is followed before and after the network is asked."""
    with alone("telegrams") as mine:
        if not mine:
            return
        ways: tuple[Callable[..., object], ...] = (
            *(dropping.sweep, actions.follow, actions.tick),
            *(subscribing.renew, polling.poll, polling.fetch, actions.follow, actions.tick),
        )
        for way in ways:
            try:
                way(now=clock())
            except Exception:  # noqa: BLE001  # one way in may fail; the others go on
                _LOG.exception("telegrams: a round failed in %s", getattr(way, "__name__", way))
