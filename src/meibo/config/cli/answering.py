"""Words and options of `meibo answers`. Knows nothing of Django."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

_Commands = argparse._SubParsersAction  # noqa: SLF001 - argparse has no public name for it
_ROLE = re.compile(r"[a-z_][a-z0-9_]{0,62}")


def add(commands: _Commands[argparse.ArgumentParser]) -> None:
    """Add the command."""
    text = "安否の答えだけを受ける / Take answers, and do nothing else"
    answers = commands.add_parser("answers", help=text, description=text)
    answers.set_defaults(module="answers", function="answers")
    answers.add_argument(
        "--host", default="127.0.0.1", help="待ち受ける番地 / address to listen on"
    )
    answers.add_argument("--port", type=int, default=8001, help="ポート / port")
    answers.add_argument(
        "--workers",
        type=int,
        default=2,
        help="プロセス数（SQLiteではいつも1）/ processes; always 1 on SQLite",
    )
    instead = answers.add_mutually_exclusive_group()
    instead.add_argument(
        "--card",
        type=Path,
        metavar="FILE",
        help="別の機械で受けるための控えを書いて終わる / write what another machine needs, and end",
    )
    instead.add_argument(
        "--grant",
        type=_role,
        metavar="ROLE",
        help="受けるだけの役割に要るSQLを示して終わる / print the GRANTs for a role, and end",
    )


def _role(text: str) -> str:
    if not _ROLE.fullmatch(text):
        raise argparse.ArgumentTypeError(
            f"「{text}」は使えません。役割の名は、英小文字・数字・下線で書いてください。"
        )
    return text
