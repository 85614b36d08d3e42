"""Anchors: the number and hash of a record, kept outside the log.

A chain shows what was altered inside it, but not that its end was cut off or that all of it was
made anew. So the newest record is noted in a small file beside the log (`head`), the last one of
each day in `anchors.jsonl`, and that line can be printed or sent to where nobody of the house can
change it.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from django.conf import settings

_HEAD, _DAYS = "head", "anchors.jsonl"


@dataclass(frozen=True, slots=True)
class Anchor:
    """The last record of a day, in Tokyo."""

    day: str
    no: int
    chain: str


def _folder() -> Path:
    folder = Path(settings.MEIBO_DATA) / "audit"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def keep_head(anchor: Anchor) -> None:
    """Note the newest record. Several processes may write: the file is always whole."""
    draft = _folder() / f".{_HEAD}.{os.getpid()}.{anchor.no}"
    draft.write_text(json.dumps(asdict(anchor)), encoding="ascii")
    draft.replace(_folder() / _HEAD)


def keep_day(anchor: Anchor) -> None:
    """Add the last record of a day that is over; a day has one line."""
    if any(known.day == anchor.day for known in days()):
        return
    with (_folder() / _DAYS).open("a", encoding="ascii") as file:
        file.write(json.dumps(asdict(anchor)) + "\n")
        file.flush()
        os.fsync(file.fileno())


def days() -> list[Anchor]:
    """The anchors of all days, oldest first."""
    path = _folder() / _DAYS
    if not path.is_file():
        return []
    return [Anchor(**json.loads(line)) for line in path.read_text("ascii").splitlines() if line]


def known() -> list[Anchor]:
    """Everything that the log must still hold: the days' anchors and the newest record."""
    path = _folder() / _HEAD
    head = [Anchor(**json.loads(path.read_text("ascii")))] if path.is_file() else []
    return [*days(), *head]


def anchor_of(day: date, no: int, chain: str) -> Anchor:
    """An anchor as it is kept."""
    return Anchor(day.isoformat(), no, chain)
