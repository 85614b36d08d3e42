"""Opening a backup: everything is unpacked beside and checked before anything is touched."""

from __future__ import annotations

import hashlib
import tarfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import IO, Any

import pyrage

from meibo.platform.backup import manifest, sealing
from meibo.platform.backup.manifest import BrokenBackupError, Manifest, Member

_CHUNK = 1 << 20
_ROOTS = frozenset({"database", "photos", "files", "town"})
_LONGEST = 64 << 20  # bytes of a manifest
Progress = Callable[[str, int, int], None]


def unpack(
    path: Path, keys: list[Any], folder: Path, *, progress: Progress | None = None
) -> Manifest:
    """Unpack into an empty folder and compare every file with the manifest.

    Raises BrokenBackupError with what is wrong, OSError (a full disk).
    """
    found: list[Member] = []
    stated: list[Manifest] = []

    def take(tar: tarfile.TarFile) -> None:
        for entry in tar:
            file = tar.extractfile(entry) if entry.isreg() else None
            if file is None:
                raise BrokenBackupError(f"ファイルでないものが入っています: {entry.name}")
            if entry.name == manifest.NAME:
                stated.append(manifest.parse(file.read(_LONGEST)))
            else:
                found.append(_extract(entry.name, file, folder))
                if progress:
                    progress("バックアップを開く", len(found), len(found) + 1)

    try:
        sealing.read(path, keys, take)
    except (pyrage.DecryptError, OSError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise  # the disk, not the cipher
        raise BrokenBackupError(
            "復号できません。秘密鍵が違うか、バックアップが途中で変わっています。"
        ) from error
    except (tarfile.TarError, EOFError) as error:
        raise BrokenBackupError("バックアップの中身が傷んでいます。") from error
    if len(stated) != 1:
        raise BrokenBackupError("バックアップに目録がありません（最後まで書かれていません）。")
    _compare(stated[0], found)
    return stated[0]


def _extract(name: str, file: IO[bytes], folder: Path) -> Member:
    parts = PurePosixPath(name).parts
    if len(parts) < 2 or parts[0] not in _ROOTS or ".." in parts:
        raise BrokenBackupError(f"置き場所のわからないファイルです: {name}")
    target = folder.joinpath(*parts)
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with target.open("xb") as out:
        while data := file.read(_CHUNK):
            digest.update(data)
            size += len(data)
            out.write(data)
    return Member(name, size, digest.hexdigest())


def _compare(stated: Manifest, found: list[Member]) -> None:
    expected = {each.name: each for each in stated.files}
    for each in found:
        if expected.pop(each.name, None) != each:
            raise BrokenBackupError(f"目録と違うファイルがあります: {each.name}")
    if expected:
        raise BrokenBackupError(f"目録にあるファイルがありません: {next(iter(expected))}")
