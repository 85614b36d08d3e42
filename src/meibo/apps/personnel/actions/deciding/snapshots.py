"""What a plan was when it was laid before somebody, and what has changed since."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from meibo.ledger import drawer

_SEEN = ("wording", "unit", "post", "grade")
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """A line that is new (`was` None), gone (`now` None) or another one than it was."""

    person: str
    was: Row | None
    now: Row | None


def snapshot(number: int) -> str:
    """The lines of a plan, as far as somebody who decides on it sees them, as JSON."""
    return json.dumps(_rows(number), ensure_ascii=False)


def since(number: int, before: str) -> list[Difference]:
    """What has changed in a plan's lines since a snapshot, in the order of the plan."""
    was = {row["id"]: row for row in json.loads(before)}
    now = {row["id"]: row for row in _rows(number)}
    return [
        Difference(str((now.get(key) or was[key])["person"]), was.get(key), now.get(key))
        for key in dict.fromkeys([*now, *was])
        if was.get(key) != now.get(key)
    ]


def _rows(number: int) -> list[Row]:
    return [
        {
            "id": draft.id,
            "person": draft.line.person,
            "effective": draft.line.effective.isoformat(),
            **{name: getattr(draft.line, name) for name in _SEEN},
        }
        for draft in drawer.lines(number)
    ]
