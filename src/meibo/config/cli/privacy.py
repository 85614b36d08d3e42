"""privacy bundle, privacy leak, privacy register."""

from __future__ import annotations

import argparse
import os
from dataclasses import asdict
from pathlib import Path

from meibo.config.cli.ready import require_ready
from meibo.config.cli.refusal import RefusedError
from meibo.config.cli.show import show_json, show_rows, tell
from meibo.config.clock import now
from meibo.ledger import ties
from meibo.platform.audit.actions import Actor
from meibo.platform.privacy import leaks
from meibo.platform.privacy import register as registering
from meibo.platform.privacy.bundle import bundle as gather

ACTOR = Actor("meibo privacy")
_COLUMNS = {"number": "番号", "label": "事項", "value": "内容", "source": "もと"}


def bundle(options: argparse.Namespace) -> int:
    """Everything held of one person, as PDF and JSON, with what is others' left out."""
    require_ready()
    person = ties.person_numbered(options.number)
    if person is None:
        raise RefusedError(f"職員番号「{options.number}」の職員はいません。")
    if not options.purpose.strip():
        raise RefusedError("--purpose に目的を書いてください。監査ログに残ります。")
    made = gather(person, purpose=options.purpose, actor=ACTOR, now=now())
    folder: Path = options.to
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    sheets = {".json": made.as_json().encode(), ".pdf": made.as_pdf()}
    for ending, content in (sheets | dict(made.documents)).items():
        path = folder / f"{options.number}{ending}"
        if path.exists():
            raise RefusedError(f"もうあります。別の場所にしてください: {path}")
        with open(path, "xb", opener=_ours) as file:
            file.write(content)
        tell(f"書きました: {path}")
    tell(
        f"ほかの人の情報として伏せた箇所: {made.redacted}",
        "伏せられるのは緊急連絡先と、名簿にいるほかの職員の氏名です。"
        "自由に書かれた文と書類（スキャン）は、渡す前に必ず人が読んで確かめてください。",
    )
    return 0


def _ours(path: str, flags: int) -> int:
    """A file that only its owner reads, whatever folder it lies in."""
    return os.open(path, flags, 0o600)


def leak(options: argparse.Namespace) -> int:
    """A draft of the report of a leak, from the audit log."""
    require_ready()
    found = leaks.traced(options.account, options.since, options.until, actor=ACTOR, now=now())
    print(leaks.draft(found, now=now()), end="")
    return 0


def register(options: argparse.Namespace) -> int:
    """個人情報ファイル簿 as the configuration makes it; 1 while the town has yet to write."""
    items = registering.items(on=now().date())
    rows = [asdict(item) for item in items]
    if options.format == "json":
        show_json(rows)
    else:
        show_rows(rows, _COLUMNS, options.format)
    return 1 if any(item.is_missing for item in items) else 0
