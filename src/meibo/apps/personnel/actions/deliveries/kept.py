"""The preview as a file beside the delivery: it holds values of people and goes with it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import Any

from meibo.apps.personnel.actions.deliveries import files

MOST = 50_000
"""So many differences are kept to be opened one by one; all are counted."""
_NAME = "differences.jsonl"


def keep(number: int, entries: list[dict[str, Any]]) -> None:
    """Write the differences down, the owner's alone to read."""
    path = files.folder(number) / _NAME
    part = path.with_suffix(".part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        for entry in entries[:MOST]:
            file.write(json.dumps(entry, ensure_ascii=False) + "\n")
    part.replace(path)


def read(number: int) -> Iterator[dict[str, Any]]:
    """The differences that were kept; none where nothing was."""
    path = files.folder(number) / _NAME
    if not path.is_file():
        return
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)
