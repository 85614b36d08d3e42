"""One route, from the outbox to its carriers. Each route has a sender of its own, so that one that
is slow keeps nobody waiting but itself."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Protocol

from meibo.apps.safety.actions.reaching import outbox, recovering
from meibo.apps.safety.actions.reaching.flight import Flight
from meibo.apps.safety.actions.reaching.gateway import GatewayCarrier
from meibo.apps.safety.actions.reaching.journal import Journal
from meibo.apps.safety.actions.reaching.letters import Letter, Said, Verdict
from meibo.apps.safety.actions.reaching.mail import MailCarrier
from meibo.apps.safety.actions.reaching.outbox import Outcome
from meibo.apps.safety.actions.reaching.pushing import PushCarrier
from meibo.domain.safety.gateways import PUSH, Provider, Reaching

BATCH = 500
_STRIKES = 3
_REST = 60.0  # seconds
_TOGETHER = 4  # letters a connection in one batch of a gateway


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


def _carrier(provider: Provider, sender: str) -> Carrier:
    if provider.route == PUSH:
        return PushCarrier(provider, f"mailto:{sender}")
    return (
        MailCarrier(provider, sender)
        if provider.url.startswith("smtp")
        else GatewayCarrier(provider)
    )


class _Desk:
    """One carrier and how it has been behaving."""

    def __init__(self, provider: Provider, sender: str) -> None:
        self.carrier = _carrier(provider, sender)
        self.provider = provider
        self.rests_until = 0.0
        self._strikes = 0
        parallel = provider.parallel
        self._pool = ThreadPoolExecutor(parallel, provider.name) if parallel > 1 else None

    def at(self, now: datetime) -> None:
        """What the hour is, for a carrier that has to say so."""
        if isinstance(self.carrier, PushCarrier):
            self.carrier.now = now

    def carry(self, letters: list[Letter], journal: Journal) -> list[Said]:
        if self._pool is None:
            return self._in_turn(letters, journal)
        return list(self._pool.map(lambda letter: self._one(letter, journal), letters))

    def _in_turn(self, letters: list[Letter], journal: Journal) -> list[Said]:
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
                answers.append(self._handed(letter, journal, follows))
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
            return self._handed(letter, journal)
        finally:
            _FLIGHT.ends(person)

    def _handed(self, letter: Letter, journal: Journal, follows: Letter | None = None) -> Said:
        if self.rests_until > time.monotonic():
            return Said(Verdict.DOWN, f"{self.provider.name} を休ませています。")
        key, began = letter.key, time.monotonic()
        doubts = journal.doubts(key)
        said = self.carrier.carry(letter, partial(journal.begin, key), follows)
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
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
        self.carrier.close()


class Sender:
    """The sender of one route. Raises Busy while another process is it."""

    def __init__(self, route: str, reaching: Reaching, folder: Path) -> None:
        self.route, self._reaching = route, reaching
        self._journal = Journal(folder, route)
        self._desks = [_Desk(each, reaching.mail_from) for each in reaching.carriers(route)]
        wide = max((desk.provider.parallel for desk in self._desks), default=1)
        self._most = BATCH if wide == 1 else min(BATCH, wide * _TOGETHER)
        self._recovered = False

    def round(self, clock: Callable[[], datetime]) -> int:
        """Send what is due, at most a batch; how many letters were taken."""
        if not self._recovered:
            recovering.recover(self.route, self._journal, clock())
            self._recovered = True
        if all(desk.rests_until > time.monotonic() for desk in self._desks):
            return 0
        rate = self._reaching.rates.get(self.route, 0.0)
        most = min(self._most, max(1, int(rate))) if rate else self._most
        began = time.monotonic()
        letters = outbox.taken(self.route, most, self._reaching, clock())
        letters += outbox.trials_taken(self.route, most, self._reaching, clock())
        if not letters:
            return 0
        self._journal.lay(each.key for each in letters)
        outbox.record(self._carried(letters), clock())
        self._journal.clear()
        if rate:
            time.sleep(max(0.0, len(letters) / rate - (time.monotonic() - began)))
        return len(letters)

    def _carried(self, letters: list[Letter]) -> list[Outcome]:
        """By the first that takes it; by those that rest only where nobody else is left."""
        outcomes: list[Outcome] = []
        order = sorted(self._desks, key=lambda desk: desk.rests_until > time.monotonic())
        for last, desk in enumerate(order, 1):
            answers = desk.carry(letters, self._journal)
            heard = [
                Outcome(_counted(letter, said), said, desk.provider.name)
                for letter, said in zip(letters, answers, strict=True)
            ]
            passed = [each for each in heard if last < len(order) and _goes_on(each)]
            outcomes += [each for each in heard if last == len(order) or not _goes_on(each)]
            letters = [each.letter for each in passed]
        return outcomes

    def close(self) -> None:
        """Hang up and let the route go."""
        for desk in self._desks:
            desk.close()
        self._journal.close()


def _takes(person: str, held: set[str]) -> bool:
    """Take a person in hand who is not yet; False where another route has them."""
    if person not in held:
        if not _FLIGHT.begins(person, quick=True):
            return False
        held.add(person)
    return True


def _counted(letter: Letter, said: Said) -> Letter:
    """The letter, one loss later where it was lost."""
    if said.verdict is not Verdict.LOST:
        return letter
    lost = letter.envelope.lost + 1
    return replace(letter, envelope=replace(letter.envelope, lost=lost))


def _goes_on(outcome: Outcome) -> bool:
    """Whether another carrier should have it at once."""
    if outcome.said.verdict is Verdict.LOST:
        return outcome.letter.envelope.lost < outcome.letter.envelope.most
    return outcome.said.verdict is Verdict.DOWN
