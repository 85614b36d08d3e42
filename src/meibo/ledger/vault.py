"""Personal values at rest: AES-256-GCM under one data key per person, keys wrapped by one.

A sealed value is `1:` and base64 of nonce and ciphertext; the subject and the field are
bound in as associated data, so that a value can't be moved to another place unnoticed.
Deleting a person's key makes every sealed value of that person unreadable (shredding).
Each key says which master key wraps it, so that keys under several of them live side by side
while a new one takes over (`rewrap`).
Nonces are 96 random bits as NIST SP 800-38D 8.2.2 allows.
"""

from __future__ import annotations

import base64
import binascii
import os
from collections.abc import Callable, Iterable

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection, models, transaction

from meibo.ledger import bulk, masters
from meibo.ledger.models import DataKey

_NONCE = 12
_MARK = "1:"


_BATCH = 500
Progress = Callable[[str, int, int], None]


def master_fits() -> bool:
    """Whether every master key that wraps a key of somebody is at hand; true without any."""
    return all(masters.is_known(master) for master in wrapped_by())


def wrapped_by() -> dict[str, int]:
    """The id of each master key in use → how many keys of people it wraps."""
    used = DataKey.objects.order_by().values_list("master").annotate(models.Count("pk"))
    return {str(master): int(count) for master, count in used}


def rewrap(*, progress: Progress | None = None) -> int:
    """Wrap under the current master key whatever another one wraps; returns how many keys.

    In batches, each a transaction of its own: killed anywhere and called again it goes on. Who
    reads meanwhile finds each key wrapped by the one or the other. No value of a book changes.
    """
    master_id, master = masters.current()
    total = DataKey.objects.exclude(master=master_id).count()
    done = 0
    while count := _rewrap_some(master_id, master):
        done += count
        if progress:
            progress("鍵を包み直す", done, max(total, done))
    return done


@transaction.atomic
def _rewrap_some(master_id: str, master: AESGCM) -> int:
    rows = list(
        DataKey.objects.select_for_update().exclude(master=master_id).order_by("pk")[:_BATCH]
    )
    held = {old: masters.by_id(old) for old in {row.master for row in rows}}
    for row in rows:
        key = _unwrap(held[row.master], row.person_id, bytes(row.wrapped))
        row.wrapped, row.master = _wrap(master, row.person_id, key), master_id
    DataKey.objects.bulk_update(rows, ["wrapped", "master"])
    return len(rows)


class Vault:
    """Opens and closes the values of people; holds unwrapped keys only while it lives."""

    def __init__(self) -> None:
        self._keys: dict[str, AESGCM] = {}
        self._masters: dict[str, AESGCM] = {}

    def prepare(self, people: Iterable[str]) -> None:
        """Fetch the keys of many people in a few queries."""
        wanted = [p for p in people if p not in self._keys]
        select = "SELECT person_id, wrapped, master FROM ledger_datakey WHERE person_id"
        with connection.cursor() as cursor:
            for i in range(0, len(wanted), _BATCH):
                cursor.execute(*bulk.among(select, wanted[i : i + _BATCH]))
                for person, wrapped, master in cursor.fetchall():
                    if master not in self._masters:
                        self._masters[master] = masters.by_id(master)
                    key = _unwrap(self._masters[master], person, bytes(wrapped))
                    self._keys[person] = AESGCM(key)

    def create(self, people: Iterable[str]) -> None:
        """Make a data key for each of these people (who have none yet)."""
        master_id, master = masters.current()
        rows = []
        for person in people:
            key = AESGCM.generate_key(256)
            wrapped = _wrap(master, person, key)
            rows.append((person, wrapped, master_id))
            self._keys[person] = AESGCM(key)
        bulk.insert(DataKey, ("person_id", "wrapped", "master"), rows)

    def seal(self, person: str, field: str, value: str) -> str:
        """Encrypt one value. Raises KeyError for a person without a key."""
        nonce = os.urandom(_NONCE)
        data = self._keys[person].encrypt(nonce, value.encode(), f"{person}/{field}".encode())
        return _MARK + base64.b64encode(nonce + data).decode()

    def seal_bytes(self, person: str, name: str, content: bytes) -> bytes:
        """Encrypt the content of a file. Raises KeyError for a person without a key."""
        if person not in self._keys:
            self.prepare([person])
        nonce = os.urandom(_NONCE)
        return nonce + self._keys[person].encrypt(nonce, content, f"{person}//{name}".encode())

    def open_bytes(self, person: str, name: str, sealed: bytes) -> bytes | None:
        """Decrypt the content of a file; None when the person's key has been shredded."""
        self.prepare([person])
        key = self._keys.get(person)
        if key is None:
            return None
        return key.decrypt(sealed[:_NONCE], sealed[_NONCE:], f"{person}//{name}".encode())

    def open(self, person: str, field: str, sealed: str) -> str | None:
        """Decrypt one value; None when the person's key has been shredded."""
        if person not in self._keys:
            self.prepare([person])
        key = self._keys.get(person)
        if key is None:
            return None
        raw = binascii.a2b_base64(sealed.removeprefix(_MARK))
        return key.decrypt(raw[:_NONCE], raw[_NONCE:], f"{person}/{field}".encode()).decode()


def _wrap(master: AESGCM, person: str, key: bytes) -> bytes:
    nonce = os.urandom(_NONCE)
    return nonce + master.encrypt(nonce, key, person.encode())


def _unwrap(master: AESGCM, person: str, wrapped: bytes) -> bytes:
    return master.decrypt(wrapped[:_NONCE], wrapped[_NONCE:], person.encode())
