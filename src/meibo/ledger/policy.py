"""The disclosure table in force, from the town's file."""

from __future__ import annotations

import csv
import io
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from meibo.domain import names
from meibo.domain.disclosure import Table, parse_cached
from meibo.domain.finding.writing import Fold


def table() -> Table:
    """公開基準 as `town/disclosure.csv` states it now."""
    path = Path(settings.MEIBO_TOWN) / "disclosure.csv"
    return parse_cached(_text(path, path.stat().st_mtime_ns))


def fold() -> Fold:
    """The form in which names are compared, with the town's own variants (`town/names.csv`)."""
    path = Path(settings.MEIBO_TOWN) / "names.csv"
    if not path.is_file():
        return names.fold
    return _folding(_text(path, path.stat().st_mtime_ns))


@lru_cache(maxsize=2)
def _folding(text: str) -> Fold:
    rows, _ = names.variant_rows(csv.DictReader(io.StringIO(text)))
    return names.Folding(rows).fold


@lru_cache(maxsize=4)
def _text(path: Path, _changed: int) -> str:
    return path.read_text(encoding="utf-8-sig")
