"""Whom a check asks, from the roster as of now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from meibo.ledger import house
from meibo.ledger.reader.people import states_on


@dataclass(frozen=True, slots=True)
class Target:
    """Whom: nothing said is the whole house. `units`: codes, each with all below it; `posts`:
    codes; `leave`: whether those on leave are asked, too."""

    units: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()
    leave: bool = False

    def kept(self) -> dict[str, Any]:
        """As it is stored."""
        return asdict(self)

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Target:
        """What was stored."""
        lists = {name: tuple(kept.get(name, ())) for name in ("units", "posts")}
        return cls(**lists, leave=bool(kept.get("leave")))


def targeted(target: Target, on: date) -> dict[str, str]:
    """Id → code of the unit of everybody in service who is meant; who died or left is in service no
    more."""
    organisation = house.organisation(on)
    units = {code for unit in target.units for code in organisation.below(unit)}
    found: dict[str, str] = {}
    for person, state in states_on(on).items():
        seats = [state, *state.get("further", ())]
        if target.units and not any(seat.get("unit") in units for seat in seats):
            continue
        if target.posts and not any(seat.get("post") in target.posts for seat in seats):
            continue
        if state.get("leave") and not target.leave:
            continue
        found[person] = state.get("unit") or ""
    return found
