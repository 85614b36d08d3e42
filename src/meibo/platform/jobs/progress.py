"""How far a job has got, and whether somebody is at it: both as files in the data directory.

Not in the database: work that is one transaction could not tell there how far it is, and on SQLite
nobody else can write meanwhile. A lock on a file ends with the process that holds it, however that
ends, so whoever was killed is noticed at once and needs no heartbeat.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings


def folder() -> Path:
    """Where the files lie."""
    path = Path(settings.MEIBO_DATA) / "jobs"
    path.mkdir(mode=0o700, exist_ok=True)
    return path


@contextmanager
def held(number: int) -> Iterator[bool]:
    """Hold a job while it is worked on; False where somebody else holds it."""
    descriptor = os.open(folder() / f"{number}.lock", os.O_CREAT | os.O_RDWR, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
    finally:
        os.close(descriptor)


def tell(number: int, what: str, done: int, total: int) -> None:
    """Write down how far a job has got."""
    path = folder() / f"{number}.json"
    part = path.with_suffix(".part")
    part.write_text(json.dumps([what, done, total], ensure_ascii=False), encoding="utf-8")
    part.replace(path)


def told(number: int) -> tuple[str, int, int]:
    """How far a job has got: what is being done, how much of it, of how much."""
    try:
        what, done, total = json.loads((folder() / f"{number}.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return "", 0, 0
    return str(what), int(done), int(total)


def forget(number: int) -> None:
    """Remove what is left of an ended job."""
    for suffix in (".json", ".lock"):
        (folder() / f"{number}{suffix}").unlink(missing_ok=True)
