"""Who takes messages in tests and benchmarks: a mail server that speaks SMTP (RFC 5321) and may
refuse, and a gateway that may refuse, stall and lie. Both are real: sockets and threads.

`python -m tests.apps.safety.receivers PORTFILE LOG` runs a mail server in a process of its own.
"""

from __future__ import annotations

import json
import re
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import Any

Judge = Callable[[str], str]


def takes_all(_: str) -> str:
    return "250 2.1.5 ok"


@dataclass
class Postbox:
    """What a mail server took: (address, letter); and how it answers to an address."""

    judge: Judge = takes_all
    keep: bool = True
    pipelining: bool = True
    letters: list[tuple[str, bytes]] = field(default_factory=list)
    connections: int = 0
    log: Path | None = None

    def take(self, address: str, letter: bytes) -> None:
        if self.keep:
            self.letters.append((address, letter))
        if self.log is not None:
            with self.log.open("a") as file:
                file.write(address + "\n")

    @property
    def addresses(self) -> list[str]:
        return [address for address, _ in self.letters]


class _Session(StreamRequestHandler):
    box: Postbox

    def say(self, words: str) -> None:
        self.wfile.write(words.encode() + b"\r\n")

    def taken(self, to: list[str]) -> None:
        """A letter without its end was cut off, and is delivered to nobody (RFC 5321)."""
        letter = b""
        while (row := self.rfile.readline()) != b".\r\n":
            if not row:
                return
            letter += row
        for each in to:
            self.box.take(each, letter)

    def handle(self) -> None:
        self.box.connections += 1
        self.say("220 test ESMTP")
        to: list[str] = []
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word in {b"EHLO", b"HELO"}:
                self.say("250-test\r\n250 PIPELINING" if self.box.pipelining else "250 test")
            elif word == b"RCPT":
                address = re.search(rb"<(.*?)>", line)
                assert address is not None
                answer = self.box.judge(address[1].decode())
                if answer.startswith("2"):
                    to.append(address[1].decode())
                self.say(answer)
            elif word == b"DATA":
                self.say("354 go on")
                self.taken(to)
                to = []
                self.say("250 2.0.0 taken")
            elif word == b"QUIT":
                self.say("221 bye")
                return
            elif word in {b"MAIL", b"RSET", b"NOOP"}:
                to = []
                self.say("250 2.0.0 ok")
            else:
                self.say("502 no")


class _Server(ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 64


@contextmanager
def mail_server(box: Postbox) -> Iterator[str]:
    """Its address for MEIBO_SMTP_URL."""
    session = type("Session", (_Session,), {"box": box})
    with _Server(("127.0.0.1", 0), session) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"smtp://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@dataclass
class Gateway:
    """What a gateway was asked, with which headers, and what it answers: status, body, seconds."""

    answer: Callable[[dict[str, Any]], tuple[int, str, float]]
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    @property
    def numbers(self) -> list[str]:
        return [str(each["to"]) for each in self.asked]


def good(asked: dict[str, Any]) -> tuple[int, str, float]:
    return 200, json.dumps({"id": "g-" + str(asked["to"])}), 0.0


class _Asked(BaseHTTPRequestHandler):
    gateway: Gateway
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:  # the name that http.server wants
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.gateway.asked.append(asked)
        self.gateway.headers.append(dict(self.headers.items()))
        status, body, seconds = self.gateway.answer(asked)
        time.sleep(seconds)
        data = body.encode()
        try:
            self.send_response(status)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)
        except ConnectionError:
            pass  # whoever asked did not wait

    def log_message(self, *_: object) -> None:
        """Tests are quiet."""


@contextmanager
def gateway_server(gateway: Gateway) -> Iterator[str]:
    """Its address."""
    asked = type("Asked", (_Asked,), {"gateway": gateway})
    with ThreadingHTTPServer(("127.0.0.1", 0), asked) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/send"
        server.shutdown()


def main(portfile: str, log: str) -> None:
    """A mail server until it is killed; every address it took is a line of the log."""
    box = Postbox(keep=False, log=Path(log) if log != "-" else None)
    session = type("Session", (_Session,), {"box": box})
    with _Server(("127.0.0.1", 0), session) as server:
        Path(portfile).write_text(str(server.server_address[1]))
        server.serve_forever()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
