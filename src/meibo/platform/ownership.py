"""Field ownership: which system leads a field (`town/ownership.csv`).

One place leads each field, so that nothing is typed twice and nothing is overwritten in silence.
A change elsewhere becomes a proposal to the place that leads.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from django.conf import settings


class Leader(StrEnum):
    """Who leads a field."""

    PAYROLL = "payroll"
    ROSTER = "roster"
    PERSON = "person"


LABELS: Mapping[Leader, str] = {
    Leader.PAYROLL: "人事給与",
    Leader.ROSTER: "名簿",
    Leader.PERSON: "本人の届出",
}


class OwnershipError(ValueError):
    """The town's file cannot be used; the message says in which line, and why."""


@dataclass(frozen=True, slots=True)
class Owned:
    """One field from a day on (None: ever since): who leads it and what that means here."""

    field: str
    label: str
    leads: Leader
    starts: date | None
    note: str


def ownership(on: date) -> dict[str, Owned]:
    """Field → who leads it on a day, in the order of the file. What is not in it, payroll leads."""
    found: dict[str, Owned] = {}
    for each in _rows():
        if each.starts is None or each.starts <= on:
            found[each.field] = each
    return found


def coming(on: date) -> list[Owned]:
    """What will change after a day."""
    return [each for each in _rows() if each.starts is not None and each.starts > on]


def leader(field: str, on: date) -> Leader:
    """Who leads a field on a day."""
    owned = ownership(on).get(field)
    return owned.leads if owned else Leader.PAYROLL


def _rows() -> tuple[Owned, ...]:
    path = Path(settings.MEIBO_TOWN) / "ownership.csv"
    return _read(path, path.stat().st_mtime_ns) if path.is_file() else ()


@lru_cache(maxsize=4)
def _read(path: Path, _changed: int) -> tuple[Owned, ...]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(enumerate(csv.DictReader(file), 2))
    owned = [_owned(line, row) for line, row in rows]
    return tuple(sorted(owned, key=lambda each: each.starts or date.min))


def _owned(line: int, row: Mapping[str, str]) -> Owned:
    try:
        starts = date.fromisoformat(row["starts"]) if row.get("starts") else None
        leads = Leader(row["leads"])
        return Owned(row["field"], row["label"], leads, starts, row.get("note") or "")
    except (KeyError, ValueError) as error:
        allowed = "、".join(Leader)
        raise OwnershipError(
            f"ownership.csv の{line}行目が読めません。"
            f"列は field,label,leads,starts,note、leads は {allowed} です。"
        ) from error
