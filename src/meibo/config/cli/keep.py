"""Words and options of keys, backup, restore, drill and privacy. Knows nothing of Django."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import datetime, time
from pathlib import Path

FORMATS = ("table", "json", "csv")
_Commands = argparse._SubParsersAction  # noqa: SLF001 - argparse has no public name for it


def _command(
    commands: _Commands[argparse.ArgumentParser], name: str, module: str, text: str
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=text, description=text)
    parser.set_defaults(module=module, function=name)
    return parser


def add(commands: _Commands[argparse.ArgumentParser], moment: Callable[[str], datetime]) -> None:
    """Add these commands. `moment` reads a point in time; a day alone means until its end."""
    keys = commands.add_parser("keys", help="マスター鍵を見る・替える / Master keys")
    under = keys.add_subparsers(required=True, metavar="VERB", title="verbs")
    listing = _command(under, "list", "keys", "鍵の一覧 / Which keys wrap whose")
    listing.set_defaults(function="listing")
    listing.add_argument("--format", choices=FORMATS, default="table")
    _command(under, "rotate", "keys", "新しい鍵に替える / A new master key takes over")
    _backing_up(commands)
    _restoring(commands)
    _owing(commands, moment)


def _backing_up(commands: _Commands[argparse.ArgumentParser]) -> None:
    backup = _command(commands, "backup", "backup", "バックアップを取る / Back everything up")
    backup.set_defaults(function="make")
    backup.add_argument("--to", type=Path, metavar="DIR", help="置き場所 / where to")
    backup.add_argument(
        "--recipient", action="append", metavar="AGE", help="age の公開鍵 / public key of age"
    )
    backup.add_argument("--plain", action="store_true", help="暗号化しない / do not encrypt")
    backup.add_argument(
        *("--keep",),
        type=_generations,
        default=(7, 5, 12),
        metavar="D,W,M",
        help="残す世代：日,週,月（既定 7,5,12）/ generations to keep",
    )
    backup.add_argument(
        *("--if-due",),
        type=float,
        metavar="HOURS",
        help="最新がこの時間より古いときだけ / only where the newest is older",
    )
    under = backup.add_subparsers(metavar="VERB", title="verbs")
    listing = _command(under, "list", "backup", "世代の一覧と照合 / Generations, are they whole")
    listing.set_defaults(function="listing")
    listing.add_argument("--to", type=Path, metavar="DIR", default=argparse.SUPPRESS)
    listing.add_argument("--format", choices=FORMATS, default="table")
    key = _command(under, "key", "backup", "暗号化の鍵をつくる / Make a pair of keys")
    key.add_argument("file", type=Path, help="秘密鍵を書くファイル / file for the secret key")


def _restoring(commands: _Commands[argparse.ArgumentParser]) -> None:
    restore = _command(commands, "restore", "restore", "バックアップを戻す / Restore a backup")
    restore.add_argument("file", type=Path, help="バックアップ / the backup")
    restore.add_argument("--force", action="store_true", help="職員がいても / even over people")
    drill = _command(
        commands, "drill", "drill", "復元の訓練をする / Try to restore the newest backup"
    )
    drill.add_argument("--to", type=Path, metavar="DIR", help="置き場所 / where the backups are")
    drill.add_argument("--history", action="store_true", help="これまでの結果 / earlier results")
    for parser in (restore, drill):
        parser.add_argument(
            "--identity", type=Path, metavar="KEYFILE", help="age の秘密鍵 / secret key of age"
        )
    restore.add_argument("--format", choices=("table", "json"), default="table")
    drill.add_argument("--format", choices=FORMATS, default="table")


def _owing(commands: _Commands[argparse.ArgumentParser], moment: Callable[[str], datetime]) -> None:
    def start(text: str) -> datetime:
        found = moment(text)
        is_day = len(text) <= len("2027-04-01")
        return datetime.combine(found.date(), time(), found.tzinfo) if is_day else found

    privacy = commands.add_parser("privacy", help="個人情報の開示など / Duties of privacy")
    under = privacy.add_subparsers(required=True, metavar="VERB", title="verbs")
    bundle = _command(under, "bundle", "privacy", "本人に渡す写し / All that is held of one person")
    bundle.add_argument("number", metavar="STAFF_NO", help="職員番号 / staff number")
    bundle.add_argument("--purpose", required=True, help="目的（監査ログに残る）/ what for")
    bundle.add_argument(
        "--to", type=Path, required=True, metavar="DIR", help="置き場所 / where to write"
    )
    leak = _command(under, "leak", "privacy", "漏えい等の報告の案 / Draft of a report of a leak")
    leak.add_argument("account", help="サインイン名 / account")
    leak.add_argument("--since", type=start, required=True, help="この時点から / from then")
    leak.add_argument("--until", type=moment, required=True, help="この時点まで / until then")
    register = _command(under, "register", "privacy", "個人情報ファイル簿 / Register of files")
    register.add_argument("--format", choices=FORMATS, default="table")


def _generations(text: str) -> tuple[int, int, int]:
    parts = text.split(",")
    if len(parts) != 3 or not all(part.isdigit() for part in parts):
        raise argparse.ArgumentTypeError("残す世代は 7,5,12 のように 日,週,月 で書いてください。")
    daily, weekly, monthly = map(int, parts)
    return daily, weekly, monthly
