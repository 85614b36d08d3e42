"""What the engine decides, and what it remembers between two telegrams."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from meibo.domain.telegram.history import Event
from meibo.domain.telegram.level import Level
from meibo.domain.telegram.scale import Intensity


class Do(StrEnum):
    """What is decided. START: call out, by itself. ASK: ask a person whether to. INFORM: tell
    crisis management. WAIT: a start is held back until `until`. RAISE: an event that is known has
    become graver. CORRECT, EASE: it is less grave, by a correction or by its course. CANCEL: what
    was said was taken back. JOIN: what were several events is one."""

    START = "start"
    ASK = "ask"
    INFORM = "inform"
    WAIT = "wait"
    RAISE = "raise"
    CORRECT = "correct"
    EASE = "ease"
    CANCEL = "cancel"
    JOIN = "join"


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision about one event, for whoever acts on it. `digest` is that of the telegram that
    led to it; empty where a wait has run out, or another event has changed what is to be asked.
    `joined`: the events that are this one as well; `late`: the telegram was old already when it
    came in."""

    do: Do
    event: str
    level: Level
    reason: str
    digest: str = ""
    until: datetime | None = None
    joined: tuple[str, ...] = ()
    late: bool = False


@dataclass(frozen=True, slots=True)
class Alarm:
    """The last call-out: of which event, when, and how strong the quake was."""

    event: str
    at: datetime
    intensity: Intensity


@dataclass(frozen=True, slots=True)
class State:
    """What is remembered between two telegrams."""

    events: tuple[Event, ...] = ()
    seen: tuple[tuple[str, datetime], ...] = ()
    alarm: Alarm | None = None

    def event(self, key: str) -> Event | None:
        """An event by its key."""
        return next((e for e in self.events if e.key == key), None)


@dataclass(frozen=True, slots=True)
class Why:
    """What led to a decision, in words and as the telegram."""

    words: str
    digest: str = ""
    late: bool = False
