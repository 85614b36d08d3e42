"""What the pages of 公開基準 show: the effect of a draft, and two versions side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from meibo.domain.disclosure import TIES, Table
from meibo.domain.disclosure_editing import CellChange, differences
from meibo.ledger import ties
from meibo.platform.accounts.models import Account
from meibo.platform.grants import queries as grants
from meibo.platform.grants.rules import DUTIES

#: Letter of a cell → what a tie may do by it.
DEEDS: Mapping[str, str] = {
    "v": "見られる",
    "s": "さがせる",
    "e": "災害などの間だけ見られる",
}


@dataclass(frozen=True, slots=True)
class Deed:
    """What one tie may do from then on, or not any more: by which fields."""

    words: str
    appears: tuple[str, ...]
    vanishes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """What changes for one tie. `holders`: how many hold it today, None where nobody knows."""

    tie: str
    holders: int | None
    deeds: tuple[Deed, ...]
    horizons: tuple[CellChange, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """The effect of one table after another: cells, fields and ties that change, and `people`,
    whose values are concerned."""

    changes: tuple[CellChange, ...]
    effects: tuple[Effect, ...]
    people: int
    fields: int = field(default=0)

    @property
    def ties(self) -> int:
        return len(self.effects)

    @property
    def appearing(self) -> int:
        """How many cells begin to show something."""
        return sum(change.gains("v") or change.gains("e") for change in self.changes)

    @property
    def vanishing(self) -> int:
        return sum(change.loses("v") or change.loses("e") for change in self.changes)


def preview(old: Table, new: Table, today: date) -> Preview:
    """What a change would do, counted as of today."""
    changes = differences(old, new)
    held = holders(today)
    effects = tuple(
        _effect(tie, [change for change in changes if change.tie == tie], held)
        for tie in TIES
        if any(change.tie == tie for change in changes)
    )
    names = {change.field for change in changes if not change.horizon}
    return Preview(tuple(changes), effects, held.get("self", 0), len(names))


def _effect(tie: str, changes: list[CellChange], held: Mapping[str, int]) -> Effect:
    deeds = []
    for letter, words in DEEDS.items():
        appears = tuple(change.label for change in changes if change.gains(letter))
        vanishes = tuple(change.label for change in changes if change.loses(letter))
        if appears or vanishes:
            deeds.append(Deed(words, appears, vanishes))
    horizons = tuple(change for change in changes if change.horizon)
    return Effect(TIES[tie], held.get(tie), tuple(deeds), horizons)


def holders(today: date) -> dict[str, int]:
    """How many people, or accounts for what is granted, hold each tie today."""
    apart = Account.objects.filter(is_active=True, person=None).values_list("duties", flat=True)
    granted = Counter(duty for duties in apart for duty in duties)
    granted.update(s.grant.duty for s in grants.standings(today) if s.in_force)
    return {**ties.holders(today), **{duty: granted[duty] for duty in DUTIES}}
