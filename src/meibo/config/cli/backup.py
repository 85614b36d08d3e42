"""backup, backup list, backup key."""

from __future__ import annotations

import argparse
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from meibo.config.cli.ready import require_ready
from meibo.config.cli.refusal import RefusedError
from meibo.config.cli.show import Progress, show_json, show_rows, tell
from meibo.config.clock import now
from meibo.platform.audit.actions import Actor
from meibo.platform.backup import generations, sealing, snapshot, writing
from meibo.platform.backup.generations import Generation, Keep

ACTOR = Actor("meibo backup")
_COLUMNS = {
    "name": "バックアップ",
    "moment": "時点",
    "size": "バイト",
    "encrypted": "暗号化",
    "lines": "発令",
    "people": "職員",
    "verified": "書いたとおり",
}


def make(options: argparse.Namespace) -> int:
    """Write one backup, unless the newest one is young enough."""
    require_ready()
    folder = _folder(options)
    if options.if_due is not None and not _is_due(folder, options.if_due):
        tell("まだ新しいバックアップがあります。何もしません。")
        return 0
    texts = options.recipient or settings.MEIBO_BACKUP_RECIPIENTS
    if not texts and not options.plain:
        raise RefusedError(
            "暗号化の相手がありません。--recipient か MEIBO_BACKUP_RECIPIENTS に age の公開鍵を"
            "書いてください（鍵は meibo backup key ファイル でつくれます）。"
            "暗号化しないときは --plain をつけます。"
        )
    try:
        to = [] if options.plain else sealing.recipients(texts)
        made = writing.make(
            folder, to, keep=Keep(*options.keep), actor=ACTOR, now=now(), progress=Progress()
        )
    except sealing.KeyFormatError as error:
        raise RefusedError(str(error)) from error
    except writing.BusyError as error:
        raise RefusedError("ほかのバックアップが動いています。終わりを待ってください。") from error
    except snapshot.ProgramError as error:
        raise RefusedError(f"データベースを写せませんでした。{error}") from error
    tell(f"バックアップ: {made.path}  {made.size}バイト")
    if not settings.MEIBO_KEY_COMMAND:
        tell("マスター鍵は入っていません。master_key と master_keys/ は別に控えてください。")
    return 0


def listing(options: argparse.Namespace) -> int:
    """The generations, the newest first; every byte is read, and 1 where one has changed."""
    rows = [_row(each) for each in generations.all_in(_folder(options))]
    if options.format == "json":
        show_json(rows)
    else:
        show_rows(rows, _COLUMNS, options.format)
    return 0 if all(row["verified"] for row in rows) else 1


def key(options: argparse.Namespace) -> int:
    """A new pair of keys: the secret one into a file, the public one to standard output."""
    try:
        print(sealing.new_identity(options.file))
    except FileExistsError as error:
        raise RefusedError(f"もうあります。別の名前にしてください: {options.file}") from error
    except OSError as error:
        raise RefusedError(f"書けません: {options.file}（{error.strerror}）") from error
    tell(f"秘密鍵: {options.file}  サーバーの外に、2か所以上で保管してください。")
    return 0


def _folder(options: argparse.Namespace) -> Path:
    folder: Path = options.to or settings.MEIBO_BACKUP_DIR
    return folder


def _is_due(folder: Path, hours: float) -> bool:
    there = generations.all_in(folder)
    return not there or now() - there[0].moment >= timedelta(hours=hours)


def _row(generation: Generation) -> dict[str, Any]:
    contents = generation.told.get("contents", {})
    return {
        "name": generation.path.name,
        "moment": generation.moment.astimezone(generations.TOKYO).isoformat(),
        "size": generation.size,
        "encrypted": generation.is_encrypted,
        "lines": contents.get("lines"),
        "people": contents.get("people"),
        "verified": generations.is_whole(generation),
    }
