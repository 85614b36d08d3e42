"""Two days compared, put as a staff newspaper prints it: by kind, by rank, in order of house."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from meibo.domain.changes import KINDS
from meibo.domain.disclosure import Viewer
from meibo.ledger import house, reader

#: 特別区の級: what a newspaper writes over the names. A post's grade is in the town's post table,
#: open to everyone; a person's grade is not used.
RANKS: Mapping[int, str] = {
    6: "部長級",
    5: "課長級",
    4: "課長補佐級",
    3: "係長級",
    2: "主任級",
    1: "係員",
}
OTHERS = "会計年度任用職員ほか"
MANY = 30
#: How a kind is painted: sign, colour, and whether its many lines open folded.
SIGNS: Mapping[str, tuple[str, str]] = {
    "enter": ("＋", "came"),
    "resume": ("＋", "came"),
    "leave": ("−", "left"),
    "pause": ("−", "left"),
}
MOVED = ("→", "moved")
FOLDED = frozenset({"remap", "renew"})
#: Newspapers begin with who rises and moves; who left comes last of the persons.
ORDER = (
    *("promote", "move", "enter", "leave", "demote", "add", "relieve", "pause", "resume"),
    *("rename", "remap", "renew"),
)
UNIT_KINDS: Mapping[str, str] = {"new": "新設", "gone": "廃止", "changed": "名称・所管の変更"}


@dataclass(frozen=True, slots=True)
class Line:
    """One person in the comparison; `now` and `then` are places in words."""

    id: str
    name: str
    kana: str
    post: str
    now: str
    now_code: str
    then: str
    gone: bool
    wording: str


@dataclass(frozen=True, slots=True)
class Rank:
    """Lines of one rank."""

    label: str
    lines: list[Line]

    @property
    def folded(self) -> bool:
        """Whom a newspaper does not name one by one: hundreds whose year is over."""
        return self.label == OTHERS and len(self.lines) > MANY


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of change."""

    code: str
    label: str
    sign: str
    colour: str
    folded: bool
    count: int
    ranks: list[Rank]


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit that changed, in words. `partners`: of a new one what it came from, of one that is
    gone what carries on its work."""

    code: str
    label: str
    before: str
    after: str
    kind: str
    partners: list[reader.UnitLink]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The whole page: sections of persons, then units."""

    start: date
    end: date
    sections: list[Section]
    units: list[UnitLine]

    @property
    def total(self) -> int:
        return sum(section.count for section in self.sections)


def comparison(viewer: Viewer, start: date, end: date, inside: str = "") -> Comparison:
    """What differs between two days; `inside` keeps to one unit and what is below it."""
    found = reader.changes(viewer, start, end)
    if inside:
        codes = _below(viewer, inside, start) | _below(viewer, inside, end)
        found = [change for change in found if _touches(change, codes)]
    units = reader.unit_changes_between(viewer, start, end)
    lines = [_unit_line(viewer, change, start, end) for change in units if not inside]
    return Comparison(start, end, _sections(found), lines)


def _below(viewer: Viewer, code: str, on: date) -> set[str]:
    return {unit.code for unit in reader.units(viewer, on=on) if code in unit["codes"]}


def _touches(change: reader.Change, codes: set[str]) -> bool:
    sides = (change.before or {}, change.after or {})
    return any(side.get("unit_code") in codes for side in sides)


def _sections(found: Iterable[reader.Change]) -> list[Section]:
    by_kind: dict[str, list[reader.Change]] = {code: [] for code in ORDER}
    for change in found:
        by_kind.setdefault(change.kind, []).append(change)
    grades = _grades()
    return [_section(code, changes, grades) for code, changes in by_kind.items() if changes]


def _grades() -> Mapping[str, int]:
    """Post code → the grade that goes with it; 0 where the town's table names none."""
    posts = house.codes().table("post")
    return {code: int(row.extra.get("grade") or 0) for code, row in posts.items()}


def _section(code: str, changes: list[reader.Change], grades: Mapping[str, int]) -> Section:
    def grade_of(change: reader.Change) -> int:
        return grades.get(str((change.after or change.before or {}).get("post_code")), 0)

    sign, colour = SIGNS.get(code, MOVED)
    ordered = sorted(changes, key=lambda change: -grade_of(change))
    ranks = [
        Rank(RANKS.get(grade, OTHERS), [_line(change) for change in group])
        for grade, group in groupby(ordered, grade_of)
    ]
    label = KINDS.get(code, code)
    return Section(code, label, sign, colour, code in FOLDED, len(changes), ranks)


def _line(change: reader.Change) -> Line:
    before, after = change.before or {}, change.after or {}
    side = after or before
    return Line(
        id=change.id,
        name=str(side.get("name") or ""),
        kana=str(side.get("kana") or ""),
        post=str(side.get("post") or ""),
        now=_place(after),
        now_code=str(after.get("unit_code") or ""),
        then=_then(change, before, after),
        gone=change.after is None,
        wording=change.wording,
    )


def _then(change: reader.Change, before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """What stood before: place and post; for further posts those; for a name the old name."""
    if change.kind == "rename":
        return str(before.get("name") or "")
    if change.kind in {"add", "relieve"}:
        return _further(after if change.kind == "add" else before, before, after)
    parts = [_place(before)]
    if before.get("post") != after.get("post"):
        parts.append(str(before.get("post") or ""))
    return " ".join(part for part in parts if part)


def _further(side: Mapping[str, Any], before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """The further posts that only one of the two days has."""
    other = (before if side is after else after).get("concurrent") or []
    only = [each for each in side.get("concurrent") or [] if each not in other]
    return "、".join(
        " ".join([each["kind_label"], *each["unit_path"], each["post"] or ""]).strip()
        for each in only
    )


def _place(side: Mapping[str, Any]) -> str:
    return " ".join(side.get("unit_path") or ())


def _unit_line(viewer: Viewer, change: reader.UnitChange, start: date, end: date) -> UnitLine:
    partners = _partners(viewer, change, start, end)
    how = "・".join(dict.fromkeys(link.kind for link in partners))
    label = UNIT_KINDS.get(change.kind, change.kind)
    label = f"{label}（{how}）" if how and how != label else label
    before, after = " ".join(change.before), " ".join(change.after)
    return UnitLine(change.code, label, before, after, change.kind, partners)


def _partners(
    viewer: Viewer, change: reader.UnitChange, start: date, end: date
) -> list[reader.UnitLink]:
    if change.kind == "changed":
        return []
    first, last = sorted((start, end))
    direction = "before" if (change.kind == "new") == (start <= end) else "after"
    return [
        link
        for link in reader.unit_changes(viewer, change.code)
        if link.direction == direction and first < link.day <= last
    ]
