"""The answer face as an ASGI application: one address, two verbs."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from meibo.apps.safety.face import after, again, page
from meibo.apps.safety.face.aside import Aside
from meibo.apps.safety.face.box import Sealer
from meibo.apps.safety.face.card import Card
from meibo.apps.safety.face.form import MOST_BYTES, SHEET, Wrong, read, typed
from meibo.apps.safety.face.page import FULL
from meibo.apps.safety.face.store import Item, Store
from meibo.apps.safety.face.upload import PhotoError
from meibo.apps.safety.face.writer import Writer
from meibo.domain.safety import links

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Answer = tuple[int, str]
"""The status and the page; with 303, what is to be looked at instead."""
_LOG = logging.getLogger(__name__)
_PREFIX = "/a/"
_SEE_OTHER, _SENT = 303, after.SENT.encode()
_PATIENCE = 0.0005  # seconds
_LARGEST = 2**63 - 1
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


@dataclass(frozen=True, slots=True)
class _Inside:
    """What a process has once it was started."""

    sealer: Sealer
    writer: Writer
    aside: Aside


@dataclass(slots=True)
class Face:
    """Called by the server. `connect` makes a connection to where the answers go."""

    card: Card
    connect: Callable[[], Store]
    clock: Callable[[], datetime]

    _inside: _Inside | None = None

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
        sealers = [Sealer(self.card.master, self.card.public) for _ in range(2)]
        writer = Writer(self.connect())
        self._inside = _Inside(sealers[0], writer, Aside(self.connect, sealers[1]))

    async def _answer(self, scope: Message, receive: Receive) -> Answer:
        path, verb = scope["path"], scope["method"]
        found = links.read(self.card.link, path.removeprefix(_PREFIX))
        now, inside = self.clock(), self._inside
        if not path.startswith(_PREFIX) or found is None or found[1] <= now:
            return _GONE
        if inside is None:
            raise RuntimeError("the server has not started this application")
        called, wish = found[0], scope.get("query_string", b"")
        if verb in {"GET", "HEAD"}:
            if wish in {b"code", _SENT}:
                return await self._look(inside, called, path, now, code=wish == b"code")
            return await self._ask(inside, called, now, looks=verb == "GET")
        if verb != "POST":
            return 405, page.failed()
        if wish == b"photo":
            return await self._photo(inside, called, scope, receive, now)
        body = await _body(receive)
        if body is None:
            return 413, page.failed()
        if wish == b"read":
            return await self._read(inside, called, body, now)
        return await self._take(inside, called, body, now)

    async def _ask(self, inside: _Inside, called: int, now: datetime, *, looks: bool) -> Answer:
        asked = await inside.aside.look(called)
        if asked is None:
            return _GONE
        if looks:
            inside.writer.note(Item(called, now))
        told = await inside.aside.told(called, now) if asked.status else []
        values = again.last(asked, now)
        return 200, after.ask(asked, told, family=self.card.family, values=values)

    async def _take(self, inside: _Inside, called: int, body: bytes, now: datetime) -> Answer:
        values = typed(body)
        given = read(values, family=self.card.family, now=now)
        if isinstance(given, Wrong):
            asked = await inside.aside.look(called)
            if asked is None:
                return _GONE
            family = self.card.family
            return 422, page.ask(asked, family=family, wrong=given.text, values=given.values)
        more = json.dumps(given.more, ensure_ascii=False) if given.more else ""
        sealed = inside.sealer.seal(called, more) if more else ""
        if not await inside.writer.keep(Item(called, given.at, given, sealed)):
            return _GONE
        told, full = await inside.aside.told(called, now), bool(values.get(FULL))
        return 200, after.thanks(given, told, phone=self.card.phone, full=full)

    async def _read(self, inside: _Inside, called: int, body: bytes, now: datetime) -> Answer:
        """That an instruction was read; somebody else's is left alone by the statement itself."""
        values = typed(body)
        number = values.get("bulletin", "")
        if values.get(SHEET[0]) == SHEET[1] and number.isascii() and number.isdigit():
            bulletin = min(int(number), _LARGEST)
            await inside.writer.keep(Item(called, now, bulletin=bulletin))
        return 200, after.noted(await inside.aside.told(called, now))

    async def _photo(
        self, inside: _Inside, called: int, scope: Message, receive: Receive, now: datetime
    ) -> Answer:
        try:
            await inside.aside.photo(called, dict(scope.get("headers", ())), receive, now)
        except PhotoError as error:
            return 422, after.photo_wrong(str(error))
        return _SEE_OTHER, after.SENT

    async def _look(
        self, inside: _Inside, called: int, path: str, now: datetime, *, code: bool
    ) -> Answer:
        """The code for the gate, or how many pictures there are."""
        asked = await inside.aside.look(called)
        if asked is None:
            return _GONE
        if code:
            return 200, after.code(asked, path)
        return 200, after.photo_kept(await inside.aside.told(called, now), asked.photos)


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
    content, headers = text.encode(), list(_HEADERS)
    if status == _SEE_OTHER:
        headers.append((b"location", b"?" + content))
        content = b""
    headers.append((b"content-length", str(len(content)).encode()))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if bodiless else content})
