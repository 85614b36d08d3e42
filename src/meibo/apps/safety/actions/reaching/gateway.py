"""By HTTP: SMS gateways and the hooks of chats, each as the town describes it.

A gateway is believed only when it answers 2xx and, where it should, names the message: one that
says yes to everything would otherwise look like the best of all.
"""

from __future__ import annotations

import json
import select
import threading
from collections.abc import Callable, Iterator, Mapping
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid5

from meibo.apps.safety.actions.reaching.letters import Letter, Said, Verdict
from meibo.domain.safety.gateways import Provider
from meibo.platform import outside

_MOST = 64 * 1024  # bytes of an answer that are read
_OURS = UUID("6d6a5f0e-0f4e-5b8e-9a53-2f1f6d1f4c11")
"""Under which the names of messages become UUIDs, for those who want such."""
_BUSY = frozenset({408, 425, 429})
_DENIED = frozenset({401, 403, 407})


class GatewayCarrier:
    """One gateway. Its connections belong to the threads that opened them."""

    def __init__(self, provider: Provider) -> None:
        self.provider = provider
        self._url = urlsplit(provider.url)
        self._body = json.loads(provider.body)
        self._kept = threading.local()

    def carry(
        self, letter: Letter, begin: Callable[[], None], follows: Letter | None = None
    ) -> Said:
        """Hand one letter over."""
        values = {
            "address": letter.address,
            "text": letter.short,
            "title": letter.title,
            "link": letter.link,
            "key": letter.key,
            "uuid": str(uuid5(_OURS, letter.key)),
            "token": self.provider.token,
        }
        try:
            status, answer = self._asked(values, {"Idempotency-Key": letter.key}, begin)
        except (OSError, HTTPException) as error:
            self.close()
            # Who could not be connected to was given nothing.
            verdict = Verdict.LOST if self._kept.asked else Verdict.DOWN
            return Said(verdict, f"{self.provider.name}：{type(error).__name__}")
        return self._judged(status, answer)

    def close(self) -> None:
        """Hang up, in this thread."""
        connection = getattr(self._kept, "connection", None)
        if connection is not None:
            connection.close()
            self._kept.connection = None

    def look_up(self, address: str) -> str:
        """What the gateway calls this address, in a word; empty where it does not say."""
        lookup = self.provider.lookup
        if lookup is None:
            return ""
        values = {"address": address, "token": self.provider.token}
        try:
            status, answer = self._asked(values, {}, lambda: None)
        except (OSError, HTTPException):
            self.close()
            return ""
        return _value(answer, lookup.state) if status // 100 == 2 else ""  # the class of success

    def _asked(
        self, values: Mapping[str, str], more: Mapping[str, str], begin: Callable[[], None]
    ) -> tuple[int, bytes]:
        headers = {"Content-Type": "application/json", **more}
        headers |= {name: _filled(text, values) for name, text in self.provider.headers.items()}
        body = json.dumps(_filled(self._body, values), ensure_ascii=False).encode()
        self._kept.asked = False
        connection = self._connected()
        target, more_for_proxy = outside.asking(self._url)

        def given() -> Iterator[bytes]:
            # Asked for when the headers have gone: without its body a request asks for nothing.
            self._kept.asked = True
            begin()
            yield body

        told = {**headers, **more_for_proxy, "Content-Length": str(len(body))}
        connection.request("POST", target, given(), told)
        answer = connection.getresponse()
        said = answer.read(_MOST)
        if answer.will_close or not answer.isclosed():
            self.close()
        return answer.status, said

    def _connected(self) -> HTTPConnection:
        """The connection that is kept, unless the other side has hung up meanwhile: whoever finds
        that out by asking does not know whether they were heard."""
        kept: HTTPConnection | None = getattr(self._kept, "connection", None)
        if kept is not None and kept.sock is not None:
            poll = select.poll()
            poll.register(kept.sock, select.POLLIN)
            if not poll.poll(0):
                return kept
        self.close()
        connection = outside.opened(self._url, self.provider.timeout).connection
        self._kept.connection = connection
        return connection

    def _judged(self, status: int, answer: bytes) -> Said:
        name = self.provider.name
        if status in self.provider.already:
            return Said(Verdict.SENT)
        if status // 100 == 2:  # the class of success
            if not self.provider.reference:
                return Said(Verdict.SENT)
            reference = _value(answer, self.provider.reference)
            if reference:
                return Said(Verdict.SENT, reference=reference)
            return Said(Verdict.LATER, f"{name} の答えに、連絡の番号がありません。")
        if status in self.provider.refuses:
            told = f"{name} が宛先を断りました（{status}）。番号を確かめてください。"
            return Said(Verdict.REFUSED, told)
        if status in _BUSY:
            return Said(Verdict.LATER, f"{name} が混んでいます（{status}）。")
        if status in _DENIED:
            told = f"{name} が利用を断りました（{status}）。契約と秘密を確かめてください。"
            return Said(Verdict.DOWN, told)
        return Said(Verdict.LOST, f"{name} の答え：{status}")


def _filled(part: Any, values: Mapping[str, str]) -> Any:
    """The template with its places filled in; what is put in is not looked at again."""
    if isinstance(part, dict):
        return {key: _filled(value, values) for key, value in part.items()}
    if isinstance(part, list):
        return [_filled(value, values) for value in part]
    if not isinstance(part, str):
        return part
    pieces = part.split("{")
    made = [pieces[0]]
    for piece in pieces[1:]:
        name, closed, rest = piece.partition("}")
        made.append(values[name] + rest if closed and name in values else "{" + piece)
    return "".join(made)


def _value(answer: bytes, key: str) -> str:
    """What stands under `a.b` in a JSON answer; empty where nothing does."""
    try:
        found = json.loads(answer)
    except ValueError:
        return ""
    for name in key.split("."):
        if isinstance(found, list) and found:
            found = found[0]
        found = found.get(name) if isinstance(found, dict) else None
    return str(found)[:80] if isinstance(found, str | int) and not isinstance(found, bool) else ""
