"""What a backup says of itself: what is in it, byte by byte, and how much that is in words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

FORMAT = 1
NAME = "manifest.json"


class BrokenBackupError(Exception):
    """The backup is not what it says it is; the message says where, in Japanese."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file: its name in the archive, its size in bytes, SHA-256 in hexadecimal."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What the databases hold. `book`, `filed`: heads of the books; `audit`: hash of the log's last
    record."""

    lines: int
    filings: int
    people: int
    audits: int
    book: str
    filed: str
    audit: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """`moment`: when the books were copied, ISO with zone; `engine`: sqlite or postgresql."""

    version: str
    moment: str
    engine: str
    contents: Contents
    files: tuple[Member, ...]
    format: int = FORMAT

    def as_json(self) -> str:
        """For the archive itself."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1)

    def outline(self) -> dict[str, Any]:
        """For the file beside the archive: no names, for those of pictures may tell of people."""
        told = asdict(self)
        files = told.pop("files")
        return told | {"files": len(files), "bytes": sum(each["size"] for each in files)}


def parse(text: bytes) -> Manifest:
    """Read a manifest. Raises BrokenBackupError for what is none."""
    try:
        raw: Mapping[str, Any] = json.loads(text)
        if raw["format"] != FORMAT:
            raise BrokenBackupError(f"知らない形式のバックアップです（{raw['format']}）。")
        files = tuple(Member(**each) for each in raw["files"])
        contents = Contents(**raw["contents"])
        return Manifest(raw["version"], raw["moment"], raw["engine"], contents, files)
    except (ValueError, KeyError, TypeError) as error:
        raise BrokenBackupError("バックアップの目録が読めません。") from error
