"""Telegrams out of files: plain, gzip, zip, whole folders. Needs neither database nor settings."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from meibo.domain.telegram.tree import MOST_BYTES

_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"
_ENDINGS = (".xml", ".gz", ".zip")
_MOST_MEMBERS = 10_000


@dataclass(frozen=True, slots=True)
class Laid:
    """One telegram as it lay there; `wrong` says why there are no bytes of it."""

    name: str
    data: bytes = b""
    wrong: str = ""


def laid(path: Path) -> Iterator[Laid]:
    """The telegrams of a file or, by name, of a folder and what is below it."""
    if path.is_dir():
        for inside in sorted(p for p in path.rglob("*") if _is_telegram(p)):
            yield from _file(inside)
    else:
        yield from _file(path)


def unpacked(name: str, data: bytes) -> Iterator[Laid]:
    """The telegrams in these bytes, which may be compressed. Never more than a telegram may have is
    unpacked of any one."""
    try:
        if data.startswith(_GZIP):
            yield Laid(name, _bounded(gzip.GzipFile(fileobj=io.BytesIO(data))))
        elif data.startswith(_ZIP):
            yield from _members(name, data)
        else:
            yield Laid(name, data)
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError):
        yield Laid(name, wrong="圧縮ファイルとして壊れているか、開けません。")


def _is_telegram(path: Path) -> bool:
    return path.suffix.lower() in _ENDINGS and not path.name.startswith(".") and path.is_file()


def _file(path: Path) -> Iterator[Laid]:
    try:
        with path.open("rb") as file:
            data = _bounded(file)
    except FileNotFoundError:
        yield Laid(str(path), wrong="ファイルがありません。")
    except OSError as error:
        yield Laid(str(path), wrong=f"ファイルを読めません（{error.strerror}）。")
    else:
        yield from unpacked(str(path), data)


def _members(name: str, data: bytes) -> Iterator[Laid]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        inside = sorted(i for i in archive.namelist() if i.lower().endswith(".xml"))
        for member in inside[:_MOST_MEMBERS]:
            with archive.open(member) as file:
                yield Laid(f"{name}!{member}", _bounded(file))


def _bounded(file: IO[bytes] | gzip.GzipFile) -> bytes:
    """No more than one byte above what is allowed: whoever reads it sees that it is too large."""
    return file.read(MOST_BYTES + 1)
