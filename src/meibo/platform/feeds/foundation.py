"""What comes first in a package: 外字, code tables, units, successions, duties."""

from __future__ import annotations

from datetime import date

from meibo.platform.feeds.checks.duplicates import drop_duplicates
from meibo.platform.feeds.checks.mentions import check_mentions, mentions
from meibo.platform.feeds.checks.units import check_units, close_periods, outline, standings
from meibo.platform.feeds.draft import Draft
from meibo.platform.feeds.drafting import drafts_of
from meibo.platform.feeds.house import DAY, House, Units
from meibo.platform.feeds.reading.source import Source
from meibo.platform.feeds.records import CodeRow
from meibo.platform.feeds.values.gaiji import Gaiji, host_character, unicode_text


def read_gaiji(sources: list[Source], house: House) -> list[Draft]:
    """外字 tables; those of the definition itself come on top of the files'."""
    mapping: dict[str, str] = {}
    drafts = [draft for source in sources for draft in drafts_of(source, house)]
    for draft in drafts:
        if draft.refused:
            continue
        character = host_character(draft.text("code") or "")
        text = unicode_text(draft.text("unicode") or "")
        if character is None or text is None:
            draft.refuse("code" if character is None else "unicode", "gaiji-row")
            continue
        if draft.text("char") not in {None, character}:
            draft.note("char", "gaiji-char")
        mapping[character] = text
    for code, written in house.definition.gaiji.items():
        character, text = host_character(code), unicode_text(written)
        if character and text:
            mapping[character] = text
    house.gaiji = Gaiji(mapping)
    return drafts


def read_codes(sources: list[Source], house: House) -> list[Draft]:
    """Code tables; those of the definition itself come first."""
    for name, rows in house.definition.tables.items():
        house.tables[name] = {code: CodeRow(code, text) for code, text in rows.items()}
    drafts: list[Draft] = []
    for source in sources:
        table = house.tables.setdefault(source.spec.table, {})
        found = drafts_of(source, house)
        drop_duplicates(source, found)
        for draft in found:
            code, grade = draft.text("code") or "", draft.values.get("grade")
            if draft.refused or (code in table and _repeats(draft, table[code])):
                continue
            extra = {n: v for n, v in draft.values.items() if n.startswith("extra.")}
            table[code] = CodeRow(
                code, draft.text("name") or "", grade if isinstance(grade, int) else None, extra
            )
        drafts += found
    return drafts


def _repeats(draft: Draft, row: CodeRow) -> bool:
    """A code that the table has already; the first one counts."""
    if draft.text("name") != row.name:
        draft.refuse("code", "code-twice", name=row.name)
    return True


def read_units(sources: list[Source], house: House) -> list[Draft]:
    """The table of units."""
    drafts: list[Draft] = []
    for source in sources:
        found = drafts_of(source, house)
        outline(source, found)
        drop_duplicates(source, found)
        drafts += found
    for draft in drafts:
        draft.values = {"starts": None, "ends": None, "parent": None} | draft.values
        if not draft.refused:
            close_periods(draft)
    house.units = standings(drafts)
    check_units(drafts, house)
    return drafts


def read_successions(sources: list[Source], house: House) -> list[Draft]:
    """Which unit follows which."""
    drafts: list[Draft] = []
    for source in sources:
        found = drafts_of(source, house)
        drop_duplicates(source, found)
        named = mentions(source)
        for draft in found:
            if not draft.refused:
                check_mentions(draft, named, house, draft.day("day"))
                _check_sides(draft)
                _check_names(draft, house)
        drafts += found
    for draft in drafts:
        old, day = draft.text("old"), draft.day("day")
        if old and day and not draft.refused:
            _succeed(draft, house.units, day, old, house)
    return drafts


def _check_sides(draft: Draft) -> None:
    """A row without a new unit says that nobody follows; without either it says nothing."""
    lost = [n for n in ("old", "new") if draft.values.get(n) is None and draft.raw(n).strip()]
    for name in lost:
        draft.forsake(name)
    if not lost and draft.text("old") is None and draft.text("new") is None:
        draft.refuse("old", "succession-odd")


def _check_names(draft: Draft, house: House) -> None:
    """The names beside the codes are those of the units on the last and on the first day."""
    day = draft.day("day")
    for field, on in (("old", day - DAY if day else None), ("new", day)):
        code, written = draft.text(field), draft.text(f"{field}_name")
        path = house.units.path(code, on) if code and on else ()
        if written and path and path[-1] != written:
            draft.note(f"{field}_name", "succession-name", name=path[-1])


def _succeed(draft: Draft, units: Units, day: date, old: str, house: House) -> None:
    term = house.definition.successions.get(draft.text("kind") or "")
    follows = term.follows if term else True
    units.succeed(day, old, draft.text("new") if follows else None)


def read_duties(sources: list[Source], house: House) -> list[Draft]:
    """事務分掌 of the units."""
    drafts: list[Draft] = []
    for source in sources:
        found = drafts_of(source, house)
        drop_duplicates(source, found)
        named = mentions(source)
        for draft in found:
            if draft.refused:
                continue
            check_mentions(draft, named, house, None)
            if draft.text("unit") is None:
                draft.forsake("unit")
            else:
                close_periods(draft)
            if not draft.refused:
                _check_life(draft, house)
        drafts += found
    return drafts


def _check_life(draft: Draft, house: House) -> None:
    """A duty does not outlive its unit."""
    unit, last = draft.text("unit") or "", (draft.day("ends") or date.max) - DAY
    if len(house.units) and not house.units.stands(unit, last):
        draft.note("ends", "duty-outlives", span=house.units.span(unit))
