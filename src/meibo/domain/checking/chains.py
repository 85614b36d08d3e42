"""玉突き: who takes whose place, whose place that one takes, and so on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

Place = tuple[str, str]
"""A unit and a post in it."""


@dataclass(frozen=True, slots=True)
class Shift:
    """Somebody goes from a place to another one; None: from outside, or out of service."""

    person: str
    came: Place | None
    goes: Place | None


@dataclass(frozen=True, slots=True)
class Chain:
    """Each takes the place that the next one leaves. `closed`: the last one takes the place of the
    first. `opens`: the place that is left vacant at the beginning, nobody following the first."""

    shifts: tuple[Shift, ...]
    closed: bool = False

    @property
    def opens(self) -> Place | None:
        """The place of the first one, which nobody of the plan takes."""
        return None if self.closed else self.shifts[0].came

    @property
    def ends(self) -> Place | None:
        """The place that the last one takes, from which nobody of the plan goes."""
        return None if self.closed else self.shifts[-1].goes


def chains(shifts: Iterable[Shift]) -> list[Chain]:
    """Every chain, the longest first. Where several leave a place and several come, they are paired
    in the order of the plan."""
    all_ = [shift for shift in shifts if shift.came != shift.goes]
    leaving: dict[Place, list[Shift]] = defaultdict(list)
    for shift in all_:
        if shift.came is not None:
            leaving[shift.came].append(shift)
    follows: dict[str, Shift] = {}
    for shift in all_:
        if shift.goes is not None and leaving.get(shift.goes):
            follows[shift.person] = leaving[shift.goes].pop(0)
    followed = {shift.person for shift in follows.values()}
    seen: set[str] = set()
    found = [_walk(s, follows, seen) for s in all_ if s.person not in followed]
    found += [_walk(s, follows, seen) for s in all_ if s.person not in seen]
    return sorted((chain for chain in found if chain.shifts), key=lambda c: -len(c.shifts))


def _walk(first: Shift, follows: dict[str, Shift], seen: set[str]) -> Chain:
    walked: list[Shift] = []
    at: Shift | None = first
    while at is not None and at.person not in seen:
        seen.add(at.person)
        walked.append(at)
        at = follows.get(at.person)
    closed = bool(walked) and at is not None and at.person == first.person
    return Chain(tuple(walked), closed)
