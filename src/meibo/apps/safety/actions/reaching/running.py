"""The senders beside other work: a thread a route, and one for what comes by the clock."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.conf import settings
from django.db import DatabaseError, close_old_connections

from meibo.apps.safety.actions.reaching import bounces, probing, steps
from meibo.apps.safety.actions.reaching.journal import Busy
from meibo.apps.safety.actions.reaching.sender import Sender
from meibo.platform.alone import alone

_LOG = logging.getLogger("meibo.safety")
_PAUSE = 0.5  # seconds between two looks at an outbox in which nothing was due
_TROUBLE = 5.0
_STEPS = 5.0
_PROBES, _IDLE = 15.0, 600.0
Clock = Callable[[], datetime]


def start(clock: Clock) -> None:
    """Begin; the threads end with the process. Where another process sends already, wait for its
    end."""
    for route in settings.MEIBO_REACHING.routes():
        _thread(f"route-{route}", partial(_route, route, clock))
    _thread("rounds", partial(_rounds, clock))
    _thread("probes", partial(_probes, clock))


def once(clock: Clock) -> int:
    """Send everything that is due, route by route; how many letters were taken."""
    steps.due(settings.MEIBO_REACHING, clock())
    bounces.sweep(now=clock())
    count = 0
    for route in settings.MEIBO_REACHING.routes():
        try:
            sender = Sender(route, settings.MEIBO_REACHING, settings.MEIBO_DATA / "outbox")
        except Busy:
            continue
        try:
            while taken := sender.round(clock):
                count += taken
        finally:
            sender.close()
    return count


def _thread(name: str, work: Callable[[], None]) -> None:
    threading.Thread(target=work, name=name, daemon=True).start()


def _route(route: str, clock: Clock) -> None:
    wait = threading.Event()
    sender: Sender | None = None
    while True:
        pause = _PAUSE
        try:
            close_old_connections()
            sender = sender or Sender(
                route, settings.MEIBO_REACHING, settings.MEIBO_DATA / "outbox"
            )
            pause = 0.0 if sender.round(clock) else _PAUSE
        except Busy:
            pause = _TROUBLE
        except Exception:  # noqa: BLE001  # one bad letter must not end the route of all others
            # What was taken is found `sending` by the next sender.
            _LOG.exception("route %s", route)
            if sender is not None:
                sender.close()
            sender, pause = None, _TROUBLE
        wait.wait(pause)


def _rounds(clock: Clock) -> None:
    wait = threading.Event()
    while True:
        try:
            close_old_connections()
            steps.due(settings.MEIBO_REACHING, clock())
            bounces.sweep(now=clock())
        except (DatabaseError, OSError, ValueError):
            _LOG.exception("rounds")
        wait.wait(_STEPS)


def _probes(clock: Clock) -> None:
    wait = threading.Event()
    pause = _PROBES
    while not wait.wait(pause):
        pause = _IDLE
        try:
            close_old_connections()
            pause = _PROBES if probe(clock) else _IDLE
        except (DatabaseError, OSError, ValueError):
            _LOG.exception("probes")


def probe(clock: Clock) -> int:
    """Ask after some addresses, unless another process on this machine does; how many."""
    with alone("probes") as mine:
        return probing.due(settings.MEIBO_REACHING, clock()) if mine else 0
