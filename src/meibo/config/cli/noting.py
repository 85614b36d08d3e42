"""Every command is noted in the audit log: who ran it, as whom, what for, what it read, wrote."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import DatabaseError

from meibo.config.cli.refusal import RefusedError
from meibo.config.clock import now
from meibo.ledger.witness import watching
from meibo.platform.audit.actions import Actor, Entry, note
from meibo.platform.audit.acts import Act
from meibo.platform.watching import of_command

_PLAIN = frozenset({"tie:staff", "tie:public"})
"""Looking as one of these shows nothing that not every member of staff sees."""
_TOLD = ("viewer", "on", "known", "a", "b", "unit", "limit", "definition", "people")
"""Options that are noted. Whom or what somebody looked for is not: it may be a personal value."""


def run(command: Callable[[argparse.Namespace], int], options: argparse.Namespace) -> int:
    """Run a command, and write down that it was run before it is."""
    purpose = _purpose(options)
    name = f"{options.module} {options.function}"
    actor, entry = Actor(operator()), Entry(Act.COMMAND, _detail(options), (), purpose)
    noted = _note(actor, entry)
    with watching() as seen:
        code = command(options)
    entries = [] if noted else [entry]  # there was no log yet when it began
    entries += [Entry(e.act, e.detail, e.subjects, purpose) for e in of_command(seen, name)]
    _note(actor, *entries)
    return code


def _note(actor: Actor, *entries: Entry) -> bool:
    """False where there is no log: before `meibo init`, when there is nothing to see either."""
    try:
        note(*entries, actor=actor, now=now())
    except DatabaseError:
        return False
    except OSError as error:
        raise RefusedError(f"監査ログを書けないため、実行しません（{error.strerror}）。") from error
    return True


def operator() -> str:
    """Who is at the terminal, as the machine knows them."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError):
        name = str(os.getuid())
    return f"command:{name}"


def _detail(options: argparse.Namespace) -> dict[str, Any]:
    told = {name: getattr(options, name) for name in _TOLD if getattr(options, name, None)}
    told = {key: getattr(value, "name", None) or str(value) for key, value in told.items()}
    return {"command": f"{options.module} {options.function}", **told}


def _purpose(options: argparse.Namespace) -> str:
    """What an operator looks as somebody else for. Raises RefusedError where that is not allowed,
    or not allowed without a purpose."""
    viewer = getattr(options, "viewer", None)
    purpose = str(getattr(options, "purpose", "") or settings.MEIBO_PURPOSE)
    if viewer is None or viewer in _PLAIN:
        return purpose
    if settings.MEIBO_COMMAND_AS == "off":
        raise RefusedError("--as は使えないように設定されています（MEIBO_COMMAND_AS=off）。")
    if not purpose and sys.stdin.isatty() and sys.stderr.isatty():
        print(f"{viewer} として見る目的（記録に残ります）: ", end="", file=sys.stderr, flush=True)
        purpose = sys.stdin.readline().strip()
        if not purpose:
            raise RefusedError("目的が入力されなかったので、表示しません。")
    if not purpose and settings.MEIBO_COMMAND_AS == "purpose":
        raise RefusedError("--as には --purpose（何のために見るか）が必要です。")
    return purpose
