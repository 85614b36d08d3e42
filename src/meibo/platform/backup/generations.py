"""The backups in a folder: which there are, whether they are whole, which are kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

PREFIX = "meibo-"
TOKYO = ZoneInfo("Asia/Tokyo")
_ENDINGS = (".tar.age", ".tar")
_NOTE = ".json"
_FORM = "%Y%m%dT%H%M%SZ"


class Keep(NamedTuple):
    """How many generations are kept: the last of each of so many days, weeks and months."""

    daily: int = 7
    weekly: int = 5
    monthly: int = 12


@dataclass(frozen=True, slots=True)
class Generation:
    """One backup. `told`: what was noted beside it when it was written (empty if that is gone)."""

    path: Path
    moment: datetime
    size: int
    told: dict[str, Any]

    @property
    def is_encrypted(self) -> bool:
        return self.path.suffix == ".age"


def all_in(folder: Path) -> list[Generation]:
    """The backups in a folder, the newest first."""
    if not folder.is_dir():
        return []
    found = [one(path) for path in folder.iterdir() if _moment(path) is not None]
    return sorted(found, key=lambda each: each.moment, reverse=True)


def one(path: Path) -> Generation:
    """A backup by its file. Raises OSError; ValueError for a name that is none of ours."""
    moment = _moment(path)
    if moment is None:
        raise ValueError(path.name)
    try:
        told = json.loads(note_of(path).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        told = {}
    return Generation(path, moment, path.stat().st_size, told if isinstance(told, dict) else {})


def _moment(path: Path) -> datetime | None:
    for ending in _ENDINGS:
        if path.name.startswith(PREFIX) and path.name.endswith(ending):
            text = path.name.removeprefix(PREFIX).removesuffix(ending)
            try:
                return datetime.strptime(text, _FORM).replace(tzinfo=UTC)
            except ValueError:
                return None
    return None


def note_of(path: Path) -> Path:
    """Where it is noted what a backup holds."""
    return path.with_name(path.name + _NOTE)


def is_whole(generation: Generation) -> bool:
    """Whether its bytes are those that were written. Reads all of them; needs no key."""
    return bool(generation.told) and digest_of(generation.path) == generation.told.get("sha256")


def digest_of(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def kept(moments: Iterable[datetime], keep: Keep) -> set[datetime]:
    """Which moments stay: the last of each day, week (from Monday) and month, so many of each; the
    newest in any case."""
    newest = sorted(moments, reverse=True)
    spans: list[tuple[int, Callable[[datetime], Hashable]]] = [
        (keep.daily, lambda m: m.date()),
        (keep.weekly, lambda m: m.isocalendar()[:2]),
        (keep.monthly, lambda m: (m.year, m.month)),
    ]
    stay = set(newest[:1])
    for count, span in spans:
        last: dict[Hashable, datetime] = {}
        for moment in newest:
            last.setdefault(span(moment.astimezone(TOKYO)), moment)
        stay |= set(list(last.values())[:count])
    return stay


def prune(folder: Path, keep: Keep) -> list[Generation]:
    """Remove what need not be kept; returns what was removed."""
    there = all_in(folder)
    stay = kept((each.moment for each in there), keep)
    gone = [each for each in there if each.moment not in stay]
    for each in gone:
        each.path.unlink()
        note_of(each.path).unlink(missing_ok=True)
    return gone


def sweep(folder: Path) -> None:
    """Remove what a killed backup left: drafts, and notes on what never got its name."""
    for path in folder.glob(f".{PREFIX}*.part"):
        path.unlink(missing_ok=True)
    for path in folder.glob(f"{PREFIX}*{_NOTE}"):
        if not path.with_name(path.name.removesuffix(_NOTE)).exists():
            path.unlink()
