"""answers: the answer face as a process of its own."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import NoReturn

from django.db import connection

from meibo.apps.safety.face.on_postgresql import grants
from meibo.apps.safety.queries.card import card
from meibo.config.cli.ready import require_ready
from meibo.config.cli.refusal import RefusedError
from meibo.config.cli.show import tell

#: What opens something. The process that faces the telephones has none of them.
_KEPT_BACK = ("MEIBO_SECRET_KEY", "MEIBO_MASTER_KEY", "MEIBO_OLD_MASTER_KEYS", "MEIBO_KEY_COMMAND")


def answers(options: argparse.Namespace) -> int:
    """Take answers until stopped; or write what another machine needs for that."""
    require_ready()
    if options.grant:
        return _grant(options.grant)
    if options.card:
        return _card(options.card)
    return _serve(options)


def _serve(options: argparse.Namespace) -> NoReturn:
    workers = options.workers if connection.vendor == "postgresql" else 1
    tell(f"安否の答え: http://{options.host}:{options.port}/a/… （止めるには Ctrl+C）")
    command = [
        *(sys.executable, "-m", "gunicorn", "meibo.config.answers:application"),
        *("--worker-class", "asgi", "--workers", str(workers)),
        *("--bind", f"{options.host}:{options.port}", "--backlog", "2048", "--keep-alive", "15"),
        *("--limit-request-line", "1024", "--limit-request-fields", "60"),
        *("--no-control-socket", "--log-level", "warning"),
    ]
    kept = {name: value for name, value in os.environ.items() if name not in _KEPT_BACK}
    connection.close()
    sys.stderr.flush()
    surroundings = {**kept, "MEIBO_ANSWERS_CARD": card().written()}
    os.execve(sys.executable, command, surroundings)  # nosec B606  # our own command line, no shell


def _grant(role: str) -> int:
    if connection.vendor != "postgresql":
        raise RefusedError("役割があるのは PostgreSQL だけです。SQLite では、同じ機械で受けます。")
    print(grants(role))
    return 0


def _card(path: Path) -> int:
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(card().written())
    except FileExistsError:
        raise RefusedError(f"{path} はもうあります。別の名前にするか、消してください。") from None
    except OSError as error:
        raise RefusedError(f"{path} に書けません（{error.strerror}）。") from error
    tell(
        f"書きました: {path}",
        "受ける機械の MEIBO_ANSWERS_CARD に、このファイルを指定してください。",
    )
    return 0
