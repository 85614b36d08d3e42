"""Files that somebody sent and that wait for their turn: sealed until they are read, then gone."""

from __future__ import annotations

import os
import re
import secrets
from datetime import datetime
from pathlib import Path

from django.conf import settings

from meibo.ledger import masters

_NONCE = 12
_TOKEN = re.compile("[0-9a-f]{32}")
_DAY = 24 * 60 * 60


def keep(data: bytes, *, now: datetime) -> str:
    """Keep a file; what was left behind for a day is removed. Returns a name for it."""
    for old in _folder().glob("*.sealed"):
        if now.timestamp() - old.stat().st_mtime > _DAY:
            old.unlink(missing_ok=True)
    token = secrets.token_hex(16)
    master, key = masters.current()
    nonce = os.urandom(_NONCE)
    path = _path(token)
    sealed = master.encode() + nonce + key.encrypt(nonce, data, token.encode())
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(sealed)
    return token


def read(token: str) -> bytes:
    """The file. Raises FileNotFoundError where it is gone."""
    sealed = _path(token).read_bytes()
    master, rest = sealed[:16].decode(), sealed[16:]
    nonce, data = rest[:_NONCE], rest[_NONCE:]
    return masters.by_id(master).decrypt(nonce, data, token.encode())


def drop(token: str) -> None:
    """Remove a file that has been read."""
    _path(token).unlink(missing_ok=True)


def _path(token: str) -> Path:
    """Where a file lies. A page brings the token back: only what was given out is a name."""
    if not _TOKEN.fullmatch(token):
        raise FileNotFoundError(token)
    return _folder() / f"{token}.sealed"


def _folder() -> Path:
    path = Path(settings.MEIBO_DATA) / "exchange"
    path.mkdir(mode=0o700, exist_ok=True)
    return path
