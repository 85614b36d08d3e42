"""intake check, intake load, intake watch."""

from __future__ import annotations

import argparse
import re
import time
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.db import close_old_connections

from meibo.apps.personnel.actions import intake
from meibo.apps.personnel.actions.deliveries.drop import sweep
from meibo.apps.personnel.actions.intake.undisturbed import keeping_everything
from meibo.config.cli.ready import is_ready, prepare, require_ready
from meibo.config.cli.refusal import RefusedError
from meibo.config.cli.show import Progress, show_json, show_rows, tell
from meibo.config.clock import now
from meibo.platform.feeds import DefinitionError

_PAUSE = 10  # seconds between two looks at the watched folder
_MASK = "＊＊＊"
_QUOTED = re.compile("([「（])([^「」（）]*)([」）])")
_COLUMNS = {
    "severity": "重さ",
    "file": "ファイル",
    "record": "行",
    "column": "列",
    "staff_no": "職員番号",
    "value": "値",
    "message": "内容",
    "action": "すること",
}


def check(options: argparse.Namespace) -> int:
    """Everything that would happen, and every finding; writes nothing."""
    _paths(options)
    try:
        with keeping_everything():
            outcome = intake.check(
                options.definition,
                options.folder,
                now=now(),
                progress=Progress(),
                books_exist=is_ready(),
            )
    except DefinitionError as error:
        raise RefusedError(str(error)) from error
    return _report(options, outcome)


def load(options: argparse.Namespace) -> int:
    """Take what is right into the books."""
    _paths(options)
    prepare()
    try:
        with keeping_everything():
            outcome = intake.load(
                options.definition,
                options.folder,
                actor="meibo intake",
                now=now(),
                progress=Progress(),
            )
    except DefinitionError as error:
        raise RefusedError(str(error)) from error
    return _report(options, outcome)


def watch(options: argparse.Namespace) -> int:
    """Take complete deliveries out of the watched folder, until stopped."""
    require_ready()
    if settings.MEIBO_DROP_DIR is None:
        raise RefusedError("MEIBO_DROP_DIR が設定されていません。")
    if not settings.MEIBO_DROP_DIR.is_dir():
        raise RefusedError(f"フォルダーがありません: {settings.MEIBO_DROP_DIR}")
    while True:
        taken = sweep(now=now())
        if taken:
            tell(f"受け取りました: {len(taken)}件（取込 第{taken[0]}号から）")
        if options.once:
            return 0
        close_old_connections()
        time.sleep(_PAUSE)


def _paths(options: argparse.Namespace) -> None:
    if not options.definition.is_file():
        raise RefusedError(f"取込定義がありません: {options.definition}")
    if not options.folder.is_dir():
        raise RefusedError(f"ファイルのある場所がありません: {options.folder}")


def _report(options: argparse.Namespace, outcome: intake.Outcome) -> int:
    masked = options.mask or settings.MEIBO_COMMAND_AS == "off"
    rows = [_row(asdict(f), masked=masked) for f in outcome.findings]
    if options.format == "json":
        show_json({"findings": rows, "summary": outcome.summary})
    else:
        show_rows(rows, _COLUMNS, options.format)
        tell(*(f"{name}: {count}" for name, count in outcome.summary.items()))
    if not any(n for name, n in outcome.summary.items() if name.startswith("read_")):
        return 1
    return 2 if rows else 0


def _row(finding: dict[str, Any], *, masked: bool) -> dict[str, Any]:
    """A finding for output. `masked`: for an operator who sees no personal content, without the
    value, and without what its message quotes."""
    row = {**finding, "severity": str(finding["severity"])}
    if masked:
        row["value"] = _MASK if row["value"] else ""
        row |= {name: _QUOTED.sub(rf"\1{_MASK}\3", row[name]) for name in ("message", "action")}
    return row
