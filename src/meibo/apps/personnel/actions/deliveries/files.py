"""The files of a delivery, in the data directory for their owner alone, until they are loaded."""

from __future__ import annotations

import io
import os
import shutil
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO
from zipfile import BadZipFile, ZipFile, ZipInfo

from django.conf import settings

MOST_BYTES = 200 << 20
MOST_TOGETHER = 400 << 20
MOST_FILES = 60
_MOST_TIMES, _LEAST_SUSPECT = 200, 8 << 20
_KINDS = frozenset({".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls"})
_BLOCK = 1 << 20
_LONGEST = 150


class UnfitError(ValueError):
    """Files that can't be taken; the message says which, why, and what to do."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A file as somebody hands it over."""

    name: str
    content: IO[bytes]
    size: int


def folder(number: int) -> Path:
    """Where everything of one intake lies."""
    path = Path(settings.MEIBO_DATA) / "intake" / str(number)
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.parent.chmod(0o700)
    return path


def files(number: int) -> Path:
    """Where its files lie."""
    path = folder(number) / "files"
    path.mkdir(mode=0o700, exist_ok=True)
    return path


def names(number: int) -> list[tuple[str, int]]:
    """Its files and how large each is."""
    found = sorted(p for p in files(number).iterdir() if p.is_file())
    return [(p.name, p.stat().st_size) for p in found]


def remove(number: int) -> None:
    """Remove everything of an intake."""
    shutil.rmtree(Path(settings.MEIBO_DATA) / "intake" / str(number), ignore_errors=True)


def remove_one(number: int, name: str) -> bool:
    """Remove one file; False where there is none of this name."""
    path = files(number) / fit_name(name)
    if not path.is_file():
        return False
    path.unlink()
    return True


def put(target: Path, offered: Iterable[Offered]) -> list[str]:
    """Lay files down, a ZIP unpacked; all of them or none. Returns their names.

    Raises UnfitError for what is too large, of another kind, or twice.
    """
    written: list[Path] = []
    try:
        for each in offered:
            for name, content, size in _unpacked(each):
                _room(target, size, name)
                written.append(_write(target / name, content, name))
    except UnfitError:
        for path in written:
            path.unlink(missing_ok=True)
        raise
    if not written:
        raise UnfitError("ファイルが選ばれていません。取り込むファイルを選んでください。")
    return [path.name for path in written]


def _unpacked(offered: Offered) -> Iterable[tuple[str, IO[bytes], int]]:
    if offered.size > MOST_BYTES:
        raise UnfitError(
            f"「{offered.name}」は{MOST_BYTES >> 20}MBを超えています。分けてください。"
        )
    if not offered.name.lower().endswith(".zip"):
        yield _checked(offered.name), offered.content, offered.size
        return
    try:
        packed = ZipFile(offered.content)
    except BadZipFile as error:
        raise UnfitError(
            f"「{offered.name}」は ZIP として開けません。作り直してください。"
        ) from error
    with packed:
        entries = [e for e in packed.infolist() if not e.is_dir()]
        _bounded(offered, entries)
        for entry in entries:
            name = PurePosixPath(_entry_name(entry).replace("\\", "/")).name
            if name.startswith(("._", ".", "~$")) or name == "Thumbs.db":
                continue
            yield (
                _checked(name, offered.name),
                _opened(packed, entry, offered.name),
                entry.file_size,
            )


def _bounded(offered: Offered, entries: list[ZipInfo]) -> None:
    """Refuse what would fill the disk when unpacked, before it is."""
    size = sum(entry.file_size for entry in entries)
    swollen = size > _LEAST_SUSPECT and size > offered.size * _MOST_TIMES
    if len(entries) > MOST_FILES or size > MOST_TOGETHER or swollen:
        raise UnfitError(
            f"「{offered.name}」は、展開すると大きすぎるか、ファイルが多すぎます"
            f"（{MOST_FILES}個・{MOST_TOGETHER >> 20}MBまで）。"
        )


def _opened(packed: ZipFile, entry: ZipInfo, name: str) -> IO[bytes]:
    """What a packed file holds, never more than it says."""
    if entry.flag_bits & 1:
        raise UnfitError(f"「{name}」にはパスワードが付いています。外してから送ってください。")
    try:
        with packed.open(entry) as inside:
            data = inside.read(entry.file_size + 1)
    except (BadZipFile, NotImplementedError, OSError, RuntimeError) as error:
        raise UnfitError(f"「{name}」の中のファイルが壊れています。作り直してください。") from error
    if len(data) > entry.file_size:
        raise UnfitError(f"「{name}」の中のファイルの大きさが、書かれているものと違います。")
    return io.BytesIO(data)


def _entry_name(entry: ZipInfo) -> str:
    """Windows packs names in CP932 without saying so."""
    if entry.flag_bits & 0x800:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("cp932")
    except UnicodeError:
        return entry.filename


def fit_name(name: str) -> str:
    """A name without any folder, in the form in which definitions compare names."""
    return unicodedata.normalize("NFC", PurePosixPath(name.replace("\\", "/")).name)


def _checked(name: str, packed_in: str = "") -> str:
    own = fit_name(name)
    where = f"（{packed_in} の中）" if packed_in else ""
    odd = not own or len(own) > _LONGEST or own.startswith(".") or not own.isprintable()
    if odd or len(own.encode()) > 250:
        raise UnfitError(f"名前の使えないファイルがあります{where}。短い名前に変えてください。")
    if Path(own).suffix.lower() not in _KINDS:
        raise UnfitError(
            f"「{own}」{where}は取り込める種類ではありません。CSV・TSV・Excel（.xlsx）か、"
            "それらをまとめた ZIP を選んでください。"
        )
    return own


def _room(target: Path, size: int, name: str) -> None:
    held = [p.stat().st_size for p in target.iterdir() if p.is_file()]
    if len(held) >= MOST_FILES or sum(held) + size > MOST_TOGETHER:
        raise UnfitError(
            f"「{name}」を加えると多すぎます（{MOST_FILES}個・{MOST_TOGETHER >> 20}MBまで）。"
            "取込を分けてください。"
        )


def _write(path: Path, content: IO[bytes], name: str) -> Path:
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise UnfitError(
            f"「{name}」という名前のファイルがもうあります。外してから加えてください。"
        ) from error
    with os.fdopen(descriptor, "wb") as file:
        while part := content.read(_BLOCK):
            file.write(part)
    return path
