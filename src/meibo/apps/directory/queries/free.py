"""自由項目: what of it somebody may write, and how it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from meibo.domain import free_fields
from meibo.domain.disclosure import Viewer
from meibo.domain.free_fields import FreeField, Type
from meibo.ledger import policy, reader


def writable(viewer: Viewer, person: str) -> list[FreeField]:
    """The fields of this person that the viewer may write: all for personnel, and what the field
    itself gives to the person or to the 庶務担当, as far as these see it."""
    table = policy.table(viewer.today)
    ties = viewer.toward(person)
    seen = table.seen(ties)
    return [
        field
        for field in table.free.values()
        if field.name in seen and ("hr" in ties or not field.by.isdisjoint(ties))
    ]


def may_write(viewer: Viewer, person: str) -> bool:
    """Whether there is any."""
    return bool(writable(viewer, person))


def bulk_fields(viewer: Viewer) -> list[FreeField]:
    """What personnel may write for many people at once: everything but documents."""
    if "hr" not in viewer.ties:
        return []
    table = policy.table(viewer.today)
    seen = table.seen(viewer.ties)
    return [f for f in table.free.values() if f.name in seen and f.type is not Type.FILE]


@dataclass(frozen=True, slots=True)
class Turn:
    """What a change for many would do to one person, in words."""

    card: reader.Card
    before: str
    after: str

    @property
    def changes(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class Look:
    """A last look before many are changed. `mark` tells whether it still is as it was shown."""

    turns: list[Turn]
    mark: str

    @property
    def count(self) -> int:
        return sum(turn.changes for turn in self.turns)


def look(
    viewer: Viewer, people: Sequence[str], field: FreeField, filed: str | None, on: date
) -> Look:
    """What filing this value for these people from a day on would change."""
    found = {card.id: card for card in reader.cards(viewer, on=on, ids=people)}
    after = free_fields.words(field, free_fields.value(field, filed))
    turns = [
        Turn(card, free_fields.words(field, card[field.name]), after)
        for person in people
        if (card := found.get(person)) is not None and field.name in card
    ]
    stands = "\n".join(f"{turn.card.id}\t{turn.before}" for turn in turns)
    return Look(turns, sha256(stands.encode()).hexdigest())


def texts(card: reader.Card, fields: Sequence[FreeField]) -> Mapping[str, str]:
    """How these fields stand, as a form holds them."""
    return {field.key: _text(field, card.get(field.name)) for field in fields}


def _text(field: FreeField, held: object) -> str:
    if held is None:
        return ""
    if isinstance(held, bool):
        return "1" if held else "0"
    if isinstance(held, list):
        return "、".join(map(str, held))
    return free_fields.words(field, held) if isinstance(held, dict) else str(held)
