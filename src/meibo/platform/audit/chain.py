"""The chain: each record's hash covers its content and the hash before it (SHA-256).

Whoever alters, removes, adds or reorders a record would have to make every later hash anew, and
the anchors, which lie elsewhere, would tell.
"""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import NamedTuple

START = "0" * 64
"""What the first record follows."""


class Content(NamedTuple):
    """What of a record is hashed, in this order."""

    no: int
    moment: datetime
    act: str
    actor: str
    person: str
    address: str
    purpose: str
    detail: str
    subjects: tuple[str, ...]


def link(before: str, content: Content) -> str:
    """The hash of a record that follows the one whose hash is `before`, in hexadecimal."""
    moment = content.moment.astimezone(UTC).isoformat(timespec="microseconds")
    parts = [before, content.no, moment, *content[2:8], sorted(content.subjects)]
    text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
