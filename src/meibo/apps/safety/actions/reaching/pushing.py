"""By web push: to the push service that the browser of a device named, if the town allows it."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable
from datetime import datetime
from http.client import HTTPConnection, HTTPException
from urllib.parse import SplitResult, urlsplit

from meibo.apps.safety.actions.reaching import webpush
from meibo.apps.safety.actions.reaching.letters import Letter, Said, Verdict
from meibo.apps.safety.actions.reaching.webpush import Subscription, SubscriptionError
from meibo.domain.safety.gateways import Provider
from meibo.platform import outside

TTL = 6 * 60 * 60
"""Seconds for which the push service keeps it for a device that is off."""
_GONE = frozenset({404, 410})
_BUSY = frozenset({408, 425, 429})
_DENIED = frozenset({401, 403})
_AGAIN = "その端末で「この端末で受け取る」をもう一度押してください。"
_BODY = 600  # letters
_MOST = 64 * 1024  # bytes of an answer that are read


class PushCarrier:
    """All push services. Its connections belong to the threads that opened them. `now`: set before
    each round, for what is signed is good for hours and no longer."""

    def __init__(self, provider: Provider, contact: str) -> None:
        self.provider = provider
        self.now: datetime | None = None
        self._contact = contact
        self._kept = threading.local()

    def carry(
        self, letter: Letter, begin: Callable[[], None], follows: Letter | None = None
    ) -> Said:
        """Hand one letter over."""
        try:
            to = Subscription.read(letter.address)
            to.check()
        except SubscriptionError as error:
            return Said(Verdict.REFUSED, f"{error}{_AGAIN}")
        if not webpush.allowed(to.endpoint, self.provider.hosts):
            return Said(Verdict.REFUSED, f"許していない通知の会社です。{_AGAIN}")
        if to.ours != webpush.public_key():
            return Said(Verdict.REFUSED, f"名簿の鍵が替わりました。{_AGAIN}")
        if self.now is None:
            raise RuntimeError("nobody has told the hour")
        body = webpush.encrypted(content(letter), to)
        headers = {
            "Authorization": webpush.signed(to.endpoint, self._contact, self.now),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(TTL),
            "Urgency": "high",
            # What is sent again takes the place of what still waits there (RFC 8030 §5.4).
            "Topic": _topic(letter),
        }
        return self._handed(to.endpoint, body, headers, begin)

    def _handed(
        self, endpoint: str, body: bytes, headers: dict[str, str], begin: Callable[[], None]
    ) -> Said:
        self._kept.asked = False
        try:
            return _judged(self._asked(urlsplit(endpoint), body, headers, begin))
        except (OSError, HTTPException) as error:
            self.close()
            verdict = Verdict.LOST if self._kept.asked else Verdict.DOWN
            return Said(verdict, f"通知の会社：{type(error).__name__}")

    def close(self) -> None:
        """Hang up, in this thread."""
        for connection in self._held().values():
            connection.close()
        self._held().clear()

    def _held(self) -> dict[str, HTTPConnection]:
        if not hasattr(self._kept, "connections"):
            self._kept.connections = {}
        held: dict[str, HTTPConnection] = self._kept.connections
        return held

    def _asked(
        self,
        url: SplitResult,
        body: bytes,
        headers: dict[str, str],
        begin: Callable[[], None],
    ) -> int:
        held, origin = self._held(), f"{url.scheme}://{url.netloc}"
        connection = held.get(origin)
        fresh = connection is None
        if connection is None:
            connection = held[origin] = outside.opened(url, self.provider.timeout).connection
        self._kept.asked = True
        begin()
        target, more = outside.asking(url)
        try:
            connection.request("POST", target, body, {**headers, **more})
            answer = connection.getresponse()
        except (ConnectionError, HTTPException):
            # Kept open too long: hung up by the other side before it was asked.
            connection.close()
            held.pop(origin, None)
            if fresh:
                raise
            return self._asked(url, body, headers, lambda: None)
        answer.read(_MOST)
        if answer.will_close or not answer.isclosed():
            connection.close()
            held.pop(origin, None)
        return answer.status


def content(letter: Letter) -> bytes:
    """What the service worker reads: the title, the first words, where a tap leads, and by which
    name it tells us that it was shown."""
    words = letter.text.partition("\n\n")[0][:_BODY]
    while True:
        made = {"title": letter.title, "body": words, "link": letter.link, "key": letter.key}
        written = json.dumps(made, ensure_ascii=False).encode()
        if len(written) <= webpush.MOST:
            return written
        words = words[: len(words) // 2]


def _topic(letter: Letter) -> str:
    digest = hashlib.sha256(letter.link.encode()).digest()
    return webpush.letters_of(digest[:18])


def _judged(status: int) -> Said:
    if status // 100 == 2:  # the class of success
        return Said(Verdict.SENT)
    if status in _GONE:
        told = f"端末から通知の登録が消えました（{status}）。{_AGAIN}"
        return Said(Verdict.REFUSED, told)
    if status in _BUSY:
        return Said(Verdict.LATER, f"通知の会社が混んでいます（{status}）。")
    if status in _DENIED:
        told = f"通知の会社が断りました（{status}）。機械の時計と MEIBO_PUSH を確かめてください。"
        return Said(Verdict.DOWN, told)
    verdict = Verdict.LATER if status // 100 == 4 else Verdict.LOST  # theirs, then ours to doubt
    return Said(verdict, f"通知の会社の答え：{status}")
