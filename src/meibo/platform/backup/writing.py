"""Making a backup: copy, pack, encrypt, look at it again, and only then give it its name."""

from __future__ import annotations

import fcntl
import hashlib
import io
import json
import os
import secrets
import shutil
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings

import meibo
from meibo.platform.audit.actions import Actor, Entry, note
from meibo.platform.audit.acts import Act
from meibo.platform.backup import generations, manifest, sealing, snapshot
from meibo.platform.backup.generations import Generation, Keep
from meibo.platform.backup.manifest import Manifest, Member

MEDIA = ("photos", "files")
_SCRATCH = ".backup-"
_CHUNK = 1 << 20
Progress = Callable[[str, int, int], None]


class BusyError(Exception):
    """Another backup is being written to the same place."""


def make(
    to: Path,
    recipients: list[Any],
    *,
    keep: Keep,
    actor: Actor,
    now: datetime,
    progress: Progress | None = None,
) -> Generation:
    """Write one backup into the folder `to` and drop generations that need not be kept.

    Without recipients it is not encrypted; the caller has asked for that. Raises BusyError,
    snapshot.ProgramError, OSError (a full disk); then there is no new backup and all old ones are
    there.
    """
    to.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _alone(to):
        kind = "encrypted" if recipients else "plain"
        note(Entry(Act.BACKUP, {"what": "make", "kind": kind}), actor=actor, now=now)
        generations.sweep(to)
        name = f"{generations.PREFIX}{now.astimezone(UTC):%Y%m%dT%H%M%SZ}.tar"
        target = to / (name + (".age" if recipients else ""))
        with _scratch() as folder:
            if progress:
                progress("データベースを写す", 0, 1)
            contents = snapshot.take(folder)
            _write(target, folder, recipients, contents, now, progress)
        dropped = generations.prune(to, keep)
        if dropped:
            detail = {"what": "drop", "backups": [each.path.name for each in dropped]}
            note(Entry(Act.BACKUP, detail), actor=actor, now=now)
    return generations.one(target)


def _write(
    target: Path,
    folder: Path,
    recipients: list[Any],
    contents: manifest.Contents,
    now: datetime,
    progress: Progress | None,
) -> None:
    made: list[Manifest] = []
    files = _files(folder)

    def fill(tar: tarfile.TarFile) -> None:
        members = []
        for number, (name, path) in enumerate(files):
            if progress:
                progress("まとめて暗号化する", number, len(files))
            members.append(_add(tar, name, path))
        engine = "postgresql" if snapshot.is_postgresql() else "sqlite"
        stated = Manifest(meibo.__version__, now.isoformat(), engine, contents, tuple(members))
        made.append(stated)
        text = stated.as_json().encode()
        tar.addfile(_header(manifest.NAME, len(text)), io.BytesIO(text))

    draft = target.with_name(f".{target.name}.part")
    try:
        digest = sealing.write(draft, recipients, fill)
        if generations.digest_of(draft) != digest:
            raise OSError(f"書いたものと読めるものが違います: {target.parent}")
        outline = made[0].outline() | {"sha256": digest, "size": draft.stat().st_size}
        _put(generations.note_of(target), json.dumps(outline, indent=1).encode())
        draft.rename(target)  # from here on it is there, with what is said of it
        _settle(target.parent)
    finally:
        draft.unlink(missing_ok=True)
    if progress:
        progress("まとめて暗号化する", len(files), len(files))


def _files(folder: Path) -> list[tuple[str, Path]]:
    """What goes in, by its name in the archive. The keys are not among it."""
    data, town = Path(settings.MEIBO_DATA), Path(settings.MEIBO_TOWN)
    roots = [("database", folder), *((name, data / name) for name in MEDIA), ("town", town)]
    return [
        (f"{name}/{path.relative_to(root).as_posix()}", path)
        for name, root in roots
        for path in sorted(root.rglob("*"))
        if path.is_file() and not path.is_symlink()
    ]


def _header(name: str, size: int) -> tarfile.TarInfo:
    header = tarfile.TarInfo(name)
    header.size, header.mode = size, 0o600
    return header


class _Reader:
    """A file that is hashed while it is read, and of one length even if somebody appends to it."""

    def __init__(self, file: Any, size: int) -> None:
        self.file, self.left, self.digest = file, size, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data: bytes = self.file.read(self.left if size < 0 else min(size, self.left))
        self.left -= len(data)
        self.digest.update(data)
        return data


def _add(tar: tarfile.TarFile, name: str, path: Path) -> Member:
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        reader = _Reader(file, size)
        tar.addfile(_header(name, size), reader)
    return Member(name, size, reader.digest.hexdigest())


def _put(path: Path, content: bytes) -> None:
    """Complete under its name or not there."""
    draft = path.with_name(f".{path.name}.part")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.rename(path)


def _settle(folder: Path) -> None:
    """The names in a folder, on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _scratch() -> Iterator[Path]:
    """A folder beside the database, for that is where the same bytes lie already."""
    data = Path(settings.MEIBO_DATA)
    for left in data.glob(f"{_SCRATCH}*"):  # of one that was killed; we are alone
        shutil.rmtree(left, ignore_errors=True)
    folder = data / f"{_SCRATCH}{secrets.token_hex(4)}"
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _alone(to: Path) -> Iterator[None]:
    """One backup at a time of one roster; the lock goes with the process, however that ends."""
    lock = Path(settings.MEIBO_DATA) / ".backup.lock"
    with lock.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BusyError(str(to)) from None
        yield
