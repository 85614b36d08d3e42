"""Units named in a row: found by name where there is no code, and standing on the right day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from meibo.platform.feeds.definition.kinds import Type
from meibo.platform.feeds.definition.model import Column
from meibo.platform.feeds.draft import Draft
from meibo.platform.feeds.house import DAY, House
from meibo.platform.feeds.reading.source import Source

_PART = re.compile(r"(.*unit|old|new)\.(\d+)")
_JOINTS = re.compile(r"[／/>＞\s]+")


@dataclass(frozen=True, slots=True)
class Mention:
    """A field that names a unit: by one column, or by several that make up a path."""

    name: str
    parts: tuple[str, ...]
    column: Column


def mentions(source: Source) -> list[Mention]:
    """The fields of a file that name a unit."""
    parts: dict[str, list[Column]] = {}
    for column, _ in source.columns():
        if column.field.type is Type.UNIT:
            found = _PART.fullmatch(column.name)
            parts.setdefault(found[1] if found else column.name, []).append(column)
    return [
        Mention(name, tuple(c.name for c in columns), columns[0]) for name, columns in parts.items()
    ]


def check_mentions(
    draft: Draft, found: list[Mention], house: House, effective: date | None
) -> None:
    """Find units by their names, and see whether each stands on the day that matters.

    `effective`: the day on which the row works, for fields that speak of it or of the day before.
    """
    for mention in found:
        day = _day(mention.column.field.day, draft, effective)
        if mention.column.by == "name":
            _by_name(draft, mention, day, house)
        elif day is not None and len(house.units):
            _by_code(draft, mention, day, house)


def _day(which: str, draft: Draft, effective: date | None) -> date | None:
    match which:
        case "base":
            return draft.source.base
        case "effective":
            return effective
        case "before":
            return effective - DAY if effective else None
        case "starts":
            return draft.day("starts")
        case _:
            return None


def _by_code(draft: Draft, mention: Mention, day: date, house: House) -> None:
    name, code = mention.name, draft.text(mention.name)
    if code is None or house.units.stands(code, day):
        return
    words = {"day": day.isoformat(), "span": house.units.span(code)}
    before = mention.column.field.day == "before"
    heir = None if before else house.units.heir(code, day)
    if before:
        draft.note(name, "unit-old", **words)
    elif heir:
        draft.note(name, "unit-followed", mended=heir, **words)
        draft.values[name] = heir
    else:
        draft.drop(name, "unit-not-standing", **words)


def _by_name(draft: Draft, mention: Mention, day: date | None, house: House) -> None:
    names = tuple(_names(draft, mention))
    written = [part for part in mention.parts if draft.text(part)]
    for part in mention.parts:
        draft.values.pop(part, None)
    draft.values[mention.name] = None
    if not names and mention.column.field.expected and len(mention.parts) > 1:
        draft.note(mention.parts[0], "missing")
    if not names or not len(house.units):
        return
    codes = house.units.named(names, day or date.max - DAY)
    if len(codes) == 1:
        draft.values[mention.name] = codes[0]
    elif codes:
        draft.note(written[-1], "unit-ambiguous", count=len(codes))
    else:
        draft.note(written[-1], "unit-unknown")


def _names(draft: Draft, mention: Mention) -> Iterator[str]:
    for part in mention.parts:
        text = draft.text(part)
        if text:
            yield from (name for name in _JOINTS.split(text) if name)
