"""The engine's state as plain JSON and back, so that it survives a restart."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from meibo.domain.telegram.events import Alarm, State
from meibo.domain.telegram.history import Event, Statement
from meibo.domain.telegram.level import Level
from meibo.domain.telegram.model import Tsunami
from meibo.domain.telegram.scale import Intensity


def to_json(state: State) -> dict[str, Any]:
    """A value that JSON can hold."""
    alarm = state.alarm
    return {
        "events": [_event(e) for e in state.events],
        "seen": [[digest, at.isoformat()] for digest, at in state.seen],
        "alarm": alarm and [alarm.event, alarm.at.isoformat(), int(alarm.intensity)],
    }


def from_json(value: Mapping[str, Any]) -> State:
    """The state that was written."""
    alarm = value.get("alarm")
    return State(
        tuple(_read_event(e) for e in value.get("events", [])),
        tuple((digest, _at(at)) for digest, at in value.get("seen", [])),
        Alarm(alarm[0], _at(alarm[1]), Intensity(alarm[2])) if alarm else None,
    )


def level_to_json(level: Level) -> dict[str, Any]:
    """A level, for whoever keeps decisions."""
    return {
        "intensity": int(level.intensity),
        "tsunami": int(level.tsunami),
        "special": sorted(level.special),
    }


def level_from_json(value: Mapping[str, Any]) -> Level:
    """The level that was written."""
    special = frozenset(value["special"])
    return Level(Intensity(value["intensity"]), Tsunami(value["tsunami"]), special)


def _event(event: Event) -> dict[str, Any]:
    return {
        "key": event.key,
        "ids": sorted(event.ids),
        "statements": [_statement(s) for s in event.statements],
        "told": level_to_json(event.told),
        "answer": event.answer,
        "started": event.started,
        "waiting": event.waiting and event.waiting.isoformat(),
        "touched": event.touched and event.touched.isoformat(),
        "weather": event.weather,
        "rests": event.rests,
    }


def _read_event(value: Mapping[str, Any]) -> Event:
    return Event(
        key=value["key"],
        ids=frozenset(value["ids"]),
        statements=tuple(_read_statement(s) for s in value["statements"]),
        told=level_from_json(value["told"]),
        answer=value["answer"],
        started=value["started"],
        waiting=_at(value["waiting"]) if value["waiting"] else None,
        touched=_at(value["touched"]) if value["touched"] else None,
        weather=value["weather"],
        rests=value.get("rests", ""),
    )


def _statement(s: Statement) -> dict[str, Any]:
    return {
        "about": s.about,
        "reported": s.reported.isoformat(),
        "issued": s.issued.isoformat(),
        "serial": s.serial,
        "intensity": int(s.intensity),
        "exact": s.exact,
        "tsunami": None if s.tsunami is None else int(s.tsunami),
        "source": s.source,
        "hazard": s.hazard,
        "in_force": s.in_force,
        "cancelled": s.cancelled,
        "corrected": s.corrected,
    }


def _read_statement(value: Mapping[str, Any]) -> Statement:
    tsunami = value["tsunami"]
    read = {
        **value,
        "reported": _at(value["reported"]),
        "issued": _at(value["issued"]),
        "intensity": Intensity(value["intensity"]),
        "tsunami": None if tsunami is None else Tsunami(tsunami),
    }
    return Statement(**read)


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)
