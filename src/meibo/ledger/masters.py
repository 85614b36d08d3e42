"""The master keys: the one that wraps from now on, and those that wrapped before it.

A key is known by its id, the first half of SHA-256 over it, in hexadecimal. Where a key lies:
in the environment (`MEIBO_MASTER_KEY`, `MEIBO_OLD_MASTER_KEYS`), in files that only their owner
reads (`master_key`, `master_keys/ID` in the data directory), or behind a program that hands it out
(`MEIBO_KEY_COMMAND`). Files and program are asked anew when an unknown id turns up, so that a
server that was started before a rotation goes on reading.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import secrets
import subprocess  # nosec B404  # the operator's own program, no shell
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

BYTES = 32
FOLDER = "master_keys"
_COMMAND_SECONDS = 30


class MissingKeyError(Exception):
    """No master key of this id is at hand."""


def id_of(key: bytes) -> str:
    """The id of a master key: tells keys apart, tells nothing about them."""
    return hashlib.sha256(key).hexdigest()[:16]


def current() -> tuple[str, AESGCM]:
    """The key that wraps from now on, and its id."""
    key = _kept() or settings.MEIBO_MASTER_KEY
    return id_of(key), AESGCM(key)


def secret(master: str = "") -> bytes:
    """The key itself, for what is sealed under one derived from it: the current one, or the one
    with this id. Raises MissingKeyError."""
    key = _found(master) if master else _kept() or settings.MEIBO_MASTER_KEY
    if key is None:
        raise MissingKeyError(master)
    return bytes(key)


def by_id(master: str) -> AESGCM:
    """The key with this id. Raises MissingKeyError where it is nowhere."""
    key = _found(master)
    if key is None:
        raise MissingKeyError(master)
    return AESGCM(key)


def is_known(master: str) -> bool:
    """Whether the key with this id is at hand."""
    return _found(master) is not None


def known() -> list[str]:
    """The ids of all keys at hand without asking the program, the current one first."""
    first, _ = current()
    stored = {id_of(key) for key in settings.MEIBO_OLD_MASTER_KEYS}
    stored |= {path.name for path in _folder().glob("*") if _read(path) is not None}
    return [first, *sorted(stored - {first})]


def can_renew() -> bool:
    """Whether the current key is a file here, so that a new one can be made here."""
    return _kept() is not None


def renew() -> str:
    """Make a new master key and put it in the current one's place, which stays in `master_keys/`.
    Returns the new id. A kill leaves the one or the other in place, and never loses either."""
    path, held = settings.MEIBO_MASTER_KEY_FILE, _kept()
    if path is None or held is None:
        raise MissingKeyError(str(path))
    _folder().mkdir(mode=0o700, exist_ok=True)
    _write(_folder() / id_of(held), base64.b64encode(held) + b"\n")
    new = secrets.token_bytes(BYTES)
    _write(path, base64.b64encode(new) + b"\n")
    return id_of(new)


def parse(written: str) -> bytes | None:
    """32 bytes in base64; None for anything else."""
    try:
        key = base64.b64decode(written.strip(), validate=True)
    except (binascii.Error, ValueError):
        return None
    return key if len(key) == BYTES else None


def ask(command: tuple[str, ...], name: str) -> bytes | None:
    """What the operator's program prints for an id, or for `current`; None where it has none."""
    try:
        done = subprocess.run(  # nosec B603  # no shell; the operator names the program
            [*command, name], capture_output=True, text=True, check=False, timeout=_COMMAND_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return parse(done.stdout) if done.returncode == 0 else None


def _found(master: str) -> bytes | None:
    kept = _kept()
    held = [settings.MEIBO_MASTER_KEY, *settings.MEIBO_OLD_MASTER_KEYS, *([kept] if kept else [])]
    for key in held:
        if id_of(key) == master:
            return bytes(key)
    stored = _read(_folder() / master) if master.isalnum() else None
    if stored is None and settings.MEIBO_KEY_COMMAND:
        stored = ask(settings.MEIBO_KEY_COMMAND, master)
    return stored if stored is not None and id_of(stored) == master else None


def _kept() -> bytes | None:
    """The current key as its file has it now; None where it does not lie in a file."""
    path: Path | None = settings.MEIBO_MASTER_KEY_FILE
    return None if path is None else _read(path)


def _folder() -> Path:
    return Path(settings.MEIBO_DATA) / FOLDER


def _read(path: Path) -> bytes | None:
    try:
        return parse(path.read_text(encoding="ascii"))
    except (OSError, UnicodeDecodeError):
        return None


def _write(path: Path, content: bytes) -> None:
    """Complete under its name or not there, readable by its owner alone, and on the disk."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
