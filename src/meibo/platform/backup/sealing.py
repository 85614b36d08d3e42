"""A tar stream into a file, encrypted to age recipients on its way, and out of it again.

Nothing of it lies anywhere unencrypted: the stream passes through a pipe.
"""

from __future__ import annotations

import hashlib
import os
import tarfile
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, BinaryIO

import pyrage

_MARK = b"age-encryption.org/v1"
_SECRET = "AGE-SECRET-KEY-"  # nosec B105  # how such a key begins
Fill = Callable[[tarfile.TarFile], None]


class KeyFormatError(Exception):
    """A recipient or an identity that can't be read; the message says which, in Japanese."""


def recipients(texts: Iterable[str]) -> list[Any]:
    """`age1…` or `ssh-…`, as public keys. Raises KeyFormatError."""
    found: list[Any] = []
    for text in texts:
        kind = pyrage.ssh if text.startswith("ssh-") else pyrage.x25519
        try:
            found.append(kind.Recipient.from_str(text))
        except (pyrage.RecipientError, ValueError) as error:
            raise KeyFormatError(f"「{text[:24]}…」は age の公開鍵として読めません。") from error
    return found


def identities(path: Path) -> list[Any]:
    """The secret keys in a file of age or SSH. Raises KeyFormatError, OSError."""
    content = path.read_bytes()
    try:
        if content.startswith(b"-----BEGIN"):
            return [pyrage.ssh.Identity.from_buffer(content)]
        lines = content.decode("ascii").split()
        found = [pyrage.x25519.Identity.from_str(x) for x in lines if x.startswith(_SECRET)]
    except (pyrage.IdentityError, ValueError) as error:
        raise KeyFormatError(f"age の秘密鍵として読めません: {path}") from error
    if not found:
        raise KeyFormatError(f"age の秘密鍵がありません: {path}")
    return found


def new_identity(path: Path) -> str:
    """Make a secret key in a file that only its owner reads; returns the public one."""
    made = pyrage.x25519.Identity.generate()
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(f"# public key: {made.to_public()}\n{made}\n")
    return str(made.to_public())


def is_sealed(path: Path) -> bool:
    """Whether the file is encrypted."""
    with path.open("rb") as file:
        return file.read(len(_MARK)) == _MARK


class _Hashing:
    """A file that is written to and hashed at once; keeps the error that stopped it, since age
    tells of it in words of its own."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.digest = hashlib.sha256()
        self.error: OSError | None = None

    def write(self, data: bytes) -> int:
        try:
            self.file.write(data)
        except OSError as error:
            self.error = error
            raise
        self.digest.update(data)
        return len(data)

    def flush(self) -> None:
        self.file.flush()


def write(path: Path, to: list[Any], fill: Fill) -> str:
    """Write a new file, encrypted to these recipients (plain where there are none), and see to it
    that it is on the disk. Returns its SHA-256. `fill` puts the members into the tar."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        out = _Hashing(file)
        try:
            if to:
                _through_pipe(lambda pipe: _fill(pipe, fill), lambda r: _encrypt(r, out, to))
            else:
                _fill(out, fill)
        except Exception:
            if out.error is not None:
                raise out.error from None
            raise
        file.flush()
        os.fsync(file.fileno())
    return out.digest.hexdigest()


def _encrypt(reader: BinaryIO, out: _Hashing, to: list[Any]) -> None:
    pyrage.encrypt_io(reader, out, to)


def _fill(out: Any, fill: Fill) -> None:
    with tarfile.open(fileobj=out, mode="w|", format=tarfile.PAX_FORMAT) as tar:
        fill(tar)


def read(path: Path, keys: list[Any], take: Fill) -> None:
    """Open a file and let `take` read the tar in it, front to back. Raises pyrage.DecryptError,
    tarfile.TarError, OSError."""
    with path.open("rb") as file:
        if not is_sealed(path):
            _take(file, take)
            return
        _through_pipe(
            lambda pipe: pyrage.decrypt_io(file, pipe, keys), lambda reader: _take(reader, take)
        )


def _take(reader: Any, take: Fill) -> None:
    with tarfile.open(fileobj=reader, mode="r|") as tar:
        take(tar)
    while reader.read(1 << 20):  # the end of the stream is authenticated as well
        pass


def _through_pipe(produce: Callable[[BinaryIO], None], consume: Callable[[BinaryIO], None]) -> None:
    """Run both at once; the first error of the producer counts before one of the consumer."""
    source, sink = os.pipe()
    failed: list[BaseException] = []

    def run() -> None:
        try:
            with os.fdopen(sink, "wb") as pipe:
                produce(pipe)
        except BaseException as error:  # noqa: BLE001  # handed on to who waits, below
            failed.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    trouble: Exception | None = None
    try:
        with os.fdopen(source, "rb") as reader:
            consume(reader)
    except Exception as error:  # noqa: BLE001  # raised below, when the other side has ended
        trouble = error
    thread.join()
    for cause in (*(e for e in failed if not isinstance(e, BrokenPipeError)), trouble):
        if cause is not None:
            raise cause
