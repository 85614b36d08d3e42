"""The parts of a condition, and how they are kept as text."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

#: How the parts of a group belong together.
HOWS = ("all", "any", "none")
#: 今も続けて, 通算で, 続けて（今でなくても）
MODES = ("now", "sum", "run")
DEEPEST = 6
MOST_PARTS = 60


class ConditionError(ValueError):
    """What was kept or sent is no condition."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Something about the day itself: a field, how it is compared, with what."""

    field: str
    op: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """Having held one of these posts (none named: any) in one of these units or below it (none
    named: anywhere), for so many months: `now` without a break until the day, `sum` in all, `run`
    at a stretch whenever. `further`: 兼務 and the like count too."""

    posts: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    mode: str = "now"
    months: int = 0
    further: bool = False


@dataclass(frozen=True, slots=True)
class Been:
    """Having been in one of these units, or below it, at least a day from `since` through `until`
    (open: from the first day, through the day looked at)."""

    units: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    never: bool = False
    further: bool = True


@dataclass(frozen=True, slots=True)
class Group:
    """Parts that must all hold, of which any must hold, or none may. An empty one holds, save that
    of nothing nothing holds `any`."""

    how: str = "all"
    parts: tuple[Part, ...] = ()


Part = Compared | Held | Been | Group


def parts_of(part: Part) -> Iterator[Compared | Held | Been]:
    """Every part that is no group."""
    if isinstance(part, Group):
        for each in part.parts:
            yield from parts_of(each)
    else:
        yield part


def written(group: Group) -> str:
    """The condition as text: what is kept, handed on and exported."""
    return json.dumps(_plain(group), ensure_ascii=False, sort_keys=True)


def _plain(part: Part) -> dict[str, Any]:
    if isinstance(part, Group):
        return {"how": part.how, "parts": [_plain(each) for each in part.parts]}
    if isinstance(part, Compared):
        return {"field": part.field, "op": part.op, "values": list(part.values)}
    if isinstance(part, Held):
        told = {"posts": list(part.posts), "units": list(part.units), "mode": part.mode}
        return {"held": told | {"months": part.months, "further": part.further}}
    days = {
        name: day.isoformat()
        for name, day in (("since", part.since), ("until", part.until))
        if day is not None
    }
    return {
        "been": {"units": list(part.units), "never": part.never, "further": part.further} | days
    }


def read(text: str) -> Group:
    """The condition that was written. Raises ConditionError."""
    try:
        found = _part(json.loads(text), 0)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ConditionError("条件が読めません") from error
    if not isinstance(found, Group):
        raise ConditionError("条件が読めません")
    if sum(1 for _ in parts_of(found)) > MOST_PARTS:
        raise ConditionError(f"条件は{MOST_PARTS}個までです")
    return found


def _part(told: Mapping[str, Any], depth: int) -> Part:
    if depth > DEEPEST:
        raise ValueError(depth)
    if "parts" in told:
        return Group(_of(told["how"], HOWS), tuple(_part(p, depth + 1) for p in told["parts"]))
    if "held" in told:
        held = told["held"]
        months = int(held.get("months", 0))
        mode = _of(held["mode"], MODES)
        if not 0 <= months <= 1200:
            raise ValueError(months)
        further = bool(held.get("further"))
        return Held(_texts(held["posts"]), _texts(held["units"]), mode, months, further)
    if "been" in told:
        been = told["been"]
        since, until = (
            date.fromisoformat(been[name]) if been.get(name) else None
            for name in ("since", "until")
        )
        never, further = bool(been["never"]), bool(been.get("further", True))
        return Been(_texts(been["units"]), since, until, never, further)
    return Compared(str(told["field"]), str(told["op"]), _texts(told["values"]))


def _of(word: str, words: tuple[str, ...]) -> str:
    if word not in words:
        raise ValueError(word)
    return word


def _texts(values: list[Any]) -> tuple[str, ...]:
    return tuple(str(each) for each in values)
