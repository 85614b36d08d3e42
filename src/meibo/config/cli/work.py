"""work: what pages have asked for and takes longer than a page may."""

from __future__ import annotations

import argparse
import gc
import logging
import os
import subprocess  # nosec B404  # our own command, no shell
import sys
import threading
import time

from django.db import close_old_connections
from django.urls import get_resolver

from meibo.apps.personnel.actions import defining
from meibo.apps.personnel.actions.deliveries.acts import expire
from meibo.apps.personnel.actions.deliveries.drop import sweep
from meibo.apps.safety.actions.alarming import begin_due
from meibo.apps.safety.actions.drilling import start_due
from meibo.apps.safety.actions.escalating import escalate
from meibo.apps.safety.actions.offline import making as offline
from meibo.apps.safety.actions.reaching import running
from meibo.apps.safety.actions.recurring import plan_ahead
from meibo.apps.safety.actions.unboxing import unbox
from meibo.config.cli.ready import require_ready
from meibo.config.clock import now
from meibo.platform.jobs.actions import work_all
from meibo.platform.telegrams.actions import forget
from meibo.platform.telegrams.listening import listen_once

_LOG = logging.getLogger("meibo.safety")
_PAUSE = 0.5  # seconds between two looks
_DRILLS = 10  # looks between two at planned drills
_SWEEP = 60  # looks between two at the watched folder
_ESCALATE = 20  # looks between two at who is to be called next


def work(options: argparse.Namespace) -> int:
    """Do what waits, until stopped or until the server that it belongs to is gone."""
    require_ready()
    settle()
    parent = os.getppid()
    if options.once:
        _hear()
        running.once(now)
        running.probe(now)
    else:
        threading.Thread(target=_listen, name="telegrams", daemon=True).start()
        running.start(now)
    round_ = 0
    while True:
        close_old_connections()
        if round_ % _DRILLS == 0:
            start_due(now=now())
            plan_ahead(now=now())
        if round_ % _SWEEP == 0 and not options.once:
            sweep(now=now())
            expire(now=now())
            defining.expire(now=now())
            forget(now=now())
            unbox()
        if round_ % _ESCALATE == 0:
            escalate(now=now())
            offline.make_due(now=now())
        round_ += 1
        work_all(now)
        if options.once or os.getppid() != parent:
            return 0
        time.sleep(_PAUSE)


def settle() -> None:
    """Make a process ready for much work: what is loaded stays, and rows by the thousand, which
    hold no circles, are not searched for them after every few hundred."""
    get_resolver().app_dict  # noqa: B018  # reads every address once
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def _listen() -> None:
    """Telegrams wait for nothing: while a job of minutes runs, they are taken in beside it."""
    while True:
        close_old_connections()
        _hear()
        time.sleep(_PAUSE)


def _hear() -> None:
    listen_once(now)
    try:
        begin_due(now=now())
    except Exception:  # noqa: BLE001  # the next telegrams are listened for, whatever this was
        _LOG.exception("a question whose time has come could not be acted on")


def beside() -> None:
    """Start a worker beside the server that this process is about to become."""
    subprocess.Popen(  # nosec B603  # our own command line, no shell
        [sys.executable, "-c", "from meibo.config.cli import main; main(['work'])"],
        stdin=subprocess.DEVNULL,
    )
