"""How grave an event is for one place, and what the town's rules answer to that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import IntEnum

from meibo.domain.telegram.at_place import Place
from meibo.domain.telegram.model import Tsunami
from meibo.domain.telegram.scale import Intensity


@dataclass(frozen=True, slots=True)
class Level:
    """The intensity, the grade of tsunami and the kinds of 特別警報 in force. Levels are ordered in
    each of the three, so two may exceed one another."""

    intensity: Intensity = Intensity.ZERO
    tsunami: Tsunami = Tsunami.NONE
    special: frozenset[str] = frozenset()

    def exceeds(self, other: Level) -> bool:
        """Whether it is graver than the other in anything."""
        return (
            self.intensity > other.intensity
            or self.tsunami > other.tsunami
            or not self.special <= other.special
        )

    def beyond(self, other: Level) -> Level:
        """That part of it which is graver than the other."""
        return Level(
            self.intensity if self.intensity > other.intensity else Intensity.ZERO,
            self.tsunami if self.tsunami > other.tsunami else Tsunami.NONE,
            self.special - other.special,
        )

    def and_also(self, other: Level) -> Level:
        """The graver of both, in each of the three."""
        return Level(
            max(self.intensity, other.intensity),
            max(self.tsunami, other.tsunami),
            self.special | other.special,
        )

    @property
    def words(self) -> str:
        """As people read it."""
        parts = []
        if self.intensity > Intensity.ZERO:
            parts.append(f"震度{self.intensity.word}")
        if self.tsunami > Tsunami.LIFTED:
            parts.append(self.tsunami.word)
        parts += [f"{hazard}の特別警報" for hazard in sorted(self.special)]
        return "、".join(parts) or "該当なし"


class Answer(IntEnum):
    """What a rule answers, from the least on."""

    INFORM = 1
    ASK = 2
    START = 3


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the town's rules: from this level on, in or out of office hours, this answer. A
    rule names one of intensity, tsunami, special. `wait`: so long a start by itself is held back,
    for a telegram that takes the first one back."""

    answer: Answer
    intensity: Intensity | None = None
    tsunami: Tsunami | None = None
    special: bool = False
    in_office: bool | None = None
    wait: timedelta = timedelta()

    def applies(self, level: Level, *, office: bool) -> bool:
        """Whether the rule answers to this level at such an hour."""
        if self.in_office is not None and self.in_office != office:
            return False
        return (
            (self.intensity is not None and level.intensity >= self.intensity)
            or (self.tsunami is not None and level.tsunami >= self.tsunami)
            or (self.special and bool(level.special))
        )


@dataclass(frozen=True, slots=True)
class Hours:
    """When the town hall is open: on weekdays that are no holiday, `start <= t < end`."""

    start: time = time(8, 30)
    end: time = time(17, 15)
    weekdays: frozenset[int] = frozenset(range(5))
    closed: frozenset[tuple[int, int]] = frozenset(
        {(12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3)}
    )


def _never(_day: date) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Rules:
    """What a town has laid down. `aftershock`: within so long of an alarm, a further quake that is
    no stronger asks a person instead of starting. `stale`: a telegram that is older when it comes
    in (the line was down) asks as well. `keep`: so long an event is remembered. `tell`: sign-in
    names of those who are told of a question; none: everybody of crisis management."""

    place: Place
    rules: tuple[Rule, ...] = ()
    hours: Hours = field(default_factory=Hours)
    aftershock: timedelta = timedelta(hours=24)
    stale: timedelta = timedelta(hours=3)
    is_holiday: Callable[[date], bool] = _never
    keep: timedelta = timedelta(days=14)
    tell: tuple[str, ...] = ()

    def office(self, moment: datetime) -> bool:
        """Whether the town hall is open; the moment is in the town's own time."""
        day = moment.date()
        return (
            day.weekday() in self.hours.weekdays
            and (day.month, day.day) not in self.hours.closed
            and not self.is_holiday(day)
            and self.hours.start <= moment.time() < self.hours.end
        )

    def relevant(self, level: Level) -> Level:
        """The level as far as any rule, at whatever hour, names what is in it: below that a change
        is no news."""
        least = min((r.intensity for r in self.rules if r.intensity is not None), default=None)
        wave = min((r.tsunami for r in self.rules if r.tsunami is not None), default=None)
        shakes = least is not None and level.intensity >= least
        floods = wave is not None and level.tsunami >= wave
        return Level(
            level.intensity if shakes else Intensity.ZERO,
            level.tsunami if floods else Tsunami.NONE,
            level.special if any(r.special for r in self.rules) else frozenset(),
        )

    def answering(self, level: Level, moment: datetime) -> Rule | None:
        """The rule with the strongest answer to this level, the shortest wait among equals."""
        office = self.office(moment)
        found = [rule for rule in self.rules if rule.applies(level, office=office)]
        return min(found, key=lambda rule: (-rule.answer, rule.wait), default=None)
