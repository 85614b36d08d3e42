"""Small counts are not shown to who may not see the people counted, nor can they be worked out.

A count from 1 to threshold - 1 says something about somebody. It is held back, and with it as many
of the counts beside it as keep it from being the difference between a total and the rest: always
at least two, which together are no small count either. What lies below a unit whose count is held
back is held back whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class Counts:
    """Counts that may be shown: of who is just in a unit, and of who is in it or below it."""

    here: dict[str, int] = field(default_factory=dict)
    below: dict[str, int] = field(default_factory=dict)


def held_back(parts: Mapping[str, int], threshold: int) -> frozenset[str]:
    """Which of the parts of a total that is known may not be shown. Of equals the first goes."""
    hidden = {name for name, count in parts.items() if 0 < count < threshold}
    if not hidden:
        return frozenset()
    # A count of nobody hides little, so it is taken last.
    others = sorted(
        (name for name in parts if name not in hidden),
        key=lambda name: (parts[name] == 0, parts[name]),
    )
    for name in others:
        if len(hidden) > 1 and sum(parts[each] for each in hidden) >= threshold:
            break
        hidden.add(name)
    return frozenset(hidden)


def shown(
    roots: Sequence[str],
    children: Mapping[str, Sequence[str]],
    here: Mapping[str, int],
    threshold: int,
) -> Counts:
    """What of the counts of a house may be shown. `here`: how many are just in a unit; the whole
    house is taken to be known, since its size is told elsewhere."""
    below: dict[str, int] = {}
    for root in roots:
        _add_up(root, children, here, below)
    counts = Counts()
    waiting = [
        root
        for root in roots
        if root not in held_back({each: below[each] for each in roots}, threshold)
    ]
    while waiting:
        unit = waiting.pop()
        counts.below[unit] = below[unit]
        under = children.get(unit, ())
        # Who is just in a unit is a part of it, as the units below are; no unit has an empty name.
        parts = {"": here.get(unit, 0), **{each: below[each] for each in under}}
        hidden = held_back(parts, threshold)
        if "" not in hidden:
            counts.here[unit] = parts[""]
        waiting += [each for each in under if each not in hidden]
    return counts


def _add_up(
    unit: str,
    children: Mapping[str, Sequence[str]],
    here: Mapping[str, int],
    below: dict[str, int],
) -> int:
    parts = (_add_up(each, children, here, below) for each in children.get(unit, ()))
    below[unit] = here.get(unit, 0) + sum(parts)
    return below[unit]
