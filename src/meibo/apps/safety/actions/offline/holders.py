"""Who takes a roster along: a password of its own, of which only the key stays here, sealed."""

from __future__ import annotations

import os
from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from meibo.apps.safety.actions.offline import sealing
from meibo.apps.safety.models import OfflineKey
from meibo.ledger.vault import Vault
from meibo.platform.accounts.models import Account
from meibo.platform.audit.actions import Actor, Entry, note
from meibo.platform.audit.acts import Act

KEY = "safety:offline"


class HolderError(ValueError):
    """It can't be done; the message says why."""


def key_in_force(person: str) -> OfflineKey | None:
    """By which files are made for somebody."""
    return OfflineKey.objects.filter(person=person, ended_at=None).last()


@transaction.atomic
def set_password(account: Account, password: str, *, actor: Actor, now: datetime) -> OfflineKey:
    """From now on files for this person open with this password. Raises HolderError for one that is
    too easily guessed: who finds a stick may try for years."""
    person = account.person or ""
    try:
        validate_password(password, account)
    except ValidationError as error:
        raise HolderError(" ".join(error.messages)) from error
    if account.has_usable_password() and account.check_password(password):
        raise HolderError("サインインのパスワードとは別のものにしてください。")
    note(Entry(Act.KEYS, {"what": "offline-password"}, [person]), actor=actor, now=now)
    OfflineKey.objects.filter(person=person, ended_at=None).update(ended_at=now)
    salt, vault = os.urandom(sealing.SALT), Vault()
    vault.prepare([person])
    key = sealing.key_of(password, salt)
    return OfflineKey.objects.create(
        person=person,
        account=actor.name,
        salt=salt.hex(),
        rounds=sealing.ROUNDS,
        sealed=vault.seal(person, KEY, key.hex()),
        set_at=now,
    )


@transaction.atomic
def stop(person: str, *, actor: Actor, now: datetime) -> None:
    """No more files for this person; those that are out open until they expire."""
    note(Entry(Act.KEYS, {"what": "offline-stop"}, [person]), actor=actor, now=now)
    OfflineKey.objects.filter(person=person, ended_at=None).update(ended_at=now)


def opened(key: OfflineKey) -> bytes | None:
    """The key itself; None when the record of its person is no longer kept."""
    found = Vault().open(key.person, KEY, key.sealed)
    return bytes.fromhex(found) if found else None
