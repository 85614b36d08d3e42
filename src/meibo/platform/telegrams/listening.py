"""All ways in, in turn, for the worker."""

from __future__ import annotations

import fcntl
import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.conf import settings

from meibo.platform.telegrams import actions, dropping, polling

_LOG = logging.getLogger("meibo.telegrams")


def listen_once(clock: Callable[[], datetime]) -> None:
    """One round, unless another worker is at it. What fails in one way in doesn't stop another, and
    what has come in is followed before and after the network is asked."""
    with _alone() as mine:
        if not mine:
            return
        ways: tuple[Callable[..., object], ...] = (
            *(dropping.sweep, actions.follow, actions.tick),
            *(polling.poll, polling.fetch, actions.follow, actions.tick),
        )
        for way in ways:
            try:
                way(now=clock())
            except Exception:  # noqa: BLE001  # one way in may fail; the others go on
                _LOG.exception("telegrams: a round failed in %s", getattr(way, "__name__", way))


@contextmanager
def _alone() -> Iterator[bool]:
    """One listener at a time; the kernel gives the lock back however its holder ends."""
    path = Path(settings.MEIBO_DATA) / "telegrams.lock"
    descriptor = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        yield False
    else:
        yield True
    finally:
        os.close(descriptor)
