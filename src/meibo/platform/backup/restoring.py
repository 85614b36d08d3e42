"""Putting a backup in place. What was there is set aside, never deleted; nothing is touched before
every byte has been checked."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections

import meibo
from meibo.platform.audit.router import DATABASE
from meibo.platform.backup import reading, snapshot
from meibo.platform.backup.manifest import BrokenBackupError, Manifest
from meibo.platform.backup.writing import MEDIA

SCRATCH = ".restore-"
TOWN = "town"
ANCHORS = "audit"
_LOGS = ("-wal", "-shm")
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put in place. `aside`: where that lies which was there before; None where nothing
    was. `town`: where the town's files of the backup lie now, beside those in use."""

    manifest: Manifest
    aside: Path | None
    town: Path | None


def restore(
    file: Path, keys: list[Any], *, now: datetime, progress: Progress | None = None
) -> Restored:
    """Put a backup in place of what is there. Whoever calls it has asked whether that may be.

    Raises BrokenBackupError before anything was touched, OSError, snapshot.ProgramError.
    """
    data = Path(settings.MEIBO_DATA)
    for left in data.glob(f"{SCRATCH}*"):
        shutil.rmtree(left, ignore_errors=True)
    scratch = data / f"{SCRATCH}{secrets.token_hex(4)}"
    scratch.mkdir(mode=0o700)
    try:
        stated = reading.unpack(file, keys, scratch, progress=progress)
        _fits(stated, scratch)
        connections.close_all()
        aside = data / f"set-aside-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
        _set_aside(data, aside)
        for name in (*MEDIA, TOWN):
            if (scratch / name).is_dir():
                (scratch / name).rename(data / name)
        _place_anchors(scratch / "database" / snapshot.ANCHORS, data / ANCHORS)
        _place_database(scratch / "database")
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    town = data / TOWN
    return Restored(stated, aside if aside.exists() else None, town if town.is_dir() else None)


def _fits(stated: Manifest, folder: Path) -> None:
    """Refuse what this house can't hold, and copies that do not hold what is said of them."""
    if stated.engine != ("postgresql" if snapshot.is_postgresql() else "sqlite"):
        raise BrokenBackupError(
            f"{stated.engine} で取ったバックアップです。同じ種類のデータベースに戻してください。"
        )
    if _numbers(stated.version) > _numbers(meibo.__version__):
        raise BrokenBackupError(
            f"新しい版（{stated.version}）で取ったバックアップです。先に meibo を更新してください。"
        )
    if stated.engine == "sqlite":
        names = [folder / "database" / name for name in (snapshot.BOOK, snapshot.AUDIT)]
        if not all(map(Path.is_file, names)) or snapshot.held(*names) != stated.contents:
            raise BrokenBackupError("データベースの中身が、目録に書かれたものと違います。")


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) if part.isdigit() else 0 for part in version.split("."))


def _set_aside(data: Path, aside: Path) -> None:
    """Move away what is there: databases, media, files of an earlier restore."""
    there = [data / name for name in (*MEDIA, TOWN, ANCHORS)]
    if snapshot.is_postgresql():
        aside.mkdir(mode=0o700)
        snapshot.run_program("pg_dump", "-Fc", "-f", str(aside / snapshot.DUMP))
    else:
        books = [_file(alias) for alias in ("default", DATABASE)]
        there += [book.with_name(book.name + end) for book in books for end in ("", *_LOGS)]
    for path in there:
        if path.exists():
            aside.mkdir(mode=0o700, exist_ok=True)
            shutil.move(path, aside / path.name)


def _place_anchors(source: Path, folder: Path) -> None:
    """The anchors go with their log: those of later days would call the older one cut off."""
    if source.is_file():
        folder.mkdir(mode=0o700, exist_ok=True)
        shutil.move(source, folder / source.name)


def _place_database(folder: Path) -> None:
    """The audit log first: without a book the house is still empty, and this can be done again."""
    if snapshot.is_postgresql():
        words = ("--clean", "--if-exists", "--no-owner", "--no-acl", "--single-transaction")
        database = str(connections["default"].settings_dict["NAME"])
        dump = str(folder / snapshot.DUMP)
        snapshot.run_program("pg_restore", *words, dump, database=database)
        return
    for alias, name in ((DATABASE, snapshot.AUDIT), ("default", snapshot.BOOK)):
        target = _file(alias)
        draft = target.with_name(f".{target.name}.part")
        shutil.move(folder / name, draft)
        with draft.open("rb") as file:
            os.fsync(file.fileno())
        draft.rename(target)


def _file(alias: str) -> Path:
    return Path(connections[alias].settings_dict["NAME"])
