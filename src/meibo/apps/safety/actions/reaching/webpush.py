"""Web push by its standards: what only one browser can read (RFC 8291, in the coding of RFC 8188),
and who says that it comes from us (VAPID, RFC 8292)."""

from __future__ import annotations

import base64
import binascii
import json
import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.utils.crypto import salted_hmac

MOST = 3_900
"""Bytes of one message; push services take 4,096 with all that stands around it."""
_SALT, _AUTH, _POINT, _RECORD = 16, 16, 65, 4096
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_VALID = timedelta(hours=12)  # RFC 8292 §2 allows 24


class SubscriptionError(ValueError):
    """It is no subscription that we could send to; the message says why."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """Where a browser is woken, its public key and its secret, and the key of ours that it was told
    (all in base64url)."""

    endpoint: str
    p256dh: str
    auth: str
    ours: str

    def written(self) -> str:
        """As it is kept; the same subscription is always the same text."""
        kept = {"auth": self.auth, "endpoint": self.endpoint, "ours": self.ours}
        return json.dumps({**kept, "p256dh": self.p256dh}, separators=(",", ":"))

    @classmethod
    def read(cls, text: str) -> Subscription:
        """What was kept. Raises SubscriptionError."""
        try:
            kept = json.loads(text)
            return cls(*(str(kept[name]) for name in ("endpoint", "p256dh", "auth", "ours")))
        except (ValueError, KeyError, TypeError) as error:
            raise SubscriptionError("登録が読めません。") from error

    def check(self) -> None:
        """Raises SubscriptionError for keys with which nothing could be closed."""
        try:
            point, secret = bytes_of(self.p256dh), bytes_of(self.auth)
            ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
        except ValueError as error:
            raise SubscriptionError("端末の鍵が読めません。") from error
        if len(point) != _POINT or len(secret) != _AUTH:
            raise SubscriptionError("端末の鍵の長さがちがいます。")


def allowed(endpoint: str, hosts: tuple[str, ...]) -> bool:
    """Whether an address is one of a push service that the town named: a host, `.host` with all
    below it, or a whole origin. A browser names the address; where we call is never its to say."""
    try:
        parts = urlsplit(endpoint)
        port = parts.port
    except ValueError:
        return False
    if f"{parts.scheme}://{parts.netloc}" in hosts:
        return True
    host = parts.hostname or ""
    if parts.scheme != "https" or port not in {None, 443} or "@" in parts.netloc:
        return False
    return host in hosts or any(each.startswith(".") and host.endswith(each) for each in hosts)


def encrypted(
    content: bytes,
    subscription: Subscription,
    *,
    salt: bytes = b"",
    sender: ec.EllipticCurvePrivateKey | None = None,
) -> bytes:
    """The message in one record. `salt` and `sender`: new ones each time, but for the example of
    the standard."""
    salt = salt or os.urandom(_SALT)
    sender = sender or ec.generate_private_key(ec.SECP256R1())
    theirs, ours = bytes_of(subscription.p256dh), _point(sender)
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs)
    shared = sender.exchange(ec.ECDH(), public)
    told = b"WebPush: info\0" + theirs + ours
    keying = _derived(shared, bytes_of(subscription.auth), told, 32)
    key = _derived(keying, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derived(keying, salt, b"Content-Encoding: nonce\0", 12)
    head = salt + _RECORD.to_bytes(4) + bytes([len(ours)]) + ours
    return head + AESGCM(key).encrypt(nonce, content + b"\2", None)  # 2: the last record


def signed(endpoint: str, contact: str, now: datetime) -> str:
    """The header that says who sends, to the push service of this address and to no other."""
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int((now + _VALID).timestamp()),
        "sub": contact,
    }
    head = {"typ": "JWT", "alg": "ES256"}
    text = ".".join(letters_of(json.dumps(part).encode()) for part in (head, claims))
    signature = house_key().sign(text.encode(), ec.ECDSA(SHA256()))
    raw = b"".join(part.to_bytes(32) for part in utils.decode_dss_signature(signature))
    return f"vapid t={text}.{letters_of(raw)}, k={public_key()}"


def house_key() -> ec.EllipticCurvePrivateKey:
    """The key by which push services know this house: made of its secret, so that there is no
    further one to keep. A new secret is a new key, and every device has to be registered anew."""
    return _key_of(settings.SECRET_KEY)


def public_key() -> str:
    """Its public half, as browsers want it."""
    return letters_of(_point(house_key()))


@lru_cache(maxsize=2)
def _key_of(secret: str) -> ec.EllipticCurvePrivateKey:
    made = salted_hmac("meibo.safety.push", "1", secret=secret, algorithm="sha512").digest()
    return ec.derive_private_key(int.from_bytes(made) % (_ORDER - 1) + 1, ec.SECP256R1())


def _point(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=info).derive(secret)


def letters_of(data: bytes) -> str:
    """base64url without its end."""
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def bytes_of(letters: str) -> bytes:
    """Raises ValueError for what is none."""
    try:
        padded = letters.encode("ascii") + b"=" * (-len(letters) % 4)
        return base64.b64decode(padded, altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise ValueError(letters) from error
