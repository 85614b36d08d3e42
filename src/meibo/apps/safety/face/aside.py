"""Beside the answers: looking, instructions, pictures. None of it may hold an answer up, so each
has a thread and a connection of its own, and pictures at most so much of the memory."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar

from meibo.apps.safety.face import upload
from meibo.apps.safety.face.box import Sealer
from meibo.apps.safety.face.store import FAILURES, Asked, Photo, Store, Told

Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
ROOM = 48 * 1024 * 1024
"""Bytes of pictures that are on their way into one process at once."""
Found = TypeVar("Found")
_DRAINED = 4 * upload.MOST_BYTES
_FRESH = timedelta(seconds=2)
_LOG = logging.getLogger(__name__)
_FULL = "いま、たくさんの写真が届いています。少し待って、もう一度送ってください。"


@dataclass(slots=True)
class Lane:
    """One thread with a connection of its own; a connection that broke is made anew, once."""

    connect: Callable[[], Store]
    name: str

    _store: Store | None = None
    _thread: ThreadPoolExecutor | None = None

    async def run(self, ask: Callable[[Store], Found]) -> Found:
        """What `ask` finds with the connection."""
        if self._thread is None:
            self._thread = ThreadPoolExecutor(1, self.name)
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, self._asked, ask)

    def _asked(self, ask: Callable[[Store], Found]) -> Found:
        if self._store is None:
            self._store = self.connect()
        try:
            return ask(self._store)
        except FAILURES:
            _LOG.exception("%s failed; once more on a new connection", self.name)
            self._store.afresh()
            return ask(self._store)


@dataclass(slots=True)
class Aside:
    """All that is no answer, of one process. `sealer`: for pictures alone, for it counts, and is
    used by their thread."""

    connect: Callable[[], Store]
    sealer: Sealer

    _looking: Lane = field(init=False)
    _pictures: Lane = field(init=False)
    _taken: int = 0
    _instructs: bool = False
    _known_until: datetime | None = None

    def __post_init__(self) -> None:
        self._looking = Lane(self.connect, "looking")
        self._pictures = Lane(self.connect, "pictures")

    async def look(self, called: int) -> Asked | None:
        """What this person is asked."""
        return await self._looking.run(lambda store: store.look(called))

    async def told(self, called: int, now: datetime) -> list[Told]:
        """Instructions to this person; none where they can't be read, for whoever has answered is
        thanked in any case. In the first minutes there are none, and nobody is looked up."""
        try:
            if self._known_until is None or now >= self._known_until:
                self._known_until = now + _FRESH
                self._instructs = await self._looking.run(lambda store: store.instructs(now))
            if not self._instructs:
                return []
            return await self._looking.run(lambda store: store.told(called))
        except FAILURES:
            _LOG.exception("instructions could not be read")
            return []

    async def photo(
        self, called: int, headers: dict[bytes, bytes], receive: Receive, now: datetime
    ) -> None:
        """Take a picture. Raises upload.PhotoError where it is not taken."""
        length = headers.get(b"content-length", b"")
        size = int(length) if length.isdigit() else _DRAINED
        if size > upload.MOST_BYTES or self._taken + size > ROOM:
            await _drain(receive, size)
            raise upload.PhotoError(upload.LARGE if size > upload.MOST_BYTES else _FULL)
        self._taken += size
        try:
            body = await _body(receive, size)
            kind = headers.get(b"content-type", b"").decode("latin-1")
            kept = await self._pictures.run(
                lambda store: store.keep_photo(self._boxed(called, kind, body, now))
            )
        except FAILURES as error:
            raise upload.PhotoError(_FULL) from error
        finally:
            self._taken -= size
        if not kept:
            raise upload.PhotoError(upload.ENOUGH)

    def _boxed(self, called: int, kind: str, body: bytes, now: datetime) -> Photo:
        content = upload.picture(kind, body)
        return Photo(called, now, self.sealer.seal_photo(called, content), len(content))


async def _body(receive: Receive, most: int) -> bytes:
    parts, size = [], 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            raise upload.PhotoError("途中で切れました。もう一度送ってください。")
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > most:
            raise upload.PhotoError(upload.LARGE)
        if not message.get("more_body"):
            return b"".join(parts)


async def _drain(receive: Receive, size: int) -> None:
    """Read and forget what was sent, up to a point, so that the browser gets to read why."""
    left = min(size, _DRAINED)
    while left > 0:
        message = await receive()
        left -= len(message.get("body", b""))
        if message["type"] != "http.request" or not message.get("more_body"):
            return
