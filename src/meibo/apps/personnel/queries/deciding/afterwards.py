"""What forms of an announced plan are asked with: its days, and its people where they are few."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from meibo.domain.disclosure import Viewer
from meibo.ledger import drawer, reader

#: More numbers than this make an address too long; then the days alone have to do.
_NAMED = 60


@dataclass(frozen=True, slots=True)
class Afterwards:
    """Choices of forms, as the part of an address behind the question mark. `sheets` are of this
    plan's people where they could be named, `period` of everybody."""

    period: str
    sheets: str


def afterwards(number: int, viewer: Viewer) -> Afterwards:
    """The choices that lead to the forms of a plan which has been announced."""
    lines = [draft.line for draft in drawer.lines(number)]
    days = [line.effective for line in lines]
    if not days:
        return Afterwards("", "")
    period = {"from": min(days).isoformat(), "to": max(days).isoformat()}
    people = {line.person for line in lines if line.person}
    sheets = dict(period)
    if len(people) <= _NAMED:
        cards = reader.cards(viewer, on=max(days), ids=sorted(people))
        numbers = sorted(str(card["staff_no"]) for card in cards if card.get("staff_no"))
        if len(numbers) == len(people):
            sheets["people"] = " ".join(numbers)
    return Afterwards(urlencode(period), urlencode(sheets))
