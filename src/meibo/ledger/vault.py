"""Personal values at rest: AES-256-GCM under one data key per person, keys wrapped by one.

A sealed value is `1:` and base64 of nonce and ciphertext; the subject and the field are
bound in as associated data, so that a value can't be moved to another place unnoticed.
Deleting a person's key makes every sealed value of that person unreadable (shredding).
Nonces are 96 random bits as NIST SP 800-38D 8.2.2 allows.
"""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import Iterable

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from meibo.ledger.models import DataKey

_NONCE = 12
_MARK = "1:"


def _master() -> tuple[AESGCM, str]:
    key: bytes = settings.MEIBO_MASTER_KEY
    return AESGCM(key), hashlib.sha256(key).hexdigest()[:16]


def master_fits() -> bool:
    """Whether the master key is the one that wrapped the keys of people; true without any."""
    _, master_id = _master()
    return not DataKey.objects.exclude(master=master_id).exists()


class Vault:
    """Opens and closes the values of people; holds unwrapped keys only while it lives."""

    def __init__(self) -> None:
        self._keys: dict[str, AESGCM] = {}

    def prepare(self, people: Iterable[str]) -> None:
        """Fetch the keys of many people in a few queries."""
        wanted = [p for p in people if p not in self._keys]
        master, _ = _master()
        for i in range(0, len(wanted), 900):
            for row in DataKey.objects.filter(person_id__in=wanted[i : i + 900]):
                self._keys[row.person_id] = _unwrap(master, row.person_id, bytes(row.wrapped))

    def create(self, people: Iterable[str]) -> None:
        """Make a data key for each of these people (who have none yet)."""
        master, master_id = _master()
        rows = []
        for person in people:
            key = AESGCM.generate_key(256)
            nonce = os.urandom(_NONCE)
            wrapped = nonce + master.encrypt(nonce, key, person.encode())
            rows.append(DataKey(person_id=person, wrapped=wrapped, master=master_id))
            self._keys[person] = AESGCM(key)
        DataKey.objects.bulk_create(rows, batch_size=500)

    def seal(self, person: str, field: str, value: str) -> str:
        """Encrypt one value. Raises KeyError for a person without a key."""
        nonce = os.urandom(_NONCE)
        data = self._keys[person].encrypt(nonce, value.encode(), f"{person}/{field}".encode())
        return _MARK + base64.b64encode(nonce + data).decode()

    def open(self, person: str, field: str, sealed: str) -> str | None:
        """Decrypt one value; None when the person's key has been shredded."""
        if person not in self._keys:
            self.prepare([person])
        key = self._keys.get(person)
        if key is None:
            return None
        raw = base64.b64decode(sealed.removeprefix(_MARK))
        return key.decrypt(raw[:_NONCE], raw[_NONCE:], f"{person}/{field}".encode()).decode()


def _unwrap(master: AESGCM, person: str, wrapped: bytes) -> AESGCM:
    return AESGCM(master.decrypt(wrapped[:_NONCE], wrapped[_NONCE:], person.encode()))
