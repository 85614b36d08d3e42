"""Units: their own table, and whether a unit named in a row stands on the day that matters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from meibo.platform.feeds.draft import Draft
from meibo.platform.feeds.house import DAY, House, Standing, Units
from meibo.platform.feeds.reading.source import Source


def close_periods(draft: Draft) -> None:
    """`ends`, in files the last day, becomes the first day after it; None stays open."""
    starts, ends = draft.day("starts"), draft.day("ends")
    if ends is None:
        return
    if starts is not None and ends < starts:
        draft.refuse("ends", "unit-period")
    draft.values["ends"] = ends + DAY


def standings(drafts: Iterable[Draft]) -> Units:
    """The units of the table."""
    return Units(
        Standing(
            code=draft.text("code") or "",
            name=draft.text("name") or "",
            parent=draft.text("parent"),
            starts=draft.day("starts") or date.min,
            ends=draft.day("ends") or date.max,
        )
        for draft in drafts
        if not draft.refused
    )


def check_units(drafts: list[Draft], house: House) -> None:
    """Periods of one code that overlap; parents and levels that do not fit."""
    taken = [draft for draft in drafts if not draft.refused]
    by_code: dict[str, list[Draft]] = defaultdict(list)
    for draft in taken:
        code = draft.text("code") or ""
        for other in by_code[code]:
            if _overlap(draft, other):
                draft.note("starts", "unit-overlap", first=other.number)
        by_code[code].append(draft)
    for draft in taken:
        _check_place(draft, house)


def _overlap(one: Draft, other: Draft) -> bool:
    starts = max(one.day("starts") or date.min, other.day("starts") or date.min)
    ends = min(one.day("ends") or date.max, other.day("ends") or date.max)
    return starts < ends


def _check_place(draft: Draft, house: House) -> None:
    code, parent = draft.text("code") or "", draft.text("parent")
    starts = draft.day("starts")
    if parent and starts and not house.units.stands(parent, starts):
        draft.note("parent", "unit-parent-unknown")
        return
    scheme = house.definition.unit_scheme
    if not scheme or len(code) != sum(scheme):
        return
    expected, level = place_of(code, scheme)
    if parent != expected:
        draft.note("parent", "unit-parent", expected=expected or "なし")
    if draft.values.get("level") not in {None, level}:
        draft.note("level", "unit-level", expected=level)


def place_of(code: str, scheme: tuple[int, ...]) -> tuple[str | None, int]:
    """The parent and the level that the digits of a code tell (部2桁＋課3桁＋係3桁).

    A unit whose middle digits are zero hangs directly on the one above them.
    """
    parts, at = [], 0
    for width in scheme:
        parts.append(code[at : at + width])
        at += width
    used = [index for index, part in enumerate(parts) if part.strip("0")]
    if len(used) < 2:
        return None, (used[0] if used else 0) + 1
    last = used[-1]
    parent = "".join(p if i < last else "0" * len(p) for i, p in enumerate(parts))
    return parent, last + 1


def outline(source: Source, drafts: list[Draft]) -> None:
    """Units written as an indented list: level and parent follow from the indent.

    The code of such a unit is the path of its names, `総務部／人事課`, unless the file has codes.
    """
    spec = source.spec
    if not spec.indent:
        return
    trail: list[tuple[int, str, str]] = []  # depth, code, name
    for draft in drafts:
        written = draft.raw(spec.indent)
        depth = _depth(written, spec.indent_by)
        name = written.strip()
        draft.flaws = [(n, f) for n, f in draft.flaws if (n, f.code) != (spec.indent, "blanks")]
        draft.values[spec.indent] = name
        while trail and trail[-1][0] >= depth:
            trail.pop()
        code = draft.text("code") or "／".join([n for _, _, n in trail] + [name])
        draft.values |= {
            "code": code,
            "parent": trail[-1][1] if trail else None,
            "level": len(trail) + 1,
        }
        trail.append((depth, code, name))


def _depth(written: str, by: str) -> int:
    depth = 0
    while by and written.startswith(by):
        written = written[len(by) :]
        depth += 1
    return depth
