"""The link in a message: signed, expiring, bound to one person in one check.

27 letters, so that it fits into an SMS: 4 bytes of the number of who is called, 4 of the minute of
expiry, 12 of HMAC-SHA-256 (96 bits; RFC 2104 §5 allows half of the hash and no less than 80).
"""

from __future__ import annotations

import base64
import binascii
import hmac
import struct
from datetime import UTC, datetime

_FORM = struct.Struct(">II")
_MAC = 12


def written(key: bytes, called: int, until: datetime) -> str:
    """The token of a link. `key`: the house's secret for links alone."""
    body = _FORM.pack(called, int(until.timestamp()) // 60)
    return base64.urlsafe_b64encode(body + _mac(key, body)).decode().rstrip("=")


def read(key: bytes, token: str) -> tuple[int, datetime] | None:
    """Who is called, and until when it is good; None for what this house did not sign."""
    try:
        data = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except (binascii.Error, ValueError):
        return None
    body, mac = data[: _FORM.size], data[_FORM.size :]
    if len(mac) != _MAC or not hmac.compare_digest(mac, _mac(key, body)):
        return None
    called, minute = _FORM.unpack(body)
    return called, datetime.fromtimestamp(minute * 60, UTC)


def _mac(key: bytes, body: bytes) -> bytes:
    return hmac.digest(key, body, "sha256")[:_MAC]
