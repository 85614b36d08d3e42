"""drill: can the newest backup be restored, and how fast?"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import asdict
from pathlib import Path

from django.conf import settings

from meibo.config.cli.ready import require_ready
from meibo.config.cli.refusal import RefusedError
from meibo.config.cli.show import show_json, show_rows, tell
from meibo.config.clock import now
from meibo.platform.audit.actions import Actor, Entry, note
from meibo.platform.audit.acts import Act
from meibo.platform.backup import drills, generations, snapshot

_COMMAND = (sys.executable, "-c", "from meibo.config.cli import main; main()")
_COLUMNS = {
    "moment": "訓練の日時",
    "backup": "バックアップ",
    "good": "結果",
    "rpo_seconds": "RPO（秒）",
    "rto_seconds": "RTO（秒）",
    "lines": "発令",
    "people": "職員",
    "audits": "監査ログ",
    "trouble": "問題",
}


def drill(options: argparse.Namespace) -> int:
    """Restore the newest backup into a scratch place and check it; 1 where that fails."""
    if options.history:
        _show(drills.recorded(), options.format)
        return 0
    require_ready()
    there = generations.all_in(options.to or settings.MEIBO_BACKUP_DIR)
    if not there:
        raise RefusedError("バックアップがまだありません。先に meibo backup を実行してください。")
    newest = there[0]
    note(
        Entry(Act.RESTORE, {"what": "drill", "backup": newest.path.name}),
        actor=Actor("meibo drill"),
        now=now(),
    )
    tell(f"{newest.path.name} を別の場所に戻して確かめます。")
    began, moment = time.monotonic(), now()
    identity = options.identity or settings.MEIBO_BACKUP_IDENTITY or None
    try:
        answer = drills.rehearse(_COMMAND, newest, Path(identity) if identity else None)
    except snapshot.ProgramError as error:
        raise RefusedError(str(error)) from error
    found = drills.result(newest, answer, now=moment, seconds=time.monotonic() - began)
    drills.record(found)
    _show([found], options.format)
    return 0 if found.good else 1


def _show(found: list[drills.Drill], form: str) -> None:
    rows = [asdict(each) for each in found]
    if form == "json":
        show_json(rows)
        return
    worded = [row | {"good": "よし" if row["good"] else "失敗"} for row in rows]
    show_rows(worded if form == "table" else rows, _COLUMNS, form)
