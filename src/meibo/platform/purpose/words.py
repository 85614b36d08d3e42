"""The purposes to choose from, as the town has them (`town/purposes.csv`)."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from django.conf import settings

#: With this key the words are the visitor's own.
OTHER = "other"
_ALONE: Mapping[str, str] = {OTHER: "その他"}


def choices() -> Mapping[str, str]:
    """Key → label, in the order of the file; 「その他」 alone where the town has none."""
    path = Path(settings.MEIBO_TOWN) / "purposes.csv"
    if not path.is_file():
        return _ALONE
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=2)
def _read(path: Path, _changed: int) -> Mapping[str, str]:
    rows = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig")))
    found = {row["key"]: row["label"] for row in rows if row.get("key") and row.get("label")}
    return {**found, **({} if OTHER in found else _ALONE)}
