"""訂正: what of a career reads differently when lines are added to the book.

Plain values: the pieces of a life before and after, the orders that stand, the troubles of the
fold. What it means for pay is what of it is paid by.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from meibo.domain.book import OPEN, Career, Effect, Line, Stretch, moment

State = Mapping[str, Any]
FIELDS: Mapping[str, str] = {
    "unit": "所属",
    "post": "職",
    "further": "兼務など",
    "grade": "級",
    "step": "号給",
    "job": "職種",
    "employment": "任用形態",
    "term_end": "任期の末日",
    "leave": "休職・休業",
    "dispatch": "派遣",
}
"""What of a state is told, in this order. Payroll pays by every one of them: a unit names the
account that pays."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """`[starts, ends)` in which a life is or was so; None where not in service. `changed`: the
    fields that differ; "service" where it is being in service itself."""

    starts: date
    ends: date
    before: State | None
    after: State | None
    changed: tuple[str, ...]

    @property
    def last(self) -> date | None:
        """The last day; None where it is still going on."""
        return None if self.ends == OPEN else self.ends - _DAY


@dataclass(frozen=True, slots=True)
class Retold:
    """An order that stands as before and reads differently: what it led from, or to."""

    line: Line
    was: tuple[State | None, State | None]
    now: tuple[State | None, State | None]


@dataclass(frozen=True, slots=True)
class Fault:
    """An order that can't be followed any more (or again, where `cured`)."""

    line: Line
    message: str
    cured: bool = False


def compared(before: Sequence[Stretch], after: Sequence[Stretch]) -> list[Period]:
    """Two lives laid beside each other and cut where either changes in what is told."""
    cuts = sorted({d for piece in (*before, *after) for d in (piece.starts, piece.ends)})
    found: list[Period] = []
    for starts, ends in pairwise(cuts):
        was, now = _told(state_on(before, starts)), _told(state_on(after, starts))
        if was is None and now is None:
            continue
        last = found[-1] if found else None
        if last and last.ends == starts and (last.before, last.after) == (was, now):
            found[-1] = Period(last.starts, ends, was, now, last.changed)
        else:
            found.append(Period(starts, ends, was, now, _changed(was, now)))
    return found


def state_on(pieces: Iterable[Stretch], day: date) -> State | None:
    """The state of a day; None when not in service."""
    return next((piece.state for piece in pieces if piece.starts <= day < piece.ends), None)


def retold(
    lines: Iterable[Line], before: Sequence[Stretch], after: Sequence[Stretch]
) -> list[Retold]:
    """Those of these lines whose step from one state to the next is another one now."""
    found = []
    for line in sorted(lines, key=lambda each: (each.effective, each.no)):
        if line.effect is Effect.VOID or not line.person:
            continue
        day = moment(line)
        was, now = (
            (_seat(state_on(p, day - _DAY)), _seat(state_on(p, day))) for p in (before, after)
        )
        if was != now:
            found.append(Retold(line, was, now))
    return found


def faults(lines: Mapping[int, Line], before: Career, after: Career) -> list[Fault]:
    """Lines that the fold follows no more, and those that it follows again."""
    was = {(t.line, t.code): t.message for t in before.troubles}
    now = {(t.line, t.code): t.message for t in after.troubles}
    new = [Fault(lines[k[0]], now[k]) for k in now if k not in was and k[0] in lines]
    cured = [Fault(lines[k[0]], was[k], True) for k in was if k not in now and k[0] in lines]
    return [*new, *cured]


def _told(state: State | None) -> State | None:
    """What of a state is told."""
    return None if state is None else {k: state[k] for k in FIELDS if state.get(k) is not None}


def _seat(state: State | None) -> State | None:
    told = _told(state)
    return None if told is None else {k: told[k] for k in ("unit", "post", "grade") if k in told}


def _changed(was: State | None, now: State | None) -> tuple[str, ...]:
    if (was is None) != (now is None):
        return ("service",)
    if was is None or now is None:
        return ()
    return tuple(name for name in FIELDS if was.get(name) != now.get(name))
