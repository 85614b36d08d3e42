"""Units (組織) over time: dated like people, folded from their filings.

A unit exists while it has a name. Codes identify; names, parents, phones, duties change.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any

from meibo.domain.book import OPEN, Period

DUTY = "duty:"
ALLOTMENT = "allotment:"


@dataclass(slots=True)
class UnitPiece:
    """A unit over `[starts, ends)` in which nothing of it changes."""

    starts: date
    ends: date
    parent: str | None
    state: dict[str, Any] = field(default_factory=dict)


def unit_pieces(periods: Iterable[Period]) -> list[UnitPiece]:
    """Cut one unit's filings into pieces; the time without a name is left out."""
    periods = list(periods)
    cuts = sorted({OPEN} | {p.starts for p in periods} | {p.ends for p in periods})
    result: list[UnitPiece] = []
    for starts, ends in pairwise(cuts):
        state = _state([p for p in periods if p.starts <= starts < p.ends])
        if "name" not in state:
            continue
        last = result[-1] if result else None
        if last and last.ends == starts and last.state == state:
            last.ends = ends
        else:
            result.append(UnitPiece(starts, ends, state.get("parent"), state))
    return result


def _state(current: list[Period]) -> dict[str, Any]:
    state: dict[str, Any] = {}
    duties: list[tuple[str, str]] = []
    allotments: list[dict[str, Any]] = []
    for period in current:
        if period.field.startswith(DUTY):
            duties.append((period.field, period.value))
        elif period.field.startswith(ALLOTMENT):
            key = period.field.removeprefix(ALLOTMENT)
            allotments.append({"key": key, **json.loads(period.value)})
        else:
            state[period.field] = period.value
    if duties:
        state["duties"] = [text for _, text in sorted(duties)]
    if allotments:
        state["allotments"] = sorted(allotments, key=lambda a: str(a["key"]))
    return state


class Organisation:
    """The house on one day: code → state, with paths and display order worked out.

    `states` maps codes to the unit's state (name, parent, level, order …).
    """

    def __init__(self, states: Mapping[str, Mapping[str, Any]]) -> None:
        self.states = states
        self._below: dict[str | None, list[str]] = {}
        for code in sorted(states, key=self._sort_key):
            parent = states[code].get("parent")
            self._below.setdefault(parent if parent in states else None, []).append(code)
        self.codes: dict[str, tuple[str, ...]] = {}
        self.paths: dict[str, tuple[str, ...]] = {}
        self.order: dict[str, int] = {}
        self._walk(None, (), ())

    def _sort_key(self, code: str) -> tuple[str, str]:
        return (str(self.states[code].get("order") or code), code)

    def _walk(self, parent: str | None, codes: tuple[str, ...], names: tuple[str, ...]) -> None:
        for code in self._below.get(parent, []):
            if code in codes:
                continue  # a unit that is its own ancestor would never end
            self.order[code] = len(self.order)
            self.codes[code] = (*codes, code)
            self.paths[code] = (*names, str(self.states[code]["name"]))
            self._walk(code, self.codes[code], self.paths[code])

    def children(self, code: str | None) -> list[str]:
        """Direct sub-units, in display order; of None the top."""
        return self._below.get(code, [])

    def below(self, code: str) -> list[str]:
        """The unit and everything below it, in display order."""
        return [code, *(c for child in self.children(code) for c in self.below(child))]

    def path(self, code: str | None) -> list[str]:
        """Names from the top down, e.g. 部・課・係; empty where the unit is not known."""
        return list(self.paths.get(code or "", ()))

    def section(self, code: str | None) -> str | None:
        """The 課 a unit belongs to (level 2), else the topmost unit of its path."""
        chain = self.codes.get(code or "", ())
        at_two = [c for c in chain if str(self.states[c].get("level")) == "2"]
        return at_two[0] if at_two else (chain[0] if chain else None)
