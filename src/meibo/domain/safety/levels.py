"""配備態勢: which level an earthquake, a tsunami or a warning means, in office hours and out of
them: who is called, and who comes without being called. A table of the town; this reads it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from meibo.domain.safety.forecast import listed

INTENSITIES = ("4", "5弱", "5強", "6弱", "6強", "7")
TSUNAMI = ("津波注意報", "津波警報", "大津波警報")
WARNINGS = ("警報", "土砂災害警戒情報", "特別警報")
_SCALES = {"intensity": INTENSITIES, "tsunami": TSUNAMI, "warning": WARNINGS}
OFFICE, NIGHT, ALWAYS = "office", "night", ""


@dataclass(frozen=True, slots=True)
class Happened:
    """What a level is read from; "" where there is none of it."""

    intensity: str = ""
    tsunami: str = ""
    warning: str = ""

    def degree(self, measure: str) -> tuple[str, int]:
        """How high it is on a scale, and the word; -1 where it is not on it."""
        word = str(getattr(self, measure))
        scale = _SCALES[measure]
        return word, scale.index(word) if word in scale else -1


@dataclass(frozen=True, slots=True)
class Level:
    """A row of the table: from `degree` on (of `measure`) at this time, this is the level.
    `called`, `comes`: keys of muster groups (`*`: everybody); `template`: what is sent."""

    name: str
    rank: int
    measure: str
    degree: str
    time: str
    called: tuple[str, ...]
    comes: tuple[str, ...]
    template: str


class LevelError(ValueError):
    """The table can't be used; the message says row and column."""


def levels_of(rows: Iterable[Mapping[str, str]]) -> list[Level]:
    """The town's `levels.csv`. Raises LevelError: a level that was written wrong would call
    nobody."""
    return [_level(row, number) for number, row in enumerate(rows, 2)]


def level(levels: Iterable[Level], happened: Happened, *, in_office: bool) -> Level | None:
    """The highest level that what happened means at this time; None: none."""
    time = OFFICE if in_office else NIGHT
    reached = [
        each
        for each in levels
        if each.time in {ALWAYS, time}
        and happened.degree(each.measure)[1] >= _SCALES[each.measure].index(each.degree)
    ]
    return max(reached, key=lambda each: each.rank, default=None)


def _level(row: Mapping[str, str], number: int) -> Level:
    measure, degree = row.get("measure", ""), row.get("degree", "")
    if measure not in _SCALES:
        raise LevelError(f"levels.csv {number}行 measure: 「{measure}」は使えません。")
    if degree not in _SCALES[measure]:
        raise LevelError(f"levels.csv {number}行 degree: 「{degree}」は使えません。")
    if row.get("time", "") not in {OFFICE, NIGHT, ALWAYS}:
        raise LevelError(f"levels.csv {number}行 time: office か night か空にしてください。")
    if not row.get("rank", "").isdigit():
        raise LevelError(f"levels.csv {number}行 rank: 数にしてください。")
    return Level(
        row.get("level", ""),
        int(row["rank"]),
        measure,
        degree,
        row.get("time", ""),
        listed(row.get("called", "")),
        listed(row.get("comes", "")),
        row.get("template", ""),
    )
