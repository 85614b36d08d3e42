"""What was ticked off in a file without a network, and what of it is news to the house."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

SAFE, ARRIVED = "safe", "arrived"
KINDS = (SAFE, ARRIVED)


class TicksError(ValueError):
    """It is no list of ticks."""


@dataclass(frozen=True, slots=True)
class Tick:
    """Somebody was ticked off as safe or arrived, at a moment of the device's clock."""

    person: str
    kind: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Known:
    """What the house knows of somebody who is asked: the last answer, the arrival."""

    status: str = ""
    answered_at: datetime | None = None
    arrived_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Effect:
    """What becomes of a tick: written; `softened`: written only where somebody says so, since it
    makes a graver answer a 無事; or why not (`kept`: an answer that is as new or newer, `stranger`:
    somebody who is not asked in this check or not for this visitor to answer for)."""

    tick: Tick
    outcome: str


WRITTEN, SOFTENED, KEPT, STRANGER = "written", "softened", "kept", "stranger"


def read(value: Any, made: datetime, now: datetime) -> list[Tick]:
    """Ticks in order of time. A moment before the file was made or after now is a wrong clock, and
    is moved to the nearer end. Raises TicksError for what no file writes."""
    if not isinstance(value, dict):
        raise TicksError("印の一覧ではありません。")
    return sorted(_ticks(value, made, now), key=lambda tick: (tick.at, tick.person, tick.kind))


def _ticks(value: Mapping[Any, Any], made: datetime, now: datetime) -> Iterator[Tick]:
    for person, own in value.items():
        if not isinstance(person, str) or not isinstance(own, dict) or set(own) - set(KINDS):
            raise TicksError("印の一覧ではありません。")
        for kind, at in own.items():
            if isinstance(at, bool) or not isinstance(at, int) or not 0 <= at < 2**53:
                raise TicksError("印の時刻が読めません。")
            seconds = min(max(at / 1000, made.timestamp()), now.timestamp())
            yield Tick(person, kind, datetime.fromtimestamp(seconds, UTC))


def weigh(ticks: list[Tick], known: Mapping[str, Known]) -> list[Effect]:
    """What is news. Of an answer the newer one counts, of an arrival the first; so a second time
    the same file brings nothing."""
    return [Effect(tick, _outcome(tick, known.get(tick.person))) for tick in ticks]


def _outcome(tick: Tick, known: Known | None) -> str:
    if known is None:
        return STRANGER
    if tick.kind == ARRIVED:
        return WRITTEN if known.arrived_at is None else KEPT
    if known.answered_at is None:
        return WRITTEN
    if known.answered_at >= tick.at:
        return KEPT
    return WRITTEN if known.status in ("", SAFE) else SOFTENED
