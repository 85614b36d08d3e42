"""Files that wait to be fetched: sealed in the data directory, for a day, for one person."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import transaction

from meibo.apps.papers.models import Kept
from meibo.apps.papers.queries.asked import Made
from meibo.ledger import masters

HOURS = 24
_PURPOSE = b"meibo kept forms"
_ID, _NONCE = 16, 12


class Making(Protocol):
    """A file as it was made."""

    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def content(self) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Origin:
    """What a file was made of: a form, or a subject of another part of the house."""

    form: str = ""
    source: str = ""
    subject: str = ""


def keep(file: Making, *, owner: str, made: Made, of: Origin, now: datetime) -> Kept:
    """Put a file away for its owner, and remove those whose time is over."""
    sweep(now)
    name = secrets.token_hex(16)
    path = _folder() / name
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(_sealed(file.content))
    return Kept.objects.create(
        owner=owner,
        name=file.name,
        kind=file.kind,
        file=name,
        form=of.form,
        source=of.source,
        subject=of.subject,
        count=made.count,
        remarks="\n".join(made.remarks),
        made_at=now,
        until=now + timedelta(hours=HOURS),
    )


def fetch(kept: Kept) -> bytes:
    """The content of a kept file. Raises OSError where it is gone."""
    sealed = (_folder() / kept.file).read_bytes()
    master = sealed[:_ID].decode("ascii")
    nonce, body = sealed[_ID : _ID + _NONCE], sealed[_ID + _NONCE :]
    return _cipher(masters.secret(master)).decrypt(nonce, body, _PURPOSE)


def sweep(now: datetime) -> None:
    """Remove what nobody may fetch any more, and files that a killed job left behind."""
    with transaction.atomic():
        over = list(Kept.objects.filter(until__lte=now))
        Kept.objects.filter(pk__in=[each.pk for each in over]).delete()
    for each in over:
        (_folder() / each.file).unlink(missing_ok=True)
    known = set(Kept.objects.values_list("file", flat=True))
    limit = (now - timedelta(hours=1)).timestamp()
    for path in _folder().iterdir():
        if path.name not in known and path.stat().st_mtime < limit:
            path.unlink(missing_ok=True)


def _folder() -> Path:
    path = Path(settings.MEIBO_DATA) / "papers"
    path.mkdir(mode=0o700, exist_ok=True)
    return path


def _sealed(content: bytes) -> bytes:
    name, _ = masters.current()
    nonce = os.urandom(_NONCE)
    return name.encode() + nonce + _cipher(masters.secret(name)).encrypt(nonce, content, _PURPOSE)


def _cipher(master: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt=None, info=_PURPOSE).derive(master))
