"""Who is kin, by name: for personnel alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from meibo.ledger import kin
from meibo.ledger.drawer import house_on


@dataclass(frozen=True, slots=True)
class Relatives:
    """Two people in words. `key`: both ids, to end it."""

    key: str
    first: str
    second: str
    relation: str


def relatives(on: date) -> list[Relatives]:
    """Every pair on a day."""
    pairs = kin.pairs(on)
    states = house_on(on, [p for pair in pairs for p in (pair.first, pair.second)])

    def name(person: str) -> str:
        state = states.get(person)
        told = str(state.get("name") or "").replace("\u3000", " ") if state else "在職していない人"
        return f"{told}（{state['staff_no']}）" if state and state.get("staff_no") else told

    return [
        Relatives(f"{p.first} {p.second}", name(p.first), name(p.second), p.relation) for p in pairs
    ]
