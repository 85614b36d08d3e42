"""The house as it is written down in data/house-*.txt, read into units."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources

FILES = ("house-1.txt", "house-2.txt", "house-3.txt")
ALWAYS = -1
NEVER = 99
MAYOR = "区長"
_SIZE = re.compile(r"(\d+)(?:\+(\d+))?")
_JOBS = re.compile(r"[^\d=]+\d+(,[^\d=]+\d+)*")
# 型: how many of which job, how many on yearly appointments, and the post that leads.
_PATTERNS = {
    "保育園": ((("保育士", 20), ("栄養士", 1), ("看護師", 1), ("技能", 2)), 12, "園長"),
    "幼稚園": ((("幼稚園教諭", 5),), 4, "園長"),
    "児童館": ((("福祉", 7),), 8, "館長3"),
    "図書館": ((("事務", 4),), 10, "館長3"),
    "地域センター": ((("事務", 1),), 4, "館長3"),
}
_HEADS = {1: "部長", 2: "課長", 3: "係長"}


@dataclass(slots=True)
class UnitSpec:
    """A unit of the demo ward. `born`, `gone`: the reorganisations that made and ended it.

    `former`: number of a reorganisation → the name borne before it. `jobs` counts members on
    permanent terms, the leader among them; `yearly` those on one-year appointments.
    """

    code: str
    name: str
    level: int
    parent: str | None
    head: str
    short: str = ""
    building: str = ""
    floor: str = ""
    authority: str = MAYOR
    branch: bool = False
    further: str = ""
    kind: str = ""
    jobs: tuple[tuple[str, int], ...] = ()
    yearly: int = 0
    born: int = ALWAYS
    gone: int = NEVER
    former: dict[int, str] = field(default_factory=dict)
    duties: tuple[str, ...] = ()

    def alive(self, era: int) -> bool:
        """Whether the unit exists after the reorganisation of this number (ALWAYS: before any)."""
        return self.born <= era < self.gone

    def named(self, era: int) -> str:
        """The unit's name after the reorganisation of this number."""
        return next((old for n, old in sorted(self.former.items()) if era < n), self.name)


def lines_of(name: str) -> list[str]:
    """The lines of a data file, without remarks and empty ones."""
    path = resources.files("meibo.platform.demo") / "data" / name
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]


@lru_cache(maxsize=1)
def units() -> tuple[UnitSpec, ...]:
    """Every unit that ever is, in display order."""
    found: list[UnitSpec] = []
    division: UnitSpec | None = None
    section: UnitSpec | None = None
    count = 0
    for line in (line for name in FILES for line in lines_of(name)):
        if line.startswith("部 "):
            division = section = _read(line[2:], 1, None)
            count = 0
            found.append(division)
        elif line.startswith("課 "):
            section = _read(line[2:], 2, division)
            count = 0
            found.append(section)
        elif section is not None:
            count += 1
            found.append(_read(f"{section.code[:4]}{count:02d} {line}", 3, section))
    return tuple(found)


def _read(line: str, level: int, above: UnitSpec | None) -> UnitSpec:
    head, *duties = line.split("｜")
    code, name, *words = head.split()
    unit = UnitSpec(code.ljust(6, "0"), name, level, above.code if above else None, _HEADS[level])
    unit.duties = tuple(duties)
    if above is not None:
        unit.building, unit.floor, unit.authority = above.building, above.floor, above.authority
        unit.born, unit.gone, unit.kind = above.born, above.gone, above.kind
    for word in words:
        _take(unit, word)
    unit.short = unit.short or re.sub("(?<=.)[係課室]$", "", name)
    return unit


def _take(unit: UnitSpec, word: str) -> None:
    """One word of a line: an option, a size, jobs, or the kind of place."""
    key, _, value = word.partition("=")
    if value:
        _option(unit, key, value)
    elif size := _SIZE.fullmatch(word):
        unit.jobs, unit.yearly = (("事務", int(size[1])),), int(size[2] or 0)
    elif _JOBS.fullmatch(word):
        parts = (re.fullmatch(r"(\D+)(\d+)", part) for part in word.split(","))
        unit.jobs = tuple((part[1], int(part[2])) for part in parts if part)
    elif word == "出先":
        unit.branch = True
    else:
        unit.kind = word


def _option(unit: UnitSpec, key: str, value: str) -> None:
    if key == "型":
        unit.jobs, unit.yearly, unit.head = _PATTERNS[value]
        unit.kind, unit.branch, unit.floor = value, True, "1"
    elif key in {"始", "終"}:
        setattr(unit, "born" if key == "始" else "gone", int(value))
    elif key.startswith("旧名"):
        unit.former[int(key[2:])] = value
    else:
        name = {"略": "short", "館": "building", "階": "floor", "任": "authority"}
        setattr(unit, name.get(key) or {"長": "head", "職": "further"}[key], value)
