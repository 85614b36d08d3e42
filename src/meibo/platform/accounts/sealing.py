"""Secrets of second factors at rest: AES-256-GCM under a key derived from the master key.

A sealed secret is `s1:`, the name of the master key, and base64 of nonce and ciphertext. The name
tells under which key it lies, so that a new master key can take over what the old one sealed.
Nonces are 96 random bits as NIST SP 800-38D 8.2.2 allows.
"""

from __future__ import annotations

import base64
import hashlib
import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_FORM = "s1"
_NONCE = 12
#: Binds the key, and each ciphertext, to this one purpose (RFC 5869, 3.2).
_PURPOSE = b"meibo second factor"


class WrongMasterKeyError(ValueError):
    """The secret was sealed under another master key, or is not a sealed secret at all."""


def name_of(master: bytes) -> str:
    """How a master key is called where it is mentioned: the ledger calls it the same."""
    return hashlib.sha256(master).hexdigest()[:16]


def seal(secret: str, master: bytes) -> str:
    """Encrypt one secret."""
    nonce = os.urandom(_NONCE)
    body = nonce + _cipher(master).encrypt(nonce, secret.encode(), _PURPOSE)
    return f"{_FORM}:{name_of(master)}:{base64.b64encode(body).decode('ascii')}"


def open_sealed(sealed: str, master: bytes) -> str:
    """Decrypt one secret. Raises WrongMasterKeyError where the key is not the one that sealed it,
    and InvalidTag where what is stored has been altered."""
    form, _, rest = sealed.partition(":")
    name, _, body = rest.partition(":")
    if form != _FORM or name != name_of(master):
        raise WrongMasterKeyError("sealed under another master key")
    raw = base64.b64decode(body, validate=True)
    return _cipher(master).decrypt(raw[:_NONCE], raw[_NONCE:], _PURPOSE).decode()


def sealed_under(sealed: str) -> str:
    """The name of the master key under which a secret lies; empty for what is not sealed."""
    form, _, rest = sealed.partition(":")
    return rest.partition(":")[0] if form == _FORM else ""


def _cipher(master: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt=None, info=_PURPOSE).derive(master))
