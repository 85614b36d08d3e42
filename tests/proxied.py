"""A small HTTP proxy for tests: it forwards requests (RFC 9112 §3.2.2) and opens tunnels (CONNECT),
and knows by itself where each name lies, as on a network where nobody else does."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from select import select
from urllib.parse import urlsplit


@dataclass
class Relay:
    """`places`: name → port on this machine. `asked`: method and target of each request, `said`:
    what was shown as Proxy-Authorization. `wants`: what has to be shown."""

    places: dict[str, int] = field(default_factory=dict)
    wants: str = ""
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    url: str = ""


class _Handler(BaseHTTPRequestHandler):
    relay: Relay
    protocol_version = "HTTP/1.1"

    def admitted(self) -> bool:
        self.relay.asked.append(f"{self.command} {self.path}")
        self.relay.said.append(self.headers.get("Proxy-Authorization", ""))
        if self.relay.said[-1] == self.relay.wants:
            return True
        self.close_connection = True
        self.send_error(407)
        return False

    def do_CONNECT(self) -> None:
        if not self.admitted():
            return
        name, _, _ = self.path.partition(":")
        if name not in self.relay.places:
            self.close_connection = True
            self.send_error(502)
            return
        with socket.create_connection(("127.0.0.1", self.relay.places[name])) as other:
            self.send_response(200)
            self.end_headers()
            self.close_connection = True
            while True:
                for ready in select([self.connection, other], [], [], 10)[0]:
                    content = ready.recv(65536)
                    if not content:
                        return
                    (other if ready is self.connection else self.connection).sendall(content)

    def forward(self) -> None:
        if not self.admitted():
            return
        url = urlsplit(self.path)
        length = int(self.headers.get("Content-Length", "0"))
        body = self.rfile.read(length)
        kept = {k: v for k, v in self.headers.items() if not k.lower().startswith("proxy-")}
        other = HTTPConnection("127.0.0.1", self.relay.places[url.hostname or ""], timeout=10)
        other.request(self.command, url.path, body, kept)
        answer = other.getresponse()
        content = answer.read()
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in {"transfer-encoding", "connection", "content-length"}:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def do_GET(self) -> None:
        self.forward()

    def do_POST(self) -> None:
        self.forward()

    def log_message(self, *_: object) -> None:
        """Tests are quiet."""


@contextmanager
def proxy_server(relay: Relay) -> Iterator[str]:
    """Its address."""
    handler = type("Handler", (_Handler,), {"relay": relay})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        relay.url = f"http://127.0.0.1:{server.server_address[1]}"
        yield relay.url
        server.shutdown()
