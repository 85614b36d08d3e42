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
    """One protection in words. `last`: the last day on which it holds. `card`: None for who is
    not in service."""

    shield: Shielded
    card: reader.Card | None
    level: str
    why: str
    last: date
    near: bool
    holds: bool


def lines(viewer: Viewer) -> list[Line]:
    """Everybody who is protected or will be."""
    found = protection.standing(viewer.today)
    people = [shield.person for shield in found]
    cards = {card.id: card for card in reader.cards(viewer, on=viewer.today, ids=people)}
    return [_line(shield, cards.get(shield.person), viewer.today) for shield in found]


def _line(shield: Shielded, card: reader.Card | None, today: date) -> Line:
    why = shield.why
    words = "：".join(filter(None, (REASONS.get(why.key, ""), why.text))) if why else ""
    last = shield.ends - timedelta(days=1)
    holds = shield.starts <= today
    return Line(shield, card, LEVELS[shield.level], words, last, last - today <= NEAR, holds)
