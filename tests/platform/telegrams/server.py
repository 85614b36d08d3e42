"""A server of feeds for tests: with ETag and Last-Modified, and with faults on request."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Office:
    """What is served, what was asked, and where."""

    pages: dict[str, bytes] = field(default_factory=dict)
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    status: dict[str, int] = field(default_factory=dict)
    etag: str = '"1"'
    base: str = ""

    def feed(self, *names: str, updated: str = "2026-03-01T03:17:00+09:00") -> None:
        """A feed that names these pages; whole addresses are named as they are."""
        entries = "".join(
            f"<entry><title>x</title><updated>{updated}</updated>"
            f'<link href="{name if "://" in name else f"{self.base}/{name}"}"/></entry>'
            for name in names
        )
        atom = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>高頻度</title>{entries}</feed>'
        self.pages["/eqvol.xml"] = atom.encode()


class _Handler(BaseHTTPRequestHandler):
    office: Office

    def do_GET(self) -> None:
        match = self.headers.get("If-None-Match", "")
        self.office.asked.append((self.path, match, self.headers.get("If-Modified-Since", "")))
        status = self.office.status.get(self.path, 200)
        if status == 302:
            self.send_response(302)
            self.send_header("Location", "http://127.0.0.1:9/secret")
            self.end_headers()
        elif self.path not in self.office.pages or status != 200:
            self.send_error(404 if status == 200 else status)
        elif match == self.office.etag:
            self.send_response(304)
            self.end_headers()
        else:
            body = self.office.pages[self.path]
            self.send_response(200)
            self.send_header("ETag", self.office.etag)
            self.send_header("Last-Modified", "Sun, 01 Mar 2026 00:00:00 GMT")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    def log_message(self, *_about: Any) -> None:
        """Not on the terminal."""


@contextmanager
def open_office() -> Iterator[Office]:
    office = Office()
    handler = type("Handler", (_Handler,), {"office": office})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    office.base = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield office
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
