"""A box that everybody can close and only the house can open.

X25519 between a sender's key and the house's, HKDF-SHA-256 over both, AES-256-GCM with the number
of who is called bound in: the construction of HPKE's base mode (RFC 9180), written down here
because the library has only parts of it. A sender's key serves many boxes, each with a nonce of its
own: the exchange costs more than all the rest of an answer.
"""

from __future__ import annotations

import base64

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MARK = "x:"
_KEY, _NONCE = 32, 12
_BOXES = 4096  # of one sender's key


class Sealer:
    """Closes boxes for a house. `master`: the id of the key from which its own was derived."""

    def __init__(self, master: str, public: bytes) -> None:
        self._master, self._public = master, public
        self._left = 0
        self._sender, self._key = b"", AESGCM(bytes(_KEY))

    def seal(self, called: int, text: str) -> str:
        """A text in a box; it opens for this person in this check only."""
        closed = self._closed(text.encode(), str(called).encode())
        return f"{MARK}{self._master}:{base64.b64encode(closed).decode()}"

    def seal_photo(self, called: int, content: bytes) -> bytes:
        """A picture in a box; it opens as a picture of this person in this check only."""
        closed = self._closed(content, _photo_of(called))
        return f"{MARK}{self._master}:".encode() + closed

    def _closed(self, content: bytes, bound: bytes) -> bytes:
        if not self._left:
            self._renew()
        self._left -= 1
        # Counted: the key is this sender's alone, so no nonce comes twice.
        nonce = self._left.to_bytes(_NONCE)
        return self._sender + nonce + self._key.encrypt(nonce, content, bound)

    def _renew(self) -> None:
        sender = X25519PrivateKey.generate()
        shared = sender.exchange(X25519PublicKey.from_public_bytes(self._public))
        self._sender = sender.public_key().public_bytes_raw()
        self._key, self._left = _cipher(shared, self._sender, self._public), _BOXES


def master_of(box: str) -> str:
    """The id of the key that opens it."""
    return box.removeprefix(MARK).partition(":")[0]


def opened(private: X25519PrivateKey, called: int, box: str) -> str:
    """What is in a box. Raises cryptography's InvalidTag for one that was changed or moved."""
    raw = base64.b64decode(box.removeprefix(MARK).partition(":")[2])
    return _opened(private, raw, str(called).encode()).decode()


def photo_master_of(sealed: bytes) -> str:
    """The id of the key that opens a picture's box."""
    return sealed[len(MARK) :].partition(b":")[0].decode()


def opened_photo(private: X25519PrivateKey, called: int, sealed: bytes) -> bytes:
    """The picture in a box. Raises InvalidTag."""
    return _opened(private, sealed[len(MARK) :].partition(b":")[2], _photo_of(called))


def _photo_of(called: int) -> bytes:
    return f"{called}/photo".encode()


def _opened(private: X25519PrivateKey, raw: bytes, bound: bytes) -> bytes:
    sender, nonce, closed = raw[:_KEY], raw[_KEY : _KEY + _NONCE], raw[_KEY + _NONCE :]
    shared = private.exchange(X25519PublicKey.from_public_bytes(sender))
    cipher = _cipher(shared, sender, private.public_key().public_bytes_raw())
    return cipher.decrypt(nonce, closed, bound)


def private_of(secret: bytes) -> X25519PrivateKey:
    """The house's key, derived from a master key and from nothing else."""
    return X25519PrivateKey.from_private_bytes(_derived(secret, b"", b"meibo.safety.answers 1"))


def _cipher(shared: bytes, sender: bytes, public: bytes) -> AESGCM:
    return AESGCM(_derived(shared, sender + public, b"meibo.safety.answer box 1"))


def _derived(secret: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=_KEY, salt=salt, info=info).derive(secret)
