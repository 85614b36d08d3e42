"""What reading a package gives: records of canonical fields, code tables, and findings."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from meibo.domain.findings import Finding
from meibo.platform.feeds.recall import Seen


@dataclass(frozen=True, slots=True)
class CodeRow:
    """One row of a code table. `grade`: that a post belongs to; `extra`: its other columns."""

    code: str
    name: str
    grade: int | None = None
    extra: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Record:
    """One record that was taken.

    `number` counts data records of `file` from 1; `values` maps canonical fields to typed values
    (str exactly as on record, date, int, float, bool, list, None for nothing). Every field of the
    role is there, None where the file has no such column. `base`: 基準日 of a master, else None.
    """

    file: str
    role: str
    number: int
    values: dict[str, Any]
    base: date | None = None


@dataclass(frozen=True, slots=True)
class FileCount:
    """What became of the rows of one file (or sheet): `read` = `taken` + `refused` + `left_out`,
    the last of them rows that somebody chose not to take. `spared`: how many of the taken are not
    among the records, because they are as they were in the delivery before."""

    file: str
    role: str
    taken: int = 0
    refused: int = 0
    left_out: int = 0
    spared: int = 0

    @property
    def read(self) -> int:
        """How many rows there are."""
        return self.taken + self.refused + self.left_out


@dataclass(slots=True)
class Package:
    """Everything one folder gave.

    `records`: role → records in the order of the files and of their rows. `tables`: name of the
    code table → code → row. `findings`: by file in the order read, record, column. `counts`: what
    became of the rows of each file; `seen`: what may be kept of it for the next delivery.
    """

    records: dict[str, list[Record]] = field(default_factory=dict)
    tables: dict[str, dict[str, CodeRow]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    counts: list[FileCount] = field(default_factory=list)
    seen: Seen | None = None

    def spared(self, role: str) -> int:
        """How many records more there are of a role, which were known already."""
        return sum(count.spared for count in self.counts if count.role == role)
