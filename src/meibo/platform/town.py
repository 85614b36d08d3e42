"""What a municipality says in its own files under `town/`."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from meibo.domain import authorities
from meibo.domain.units import Organisation


def words(kind: str) -> frozenset[str]:
    """The words of one kind in `town/terms.csv`, e.g. `head_post`: the posts that lead a unit."""
    path = Path(settings.MEIBO_TOWN) / "terms.csv"
    return _terms(path, path.stat().st_mtime_ns).get(kind, frozenset())


def text(name: str) -> str:
    """What a file of the town says; empty where the town has none of that name."""
    path = Path(settings.MEIBO_TOWN) / name
    return path.read_text("utf-8-sig") if path.is_file() else ""


def appoints(unit: str | None, tree: Organisation) -> str:
    """Who appoints (任命権者) in a unit of these: `town/authorities.csv`, the nearest row from the
    unit upwards. Empty where the town does not say."""
    known = authorities.parse(text(authorities.FILE))
    return known.of(tree.path(unit), tree.codes.get(unit or "", ()))


@lru_cache(maxsize=4)
def _terms(path: Path, _changed: int) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["kind"], set()).add(row["word"])
    return {kind: frozenset(own) for kind, own in found.items()}


def rows(file: str) -> list[dict[str, str]]:
    """The rows of one of the town's tables, e.g. `plan_rules.csv`; none where the town has no such
    file."""
    path = Path(settings.MEIBO_TOWN) / file
    if not path.exists():
        return []
    return [dict(row) for row in _rows(path, path.stat().st_mtime_ns)]


@lru_cache(maxsize=16)
def _rows(path: Path, _changed: int) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [{name: text or "" for name, text in row.items()} for row in csv.DictReader(file)]
