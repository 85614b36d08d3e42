"""safety telegram: what each telegram, taken alone, means for one place."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from meibo.config.cli.show import show_json, show_rows, tell
from meibo.domain.telegram import Action, Place, UnreadableError, judge, read
from meibo.domain.telegram.tree import MOST_BYTES
from meibo.platform.telegrams.files import Laid, laid, unpacked

_COLUMNS = {
    "file": "ファイル",
    "kind": "種類",
    "status": "運用",
    "event": "イベント",
    "action": "判定",
    "intensity": "震度",
    "areas": "区域",
    "reason": "理由",
}


def telegram(options: argparse.Namespace) -> int:
    """A row for each telegram, read or not; 1 where one could not be read."""
    place = Place(frozenset(options.area), frozenset(options.city), frozenset(options.tsunami))
    if place == Place():
        tell("meibo: --area、--city、--tsunami のどれかで場所を書いてください。")
        return 2
    rows, refused = [], 0
    for one in _laid(options.files):
        row, read_ = _row(one, place)
        rows.append(row)
        if not read_:
            refused += 1
            tell(f"meibo: {row['file']}: {row['reason']}")
    if options.format == "json":
        show_json(rows)
    elif options.format == "csv":
        show_rows(rows, _COLUMNS, options.format)
    else:
        words = [{**row, "action": Action(row["action"]).word} for row in rows]
        show_rows(words, _COLUMNS, options.format)
    if not rows:
        tell("meibo: 電文がありません。")
    return 1 if refused or not rows else 0


def _laid(files: list[str]) -> Iterator[Laid]:
    for file in files:
        if file == "-":
            yield from unpacked("-", sys.stdin.buffer.read(MOST_BYTES + 1))
        else:
            yield from laid(Path(file))


def _row(one: Laid, place: Place) -> tuple[dict[str, Any], bool]:
    if one.wrong:
        return _unread(one.name, one.wrong), False
    try:
        found = read(one.data)
    except UnreadableError as error:
        return _unread(one.name, str(error)), False
    judged = judge(found, place)
    return {
        "file": one.name,
        "kind": found.kind.code,
        "status": str(found.status),
        "event": found.event,
        "action": str(judged.action),
        "intensity": None if judged.intensity is None else judged.intensity.word,
        "areas": list(judged.areas),
        "reason": judged.reason,
    }, True


def _unread(name: str, why: str) -> dict[str, Any]:
    empty: dict[str, Any] = dict.fromkeys(_COLUMNS)
    told = {"file": name, "action": str(Action.IGNORE), "areas": [], "reason": f"読めません：{why}"}
    return {**empty, **told}
