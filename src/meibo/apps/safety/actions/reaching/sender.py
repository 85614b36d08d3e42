"""One route, from the outbox to its carriers. Each route has a sender of its own, so that one that
is slow keeps nobody waiting but itself."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from meibo.apps.safety.actions.reaching import outbox, recovering
from meibo.apps.safety.actions.reaching.desk import Desk
from meibo.apps.safety.actions.reaching.journal import Journal
from meibo.apps.safety.actions.reaching.letters import Letter, Said, Verdict
from meibo.apps.safety.actions.reaching.outbox import Outcome
from meibo.domain.safety.gateways import MAIL, Reaching

BATCH = 2_000
"""Mails: the disk is waited for twice a batch, and each mail takes a fifth of a millisecond."""
_MOST = 500  # of a gateway
_TOGETHER = 4  # letters a connection in one batch of a gateway


class Sender:
    """The sender of one route. Raises Busy while another process is it."""

    def __init__(self, route: str, reaching: Reaching, folder: Path) -> None:
        self.route, self._reaching = route, reaching
        self._journal = Journal(folder, route)
        self._desks = [Desk(each, reaching.mail_from) for each in reaching.carriers(route)]
        wide = max((desk.provider.parallel for desk in self._desks), default=1)
        self._most = BATCH if route == MAIL else min(_MOST, wide * _TOGETHER)
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
        letters = outbox.notices_taken(self.route, most, self._reaching, clock())
        letters += outbox.taken(self.route, most, self._reaching, clock())
        letters += outbox.trials_taken(self.route, most, self._reaching, clock())
        if not letters:
            return 0
        for desk in self._desks:
            desk.at(clock())
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
