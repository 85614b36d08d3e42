"""Documents of people (scans): encrypted under the person's key, one file each, in the data
directory. The book of filings says which file it is, by a name that tells nothing.

Whoever is shredded loses the key, and so whatever lies here of them, in any copy.
"""

from __future__ import annotations

import json
import os
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.db.models import Q

from meibo.domain.documents import cleaned, kind_of
from meibo.domain.free_fields import PREFIX
from meibo.ledger import joins
from meibo.ledger.models import FilingLine
from meibo.ledger.vault import Vault

FOLDER = "files/documents"
LICENCE = "licence"
"""The field of the licences that people file; each may have a scan."""
_NAME = re.compile(r"[0-9a-f]{32}")
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Document:
    """One document as it is filed: where it lies, what it was called, what it is, how large."""

    file: str
    name: str
    kind: str
    size: int

    def filed(self) -> str:
        """How the book writes it."""
        told = {"file": self.file, "name": self.name, "kind": self.kind, "size": self.size}
        return json.dumps(told, ensure_ascii=False)


def read(text: str) -> Document | None:
    """The document that a text of the book, or of a filing on its way, names."""
    try:
        return of(json.loads(text)) if text else None
    except ValueError:
        return None


def take_down(document: Document) -> None:
    """Remove the file of a document that never came into the book."""
    if _NAME.fullmatch(document.file):
        (Path(settings.MEIBO_DATA) / FOLDER / document.file).unlink(missing_ok=True)


def of(held: Any) -> Document | None:
    """The document that a card holds."""
    if not isinstance(held, dict) or not _NAME.fullmatch(str(held.get("file"))):
        return None
    return Document(held["file"], str(held["name"]), str(held["kind"]), int(held["size"]))


def store(person: str, name: str, content: bytes) -> Document:
    """Check, clean, encrypt and lay down; the filing is the caller's. Raises DocumentError."""
    kind = kind_of(content)
    plain = cleaned(content, kind)
    file = secrets.token_hex(16)
    folder = Path(settings.MEIBO_DATA) / FOLDER
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    sealed = Vault().seal_bytes(person, file, plain)
    with (folder / f".{file}").open("xb") as out:  # whole or not there
        out.write(sealed)
        out.flush()
        os.fsync(out.fileno())
    (folder / f".{file}").rename(folder / file)
    return Document(file, _plain_name(name), kind, len(plain))


def _plain_name(name: str) -> str:
    """What it was called, without a path and without what no name has."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(c for c in last if c.isprintable())[-_LONGEST:].strip() or "書類"


def content_of(person: str, document: Document) -> bytes | None:
    """What is in it; None where the file is missing or the person was shredded."""
    place = Path(settings.MEIBO_DATA) / FOLDER / document.file
    if not _NAME.fullmatch(document.file) or not place.is_file():
        return None
    sealed, vault = place.read_bytes(), Vault()
    for each in joins.members(person):  # sealed under the id that it was hung on
        try:
            return vault.open_bytes(each, document.file, sealed)
        except InvalidTag:
            continue
    return None


def hung_on(person: str) -> list[Document]:
    """Everything that was ever hung on a person, in the order in which it was filed."""
    vault = Vault()
    held = Q(field__startswith=PREFIX) | Q(field=LICENCE)
    rows = FilingLine.objects.filter(held, subject=person).exclude(value=None)
    found: dict[str, Document] = {}
    for field, value in rows.order_by("no").values_list("field", "value"):
        text = vault.open(person, field, str(value)) or ""
        for document in _named(field, text):
            found[document.file] = document
    return list(found.values())


def _named(field: str, text: str) -> Iterator[Document]:
    """The documents that a value of the book names: itself, or one with each licence."""
    texts = [text] if text.startswith("{") else []
    if field == LICENCE and text.startswith("["):
        texts = [str(row.get("scan") or "") for row in json.loads(text)]
    yield from (document for each in texts if (document := read(each)))


def all_of(person: str) -> tuple[str, ...]:
    """Where all of it lies, below the data directory."""
    return tuple(sorted(f"{FOLDER}/{document.file}" for document in hung_on(person)))
