"""A hub (WebSub) for tests: a real server that takes requests and asks back at our address."""

import hashlib
import hmac
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlencode
from urllib.request import Request, urlopen


@dataclass
class Hub:
    """What was asked of it, and how it behaves. `at_once`: it asks back before it has answered, as
    older hubs do; otherwise when the test says `verify`."""

    base: str = ""
    status: int = 202
    words: bytes = b""
    at_once: bool = False
    lease: str = "600"
    asked: list[dict[str, str]] = field(default_factory=list)
    answers: list[tuple[int, bytes]] = field(default_factory=list)

    @property
    def last(self) -> dict[str, str]:
        return self.asked[-1]

    def verify(self, said: dict[str, str] | None = None, **more: str) -> tuple[int, bytes]:
        """Ask back whether the last request was really ours."""
        said = said or self.last
        query = {
            "hub.mode": said["hub.mode"],
            "hub.topic": said["hub.topic"],
            "hub.challenge": "<42>",
            "hub.lease_seconds": self.lease,
            **more,
        }
        return self.get(said["hub.callback"], query)

    def get(self, callback: str, query: dict[str, str]) -> tuple[int, bytes]:
        found = _opened(Request(f"{callback}?{urlencode(query)}"))
        self.answers.append(found)
        return found

    def push(self, body: bytes, secret: str | None = None) -> int:
        """Hand something in, signed with the secret that was named."""
        key = (self.last["hub.secret"] if secret is None else secret).encode()
        signed = hmac.new(key, body, hashlib.sha256).hexdigest()
        headers = {"X-Hub-Signature": f"sha256={signed}", "Content-Type": "application/xml"}
        return _opened(Request(self.last["hub.callback"], data=body, headers=headers))[0]


def _opened(request: Request) -> tuple[int, bytes]:
    try:
        with urlopen(request, timeout=10) as answer:  # our own server
            return answer.status, answer.read()
    except HTTPError as error:
        return error.code, error.read()


class _Handler(BaseHTTPRequestHandler):
    hub: Hub

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        said = {name: each[0] for name, each in parse_qs(self.rfile.read(length).decode()).items()}
        self.hub.asked.append(said)
        if self.hub.at_once:
            self.hub.verify(said)
        self.send_response(self.hub.status)
        if 300 <= self.hub.status < 400:
            self.send_header("Location", "http://127.0.0.1:9/")
        self.send_header("Content-Length", str(len(self.hub.words)))
        self.end_headers()
        self.wfile.write(self.hub.words)

    def log_message(self, *_about: Any) -> None:
        """Not on the terminal."""


@contextmanager
def open_hub() -> Iterator[Hub]:
    hub = Hub()
    handler = type("Handler", (_Handler,), {"hub": hub})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    hub.base = f"http://127.0.0.1:{server.server_port}/"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield hub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
