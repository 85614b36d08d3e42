"""What successive telegrams have said of one event, and what follows from all of them.

The order in which they come in does not matter: of each kind the newest counts, and what was taken
back is as if never said. So a copy that arrives late, by whichever route, changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from meibo.domain.telegram.level import Level
from meibo.domain.telegram.model import Tsunami
from meibo.domain.telegram.scale import Intensity


@dataclass(frozen=True, slots=True)
class Statement:
    """What one telegram said of our place. `exact`: the intensity is our city's own, not that of
    our area. `about`: the kind of telegram, or for a special warning the danger, whichever kind of
    telegram (`source`) speaks of it."""

    about: str
    reported: datetime
    issued: datetime
    serial: int = 0
    intensity: Intensity = Intensity.ZERO
    exact: bool = False
    tsunami: Tsunami | None = None
    source: str = ""
    hazard: str = ""
    in_force: bool = False
    cancelled: bool = False
    corrected: bool = False

    @property
    def age(self) -> tuple[datetime, datetime, int]:
        """Which of two is newer."""
        return self.reported, self.issued, self.serial


@dataclass(frozen=True, slots=True)
class Event:
    """One event through its telegrams. `told` is the level that was last made known, `answer` the
    strongest answer given, `waiting` the moment at which a start that is held back is due,
    `rests` the event because of whose alarm a person was asked instead of starting."""

    key: str
    ids: frozenset[str] = frozenset()
    statements: tuple[Statement, ...] = ()
    told: Level = field(default_factory=Level)
    answer: int = 0
    started: bool = False
    waiting: datetime | None = None
    touched: datetime | None = None
    weather: bool = False
    rests: str = ""

    def adding(self, new: Statement) -> Event:
        """The event with a statement more; of two about the same the newer stays. Of two equally
        old, one that takes back or corrects goes before, then the graver."""
        others = tuple(s for s in self.statements if s.about != new.about)
        old = next((s for s in self.statements if s.about == new.about), None)
        kept = new if old is None else max(old, new, key=_weight)
        if old is not None and old.age == new.age and _like(old, new):
            kept = _join(old, new)
        ordered = tuple(sorted((*others, kept), key=lambda s: s.about))
        return replace(self, statements=ordered)

    @property
    def level(self) -> Level:
        """How grave it is, as far as is known by now."""
        valid = [s for s in self.statements if not s.cancelled]
        shaking = [s for s in valid if s.intensity > Intensity.ZERO or s.exact]
        exact = [s for s in shaking if s.exact]
        intensity = max((s.intensity for s in exact or shaking), default=Intensity.ZERO)
        waves = [s for s in valid if s.tsunami is not None]
        newest = max(waves, key=lambda s: (s.age, s.tsunami), default=None)
        tsunami = newest.tsunami if newest and newest.tsunami else Tsunami.NONE
        special = frozenset(s.hazard for s in valid if s.hazard and s.in_force)
        if tsunami is Tsunami.LIFTED:
            tsunami = Tsunami.NONE
        return Level(intensity, tsunami, special)


def joined(events: list[Event]) -> Event:
    """Events that a telegram has shown to be one, as the first of them."""
    first, *others = events
    for other in others:
        for statement in other.statements:
            first = first.adding(statement)
        waits = [w for w in (first.waiting, other.waiting) if w is not None]
        first = replace(
            first,
            ids=first.ids | other.ids,
            told=_both(first.told, other.told),
            answer=max(first.answer, other.answer),
            started=first.started or other.started,
            waiting=min(waits, default=None),
            rests=first.rests or other.rests,
        )
    return first


def _both(a: Level, b: Level) -> Level:
    return Level(max(a.intensity, b.intensity), max(a.tsunami, b.tsunami), a.special | b.special)


def _weight(s: Statement) -> tuple[object, ...]:
    wave = -1 if s.tsunami is None else int(s.tsunami)
    return (s.age, s.cancelled, s.corrected, s.exact, s.intensity, wave, s.in_force)


def _like(a: Statement, b: Statement) -> bool:
    return (a.cancelled, a.corrected, a.exact) == (b.cancelled, b.corrected, b.exact)


def _join(a: Statement, b: Statement) -> Statement:
    waves = [w for w in (a.tsunami, b.tsunami) if w is not None]
    return replace(
        a,
        intensity=max(a.intensity, b.intensity),
        tsunami=max(waves, default=None),
        in_force=a.in_force or b.in_force,
    )
