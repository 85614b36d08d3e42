"""The other side of web push: a browser's keys, and a push service on a real socket."""

from __future__ import annotations

import hmac
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from meibo.apps.safety.actions.reaching.webpush import Subscription, letters_of


class Device:
    """A browser that is woken: its keys, and what it makes of what comes (RFC 8291 §4, read from
    the other side)."""

    def __init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._secret = os.urandom(16)

    def subscription(self, endpoint: str, ours: str) -> Subscription:
        return Subscription(endpoint, letters_of(self._point()), letters_of(self._secret), ours)

    def _point(self) -> bytes:
        return self._key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    def opened(self, body: bytes) -> bytes:
        salt, size, length = body[:16], int.from_bytes(body[16:20]), body[20]
        sender, closed = body[21 : 21 + length], body[21 + length :]
        assert len(closed) <= size
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender)
        shared = self._key.exchange(ec.ECDH(), theirs)
        keying = _derived(shared, self._secret, b"WebPush: info\0" + self._point() + sender, 32)
        key = _derived(keying, salt, b"Content-Encoding: aes128gcm\0", 16)
        nonce = _derived(keying, salt, b"Content-Encoding: nonce\0", 12)
        plain = AESGCM(key).decrypt(nonce, closed, None).rstrip(b"\0")
        assert plain[-1] == 2, "the last record says that it is the last"
        return plain[:-1]


def _derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    first = hmac.digest(salt, secret, "sha256")  # RFC 5869, one round of it
    return hmac.digest(first, info + b"\1", "sha256")[:length]


@dataclass
class PushService:
    """What a push service took, and how it answers: by the path."""

    statuses: dict[str, int] = field(default_factory=dict)
    taken: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    port: int = 0


@contextmanager
def push_service() -> Iterator[PushService]:
    """A push service that is real: sockets and threads."""
    service = PushService()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            service.taken.append((self.path, dict(self.headers.items()), body))
            self.send_response(service.statuses.get(self.path, 201))
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
