"""The feed definitions there are: those in `town/feeds/`, and those made in the browser.

The latter lie in the data directory, one folder each with a file for every version, named by the
moment it was saved; the newest is in force and none is ever changed.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings

from meibo.platform.feeds.definition import Definition, DefinitionError, load_definition

KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
"""What a definition made here may be called in addresses."""
_TOKYO = ZoneInfo("Asia/Tokyo")
_STAMP = "%Y%m%d-%H%M%S"


@dataclass(frozen=True, slots=True)
class Known:
    """One feed definition. `error`: why it can't be used; `own`: made in the browser;
    `versions`: how many there are of it."""

    key: str
    path: Path
    definition: Definition | None
    error: str
    own: bool
    versions: int = 1

    @property
    def name(self) -> str:
        """What it calls itself."""
        return self.definition.name if self.definition else self.key


class UnsavableError(ValueError):
    """A definition that can't be saved under this key; the message says why."""


def town_folder() -> Path:
    """Where the municipality's own files have theirs."""
    return Path(settings.MEIBO_TOWN) / "feeds"


def own_folder() -> Path:
    """Where those made in the browser are kept."""
    folder = Path(settings.MEIBO_DATA) / "feeds"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def known() -> list[Known]:
    """Every definition, those of the town's files first."""
    return [*_in_town(), *_own()]


def find(key: str) -> Known | None:
    """The definition with this key, in its newest version."""
    return next((each for each in known() if each.key == key), None)


def versions(key: str) -> list[Path]:
    """Every version of a definition made in the browser, the newest first."""
    if not KEY.fullmatch(key):
        return []
    return sorted((own_folder() / key).glob("*.toml"), key=lambda p: p.stem, reverse=True)


def saved(version: Path) -> datetime:
    """When a version was saved."""
    return datetime.strptime(version.stem[:15], _STAMP).replace(tzinfo=_TOKYO)


def save(key: str, text: str, *, now: datetime) -> Path:
    """Save a new version. Raises UnsavableError, and DefinitionError for a text that is none."""
    if not KEY.fullmatch(key):
        raise UnsavableError("短い名前は、半角の小文字・数字・「-」で、40字までにしてください。")
    if any(each.key == key for each in _in_town()):
        raise UnsavableError(
            f"「{key}」は区の取込定義で使われています。別の短い名前にしてください。"
        )
    definition = parse(text, own_folder())
    for other in known():
        if other.key != key and other.name == definition.name:
            raise UnsavableError(
                f"「{definition.name}」という名前の取込定義がもうあります（{other.key}）。"
                "1行目の name を変えてください。"
            )
    folder = own_folder() / key
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / f"{now.astimezone(_TOKYO).strftime(_STAMP)}.toml"
    if path.exists():
        path = path.with_name(f"{path.stem}-{len(versions(key)) + 1:03d}.toml")
    _write(path, text)
    return path


def parse(text: str, folder: Path) -> Definition:
    """A text as a definition. Raises DefinitionError. `folder`: where it may lie meanwhile."""
    path = folder / f".{os.getpid()}.trial.toml"
    try:
        _write(path, text)
        return load_definition(path)
    finally:
        path.unlink(missing_ok=True)


def _write(path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)


def _in_town() -> Iterator[Known]:
    for path in sorted(town_folder().glob("*.toml")):
        yield _known(path.stem, path, own=False)


def _own() -> Iterator[Known]:
    for folder in sorted(p for p in own_folder().iterdir() if p.is_dir()):
        found = versions(folder.name)
        if found:
            yield _known(folder.name, found[0], own=True, count=len(found))


def _known(key: str, path: Path, *, own: bool, count: int = 1) -> Known:
    try:
        return Known(key, path, load_definition(path), "", own, count)
    except (DefinitionError, OSError) as error:
        return Known(key, path, None, str(error), own, count)
