"""Who is protected, for personnel alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from meibo.apps.personnel.actions.protection import LEVELS, REASONS
from meibo.domain.disclosure import Viewer
from meibo.ledger import protection, reader
from meibo.ledger.protection import Shielded

#: Whose end is near is told, so that it is looked at in time.
NEAR = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Line:
    """One protection in words. `last`: the last day on which it holds, if there is one. `card`:
    None for who is not in service."""

    shield: Shielded
    card: reader.Card | None
    level: str
    why: str
    last: date | None
    near: bool
    holds: bool


def last_day(ends: date) -> date | None:
    """The day before the end; None for what has none."""
    return None if ends == date.max else ends - timedelta(days=1)


def lines(viewer: Viewer) -> list[Line]:
    """Everybody who is protected or will be."""
    found = protection.standing(viewer.today)
    people = [shield.person for shield in found]
    cards = {card.id: card for card in reader.cards(viewer, on=viewer.today, ids=people)}
    return [_line(shield, cards.get(shield.person), viewer.today) for shield in found]


def _line(shield: Shielded, card: reader.Card | None, today: date) -> Line:
    why = shield.why
    words = "：".join(filter(None, (REASONS.get(why.key, ""), why.text))) if why else ""
    last = last_day(shield.ends)
    near = last is not None and last - today <= NEAR
    holds = shield.starts <= today
    return Line(shield, card, LEVELS[shield.level], words, last, near, holds)
