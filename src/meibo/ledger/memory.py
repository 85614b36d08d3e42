"""Notes beside the books for who writes in them often: sealed, dated by the last row, forgettable.

A note says what was true when the books ended where they ended. Nothing follows from it that does
not follow from the books as well; without it the same is only found out more slowly.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from meibo.ledger import masters, rows
from meibo.ledger.models import Memory

_NONCE = 12
_USE = b"meibo.memory"


@dataclass(frozen=True, slots=True)
class Note:
    """What was kept, and the last line and filing of then."""

    content: bytes
    line: int
    filing: int


def keep(name: str, content: bytes, since: tuple[int, int], own: tuple[int, int]) -> None:
    """Keep a note under a name, in the place of an older one; it is dated now.

    `since`: where the books ended when they were read for it; `own`: how many lines and filings
    whoever keeps it has written since. Nothing is kept if others have written too: what they wrote
    would look known.
    """
    if rows.count_since(*since) != own:
        return
    line, filing = rows.last()
    master, _ = masters.current()
    nonce = os.urandom(_NONCE)
    sealed = nonce + _cipher(master).encrypt(nonce, content, name.encode())
    Memory.objects.update_or_create(
        name=name,
        defaults={"line": line, "filing": filing, "master": master, "content": sealed},
    )


def kept(name: str) -> Note | None:
    """The note of that name, if there is one that can be read."""
    row = Memory.objects.filter(name=name).first()
    if row is None:
        return None
    sealed = bytes(row.content)
    try:
        content = _cipher(row.master).decrypt(sealed[:_NONCE], sealed[_NONCE:], name.encode())
    except (InvalidTag, masters.MissingKeyError):
        return None
    return Note(content, row.line, row.filing)


def forget() -> None:
    """Forget everything: for when somebody's record goes."""
    Memory.objects.all().delete()


def _cipher(master: str) -> AESGCM:
    """A key for notes alone, made from the master key."""
    secret = masters.secret(master)
    return AESGCM(hashlib.blake2b(_USE, key=secret, digest_size=32).digest())
