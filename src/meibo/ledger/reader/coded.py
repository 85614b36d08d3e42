"""Codes beside a card: what a card tells in words, as the town's tables write it.

A job that hands a file to another system needs the code, not its name. The fields are those of the
card and pass the same table; nothing is here that the card of this viewer does not tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from meibo.domain.disclosure import Viewer
from meibo.ledger.reader.people import states_on
from meibo.ledger.sight import Sight

State = Mapping[str, Any]


def coded(
    viewer: Viewer, *, on: date, ids: Iterable[str] | None = None
) -> dict[str, dict[str, Any]]:
    """Id → field → code, of everyone in service on a day whom the viewer may see."""
    sight = Sight(viewer)
    found: dict[str, dict[str, Any]] = {}
    for person, state in states_on(on, ids=ids).items():
        seen = sight.seen(person, sight.ties(person, on))
        if "exists" in seen:
            found[person] = codes_of(state, seen)
    return found


def codes_of(state: State, seen: frozenset[str]) -> dict[str, Any]:
    """The codes of one state, as far as the fields may be seen."""
    codes: dict[str, Any] = {
        name: state.get(name) for name in ("job", "employment") if name in seen
    }
    if "leave" in seen:
        codes["leave"] = (state.get("leave") or {}).get("reason") or None
    if "dispatch" in seen:
        codes["dispatch"] = (state.get("dispatch") or {}).get("reason") or None
    if "concurrent" in seen:
        further = state.get("further", [])
        codes["concurrent"] = [(seat["unit"], seat["post"]) for seat in further]
    if "maiden_name" in seen:
        codes["maiden_kana"] = state.get("maiden_kana")
    return codes
