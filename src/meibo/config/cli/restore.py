"""restore: a backup put in place, and looked at before anybody else does."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.utils import DatabaseError

from meibo.config.cli.ready import is_ready, prepare
from meibo.config.cli.refusal import RefusedError
from meibo.config.cli.show import Progress, show_json, tell
from meibo.config.clock import now
from meibo.ledger import check
from meibo.platform.audit.actions import Actor, Entry, note
from meibo.platform.audit.acts import Act
from meibo.platform.backup import checking, restoring, sealing, snapshot
from meibo.platform.backup.manifest import BrokenBackupError
from meibo.platform.retention import actions as retention

ACTOR = Actor("meibo restore")
_YES = "はい"


def restore(options: argparse.Namespace) -> int:
    """Put a backup in place; 1 where what is then there does not hold together."""
    file: Path = options.file
    if not file.is_file():
        raise RefusedError(f"バックアップがありません: {file}")
    keys = identities(options.identity, needed=sealing.is_sealed(file))
    ready = _was_ready()
    if ready and check.has_people() and not options.force:
        _ask()
    detail = {"what": "restore", "backup": file.name}
    if ready:
        note(Entry(Act.RESTORE, detail), actor=ACTOR, now=now())
    try:
        done = restoring.restore(file, keys, now=now(), progress=Progress())
    except BrokenBackupError as error:
        raise RefusedError(f"{error}いまの名簿には何もしていません。") from error
    except snapshot.ProgramError as error:
        raise RefusedError(str(error)) from error
    prepare()
    found = checking.report(done.manifest.contents, progress=Progress())
    forgotten = retention.forget_again(actor=ACTOR, now=now())
    if forgotten:
        tell(f"このバックアップのあとに廃棄した職員 {forgotten}人を、もう一度廃棄しました。")
    note(Entry(Act.RESTORE, detail | {"good": found.is_good}), actor=ACTOR, now=now())
    if options.format == "json":
        show_json(found.as_dict())
    else:
        _tell(done, found)
    return 0 if found.is_good else 1


def identities(path: Path | None, *, needed: bool) -> list[Any]:
    """The secret keys to open a backup with: as given, else as the settings say."""
    given = path or (Path(p) if (p := settings.MEIBO_BACKUP_IDENTITY) else None)
    if given is None:
        if needed:
            raise RefusedError(
                "暗号化されたバックアップです。--identity に秘密鍵のファイルを指定してください。"
            )
        return []
    try:
        return sealing.identities(given)
    except sealing.KeyFormatError as error:
        raise RefusedError(str(error)) from error
    except OSError as error:
        raise RefusedError(f"秘密鍵が読めません: {given}（{error.strerror}）") from error


def _was_ready() -> bool:
    """A database that can't even be read is one more reason to restore."""
    try:
        return is_ready()
    except DatabaseError:
        return False


def _ask() -> None:
    said = "名簿にはもう職員がいます。いまのデータは捨てずに脇へ置きます。"
    if not sys.stdin.isatty():
        raise RefusedError(f"{said}それでも戻すときは --force をつけてください。")
    tell(said, f"先に meibo serve を止めてください。戻してよければ「{_YES}」と入れてください。")
    if input().strip() != _YES:
        raise RefusedError("やめました。何もしていません。")


def _tell(done: restoring.Restored, found: checking.Report) -> None:
    for line in found.differences:
        print(line)
    contents = found.contents
    tell(
        f"{done.manifest.moment} のバックアップを戻しました。",
        f"発令 {contents.lines}  届出 {contents.filings}  職員 {contents.people}  "
        f"監査ログ {contents.audits}",
        f"目録との違い: {len(found.unlike)}  名簿の違い: {len(found.differences)}  "
        f"監査ログ: {'途切れなし' if not found.broken_at else f'{found.broken_at}番で途切れ'}",
    )
    if done.aside:
        tell(f"前のデータ: {done.aside}")
    if done.town:
        tell(f"町の設定: {done.town}（使うときは MEIBO_TOWN に指定してください）")
