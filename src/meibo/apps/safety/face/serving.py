"""The answer face as an ASGI application: one address, two verbs."""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from collections.abc import Awaitable, Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from meibo.apps.safety.face import page
from meibo.apps.safety.face.box import Sealer
from meibo.apps.safety.face.card import Card
from meibo.apps.safety.face.form import MOST_BYTES, Wrong, read, typed
from meibo.apps.safety.face.store import FAILURES, Asked, Item, Store
from meibo.apps.safety.face.writer import Writer
from meibo.domain.safety import links

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Answer = tuple[int, str]
_LOG = logging.getLogger(__name__)
_PREFIX = "/a/"
_PATIENCE = 0.0005  # seconds
_GONE: Answer = (410, page.gone())
_HEADERS = [
    (b"content-type", b"text/html; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"content-security-policy", page.POLICY.encode()),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    (b"referrer-policy", b"no-referrer"),
    (b"strict-transport-security", b"max-age=31536000"),  # browsers heed it under https only
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
]


@dataclass(slots=True)
class Face:
    """Called by the server. `connect` makes a connection to where the answers go."""

    card: Card
    connect: Callable[[], Store]
    clock: Callable[[], datetime]

    _writer: Writer | None = None
    _reader: Store | None = None
    _looking: ThreadPoolExecutor | None = None
    _sealer: Sealer | None = None

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request, or start and stop with the server."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            try:
                status, text = await self._answer(scope, receive)
            except Exception:  # noqa: BLE001  # whoever asks must be told that it failed
                _LOG.exception("a request failed")
                status, text = 503, page.failed()
            await _send(send, status, text, bodiless=scope["method"] == "HEAD")

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            event = (await receive())["type"]
            if event == "lifespan.startup":
                self.start()
            await send({"type": f"{event}.complete"})
            if event == "lifespan.shutdown":
                return

    def start(self) -> None:
        """Once in every process of the server."""
        # The writer waits for the interpreter after each of its statements; five milliseconds of
        # waiting, Python's own patience, would be most of what an answer takes.
        sys.setswitchinterval(_PATIENCE)
        self._sealer = Sealer(self.card.master, self.card.public)
        self._writer = Writer(self.connect())
        self._looking = ThreadPoolExecutor(1, "looking")  # a connection is for one thread

    async def _answer(self, scope: Message, receive: Receive) -> Answer:
        path, verb = scope["path"], scope["method"]
        found = links.read(self.card.link, path.removeprefix(_PREFIX))
        now = self.clock()
        if not path.startswith(_PREFIX) or found is None or found[1] <= now:
            return _GONE
        if verb in {"GET", "HEAD"}:
            return await self._ask(found[0], now, looks=verb == "GET")
        if verb != "POST":
            return 405, page.failed()
        body = await _body(receive)
        return (413, page.failed()) if body is None else await self._take(found[0], body, now)

    async def _ask(self, called: int, now: datetime, *, looks: bool) -> Answer:
        asked = await self._look(called)
        if asked is None:
            return _GONE
        if looks and self._writer:
            self._writer.note(Item(called, now))
        return 200, page.ask(asked, family=self.card.family)

    async def _take(self, called: int, body: bytes, now: datetime) -> Answer:
        given = read(typed(body), family=self.card.family, now=now)
        if isinstance(given, Wrong):
            asked = await self._look(called)
            if asked is None:
                return _GONE
            family = self.card.family
            return 422, page.ask(asked, family=family, wrong=given.text, values=given.values)
        if self._writer is None or self._sealer is None:
            raise RuntimeError("the server has not started this application")
        more = json.dumps(given.more, ensure_ascii=False) if given.more else ""
        sealed = self._sealer.seal(called, more) if more else ""
        kept = await self._writer.keep(Item(called, given.at, given, sealed))
        return (200, page.thanks(given)) if kept else _GONE

    async def _look(self, called: int) -> Asked | None:
        return await asyncio.get_running_loop().run_in_executor(
            self._looking, self._look_here, called
        )

    def _look_here(self, called: int) -> Asked | None:
        if self._reader is None:
            self._reader = self.connect()
        try:
            return self._reader.look(called)
        except FAILURES:
            _LOG.exception("looking failed; once more on a new connection")
            self._reader.afresh()
            return self._reader.look(called)


async def _body(receive: Receive) -> bytes | None:
    """What was sent; None where that is more than a page of ours sends."""
    parts, size = [], 0
    while True:
        message = await receive()
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > MOST_BYTES:
            return None
        if not message.get("more_body") or message["type"] != "http.request":
            return b"".join(parts)


async def _send(send: Send, status: int, text: str, *, bodiless: bool) -> None:
    content = text.encode()
    length = (b"content-length", str(len(content)).encode())
    await send({"type": "http.response.start", "status": status, "headers": [*_HEADERS, length]})
    await send({"type": "http.response.body", "body": b"" if bodiless else content})
