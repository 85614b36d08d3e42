"""One carrier at work: who is in hand, what the journal is told, and when it had better rest."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from itertools import chain
from typing import Protocol
from zlib import crc32

from meibo.apps.safety.actions.reaching.flight import Flight
from meibo.apps.safety.actions.reaching.gateway import GatewayCarrier
from meibo.apps.safety.actions.reaching.journal import Journal
from meibo.apps.safety.actions.reaching.letters import Letter, Said, Verdict
from meibo.apps.safety.actions.reaching.mail import MailCarrier
from meibo.apps.safety.actions.reaching.pushing import PushCarrier
from meibo.domain.safety.gateways import PUSH, Provider

_STRIKES = 3
_REST = 60.0  # seconds
_LANE = 50
"""Mails for which it pays to open another connection."""


class Carrier(Protocol):
    """Somebody who carries letters."""

    provider: Provider

    def carry(
        self, letter: Letter, begin: Callable[[], None], follows: Letter | None = None
    ) -> Said:
        """Hand one letter over; `begin` is called when from then on it may have gone out."""

    def close(self) -> None:
        """Hang up."""


_FLIGHT = Flight()


class Desk:
    """One provider and how it has been behaving. Gateways are asked by many threads at once; mail
    goes in lanes, each with a connection of its own on which one letter follows the other."""

    def __init__(self, provider: Provider, sender: str) -> None:
        self.provider = provider
        self.rests_until = 0.0
        self._strikes = 0
        self._mail = provider.url.startswith("smtp")
        lanes = provider.parallel if self._mail else 1
        self._carriers = [_carrier(provider, sender) for _ in range(lanes)]
        self._pool = ThreadPoolExecutor(provider.parallel, provider.name)

    def at(self, now: datetime) -> None:
        """What the hour is, for a carrier that has to say so."""
        for carrier in self._carriers:
            if isinstance(carrier, PushCarrier):
                carrier.now = now

    def carry(self, letters: list[Letter], journal: Journal) -> list[Said]:
        """Hand letters over; the answer to each."""
        if not self._mail:
            return list(self._pool.map(lambda letter: self._one(letter, journal), letters))
        lanes = min(self.provider.parallel, -(-len(letters) // _LANE))
        if lanes <= 1:
            return self._in_turn(self._carriers[0], letters, journal)
        parts: list[list[Letter]] = [[] for _ in range(lanes)]
        for letter in letters:  # whoever gets several gets them one after the other
            parts[crc32(letter.envelope.person.encode()) % lanes].append(letter)
        work = partial(self._in_turn, journal=journal)
        found = chain.from_iterable(self._pool.map(work, self._carriers, parts))
        said = dict(zip((each.key for part in parts for each in part), found, strict=True))
        return [said[letter.key] for letter in letters]

    def _in_turn(self, carrier: Carrier, letters: list[Letter], journal: Journal) -> list[Said]:
        """One after the other; the next is in hand already, for it may be asked for ahead."""
        answers = []
        held: set[str] = set()
        try:
            for place, letter in enumerate(letters):
                person = letter.envelope.person
                if not _takes(person, held):
                    answers.append(Said(Verdict.WAIT))
                    continue
                follows = letters[place + 1] if place + 1 < len(letters) else None
                if follows is not None and not _takes(follows.envelope.person, held):
                    follows = None
                answers.append(self._handed(carrier, letter, journal, follows))
                if follows is None or follows.envelope.person != person:
                    _FLIGHT.ends(person)
                    held.discard(person)
        finally:
            for person in held:
                _FLIGHT.ends(person)
        return answers

    def _one(self, letter: Letter, journal: Journal) -> Said:
        person = letter.envelope.person
        if not _FLIGHT.begins(person, quick=False):
            return Said(Verdict.WAIT)
        try:
            return self._handed(self._carriers[0], letter, journal)
        finally:
            _FLIGHT.ends(person)

    def _handed(
        self, carrier: Carrier, letter: Letter, journal: Journal, follows: Letter | None = None
    ) -> Said:
        if self.rests_until > time.monotonic():
            return Said(Verdict.DOWN, f"{self.provider.name} を休ませています。")
        key, began = letter.key, time.monotonic()
        doubts = journal.doubts(key)
        said = carrier.carry(letter, partial(journal.begin, key), follows)
        if said.verdict is Verdict.SENT:
            journal.done(key, self.provider.name, said.reference)
        elif said.verdict is not Verdict.LOST:
            journal.back(key, doubts)
        self._judge(said, time.monotonic() - began)
        return said

    def _judge(self, said: Said, seconds: float) -> None:
        bad = said.verdict in {Verdict.DOWN, Verdict.LOST} or seconds > self.provider.slow
        self._strikes = self._strikes + 1 if bad else 0
        if self._strikes >= _STRIKES:
            self.rests_until, self._strikes = time.monotonic() + _REST, 0

    def close(self) -> None:
        """Hang up."""
        self._pool.shutdown(cancel_futures=True)
        for carrier in self._carriers:
            carrier.close()


def _carrier(provider: Provider, sender: str) -> Carrier:
    if provider.route == PUSH:
        return PushCarrier(provider, f"mailto:{sender}")
    if provider.url.startswith("smtp"):
        return MailCarrier(provider, sender)
    return GatewayCarrier(provider)


def _takes(person: str, held: set[str]) -> bool:
    """Take a person in hand who is not yet; False where another route has them."""
    if person not in held:
        if not _FLIGHT.begins(person, quick=True):
            return False
        held.add(person)
    return True
