"""Work that one process does at a time, on one machine."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings


@contextmanager
def alone(name: str) -> Iterator[bool]:
    """Whether this process has the work of that name to itself. The kernel gives the lock back
    however its holder ends."""
    path = Path(settings.MEIBO_DATA) / f"{name}.lock"
    descriptor = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        yield False
    else:
        yield True
    finally:
        os.close(descriptor)
