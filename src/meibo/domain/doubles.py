"""Suspected doubles (名寄せの候補): ids that may stand for one person, with what speaks for it.

What is compared is folded, generously, so this only ever suggests: two people may share a name, a
reading and a birthday. Nothing is joined by it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations


class Reason(StrEnum):
    """Why two are suspected. Values are shown by their label and never stored."""

    BORN_AND_READING = "born_reading"
    BORN_AND_NAME = "born_name"
    NAME_AND_READING = "name_reading"


#: The strongest first.
LABELS: Mapping[Reason, str] = {
    Reason.BORN_AND_NAME: "生年月日と氏名（字の違いを除く）が同じ",
    Reason.BORN_AND_READING: "生年月日と読みが同じ",
    Reason.NAME_AND_READING: "氏名と読みが同じで、生年月日が1か所だけ違うか、片方にない",
}


@dataclass(frozen=True, slots=True)
class Traits:
    """What somebody is compared by: every folded name and reading they ever went by, and the
    birth date as ISO text (empty where not known)."""

    person: str
    born: str
    names: frozenset[str]
    readings: frozenset[str]


@dataclass(frozen=True, slots=True)
class Double:
    """Two ids, the smaller first, and every reason."""

    one: str
    other: str
    reasons: tuple[Reason, ...] = field(default=())


def suspected(everyone: Iterable[Traits]) -> list[Double]:
    """The pairs that may be one person each, those with most reasons first."""
    people = list(everyone)
    found: dict[tuple[str, str], set[Reason]] = defaultdict(set)
    for reason, groups in _grouped(people):
        for group in groups.values():
            for a, b in combinations(sorted(group, key=lambda each: each.person), 2):
                if reason is not Reason.NAME_AND_READING or _may_be_slip(a.born, b.born):
                    found[a.person, b.person].add(reason)
    order = list(LABELS)
    doubles = [
        Double(*pair, tuple(sorted(reasons, key=order.index))) for pair, reasons in found.items()
    ]
    return sorted(doubles, key=lambda d: (-len(d.reasons), order.index(d.reasons[0]), d.one))


_Groups = dict[tuple[str, str], list[Traits]]


def _grouped(people: list[Traits]) -> list[tuple[Reason, _Groups]]:
    """Who shares what, by reason; each only once in a group."""
    by: dict[Reason, _Groups] = {reason: defaultdict(list) for reason in Reason}
    for each in people:
        if each.born:
            for reading in each.readings:
                by[Reason.BORN_AND_READING][each.born, reading].append(each)
            for name in each.names:
                by[Reason.BORN_AND_NAME][each.born, name].append(each)
        for name in each.names:
            for reading in each.readings:
                by[Reason.NAME_AND_READING][name, reading].append(each)
    return list(by.items())


def _may_be_slip(one: str, other: str) -> bool:
    """Two birth dates of which one part is written otherwise, or one is missing. Equal ones have a
    stronger reason already."""
    if not one or not other:
        return True
    parts = list(zip(one.split("-"), other.split("-"), strict=True))
    return sum(a != b for a, b in parts) == 1
