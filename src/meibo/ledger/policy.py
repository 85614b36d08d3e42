"""The disclosure table in force, from the town's file."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from meibo.domain.disclosure import Table, parse_cached


def table() -> Table:
    """公開基準 as `town/disclosure.csv` states it now."""
    path = Path(settings.MEIBO_TOWN) / "disclosure.csv"
    return parse_cached(_text(path, path.stat().st_mtime_ns))


@lru_cache(maxsize=4)
def _text(path: Path, _changed: int) -> str:
    return path.read_text(encoding="utf-8-sig")
