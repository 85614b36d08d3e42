"""The builder's form: groups of rows, read from what a browser sent and turned into a condition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

from django.http import QueryDict

from meibo.apps.directory.queries.choosing import Choosing
from meibo.apps.directory.views.choosing.rows import (
    PAST,
    Row,
    RowError,
    Shown,
    flawed,
    new_row,
    part_of,
    row_of,
    row_sent,
    shown,
)
from meibo.domain.conditions import Group, Part
from meibo.platform.typed import whole

HOWS: Mapping[str, str] = {
    "all": "すべてに当てはまる",
    "any": "どれか一つでも当てはまる",
    "none": "どれにも当てはまらない",
}
MOST_GROUPS = 8
MOST_ROWS = 12


@dataclass(frozen=True, slots=True)
class Bunch:
    """A group of rows."""

    how: str = "all"
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole form."""

    how: str = "all"
    bunches: tuple[Bunch, ...] = (Bunch(),)

    @property
    def flaws(self) -> list[tuple[str, str]]:
        """What is wrong: where (the name of the row's fields), and what."""
        return [
            (f"g{g}r{r}", row.flaw)
            for g, bunch in enumerate(self.bunches)
            for r, row in enumerate(bunch.rows)
            if row.flaw
        ]


def sent(data: QueryDict) -> Sheet:
    """The form as it was sent."""
    bunches = []
    for g in range(MOST_GROUPS):
        if f"g{g}-how" not in data:
            break
        rows = []
        for r in range(MOST_ROWS):
            prefix = f"g{g}r{r}-"
            if f"{prefix}kind" not in data:
                break
            rows.append(row_sent(partial(_list, data, prefix)))
        bunches.append(Bunch(_how(data.get(f"g{g}-how", "")), tuple(rows)))
    return Sheet(_how(data.get("how", "")), tuple(bunches) or (Bunch(),))


def _list(data: QueryDict, prefix: str, name: str) -> list[str]:
    return data.getlist(prefix + name)


def _how(word: str) -> str:
    return word if word in HOWS else "all"


def done(sheet: Sheet, deed: str, data: QueryDict, asked: Choosing) -> Sheet:
    """What a button of the form does to it: `add:G`, `drop:G:R`, `group`, `ungroup:G`."""
    verb, *numbers = deed.split(":")
    places = [place for each in numbers if (place := whole(each)) >= 0]
    bunches = list(sheet.bunches)
    if verb == "group" and len(bunches) < MOST_GROUPS:
        bunches.append(Bunch())
    if not places or places[0] >= len(bunches):
        return replace(sheet, bunches=tuple(bunches))
    here = bunches[places[0]]
    if verb == "add":
        row = new_row(data.get(f"g{places[0]}-add", ""), asked)
        if row and len(here.rows) < MOST_ROWS:
            bunches[places[0]] = replace(here, rows=(*here.rows, row))
    elif verb == "drop" and len(places) > 1:
        rows = tuple(row for number, row in enumerate(here.rows) if number != places[1])
        bunches[places[0]] = replace(here, rows=rows)
    elif verb == "ungroup" and len(bunches) > 1:
        del bunches[places[0]]
    return replace(sheet, bunches=tuple(bunches))


def checked(sheet: Sheet, asked: Choosing) -> tuple[Sheet, Group]:
    """The sheet with what is wrong said at each row, and the condition of all other rows."""
    bunches, groups = [], []
    for bunch in sheet.bunches:
        rows: list[Row] = []
        parts: list[Part] = []
        for row in bunch.rows:
            try:
                parts.append(part_of(row, asked))
                rows.append(replace(row, flaw=""))
            except RowError as error:
                rows.append(flawed(row, str(error)))
        bunches.append(replace(bunch, rows=tuple(rows)))
        if parts:
            groups.append(Group(bunch.how, tuple(parts)))
    return replace(sheet, bunches=tuple(bunches)), Group(sheet.how, tuple(groups))


def sheet_of(condition: Group) -> Sheet:
    """A condition as a form; what lies deeper than the form goes is left out."""
    bunches, loose = [], []
    for part in condition.parts:
        if isinstance(part, Group):
            rows = tuple(row for each in part.parts if (row := row_of(each)))
            bunches.append(Bunch(part.how, rows))
        elif row := row_of(part):
            loose.append(Bunch("all", (row,)))
    return Sheet(condition.how, (*bunches, *loose) or (Bunch(),))


@dataclass(frozen=True, slots=True)
class ShownBunch:
    """A group on the page."""

    number: int
    how: str
    rows: list[Shown]
    full: bool


def laid_out(sheet: Sheet, asked: Choosing) -> list[ShownBunch]:
    """The form for the template."""
    return [
        ShownBunch(
            g,
            bunch.how,
            [shown(row, f"g{g}r{r}", asked) for r, row in enumerate(bunch.rows)],
            len(bunch.rows) >= MOST_ROWS,
        )
        for g, bunch in enumerate(sheet.bunches)
    ]


def to_add(asked: Choosing) -> list[tuple[str, list[tuple[str, str]]]]:
    """What a new row can ask about, in groups for the chooser."""
    now = [(known.key, known.label) for known in asked.fields.values()]
    free = [each for each in now if each[0].startswith("free:")]
    plain = [each for each in now if each not in free]
    past = list(PAST.items()) if asked.past else []
    found = [("今の状態", plain), ("これまで", past), ("この自治体の項目", free)]
    return [(name, each) for name, each in found if each]
