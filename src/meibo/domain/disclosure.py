"""公開基準: one table, field × tie, that says who may see and search by what.

It is read from `town/disclosure.csv`; a cell holds letters: `v` may see, `s` may search by,
`e` may see while a disaster event or drill is open. Two rows say how many days from today a
tie may look (`*` for any). What is not allowed is absent. 個人情報保護法66条 (安全管理措置).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property, lru_cache
from types import MappingProxyType

from meibo.domain import free_fields
from meibo.domain.free_fields import FreeField

TIES: Mapping[str, str] = MappingProxyType(
    {
        "public": "住民",
        "staff": "職員",
        "unit": "同じ課の職員",
        "clerk": "庶務担当",
        "head": "所属長",
        "self": "本人",
        "hr": "人事担当",
        "payroll": "給与担当",
        "crisis": "危機管理担当",
        "audit": "監査",
        "it": "情報システム担当",
        "peer": "協定先の自治体",
        "conduct": "処分・災害の担当",
    }
)
# Of a field that its person may share or not: who sees it whatever the person chose.
CHOSEN: frozenset[str] = frozenset({"photo", "skill"})
_ALWAYS = frozenset({"self", "hr"})
_CLOSE = frozenset({"unit", "clerk", "head"}) | _ALWAYS
_COLLEAGUES = frozenset({"staff", "unit", "clerk", "head"})
_OUTSIDE = frozenset({"public", "peer"})
# Held by a task of the house, wherever the person who is looked at works.
DUTIES: frozenset[str] = frozenset({"hr", "payroll", "crisis", "audit", "it", "conduct"})


class Protection(StrEnum):
    """非公開の申出: how far a person is kept from others. Values are filed and keep their meaning.

    `OUTSIDE`: not there for residents and other municipalities; beyond the own section no photo,
    no skills; nobody else takes the card along. `SECTION`: besides, beyond the own section and the
    duties of the house the person is not there at all, and so found by nothing.
    """

    OUTSIDE = "1"
    SECTION = "2"


def protection(filed: str) -> Protection:
    """What a filed value means. One that is not known protects as far as can be."""
    return Protection.OUTSIDE if filed == Protection.OUTSIDE else Protection.SECTION


def protected(
    fields: frozenset[str], level: Protection | None, ties: frozenset[str]
) -> frozenset[str]:
    """What a person's protection leaves of the fields that the table gives to these ties."""
    if level is None or ties & _CLOSE:
        return fields
    if not ties - _OUTSIDE or (level is Protection.SECTION and not ties & DUTIES):
        return frozenset()
    return fields - CHOSEN


@dataclass(frozen=True, slots=True)
class Row:
    """One field: its label and, for each tie, the letters of its cell. `kind`: of a field that the
    town added, what its values are (`free_fields`)."""

    field: str
    label: str
    cells: Mapping[str, str]
    kind: str = ""


@dataclass(frozen=True)
class Table:
    """The table in force. Answers are cached, for it is asked for every field of every card."""

    rows: tuple[Row, ...]
    past: Mapping[str, int | None]
    future: Mapping[str, int | None]
    _cache: dict[tuple[frozenset[str], str, bool], frozenset[str]] = field(
        default_factory=dict, compare=False, repr=False
    )

    def seen(self, ties: frozenset[str], *, event: bool = False) -> frozenset[str]:
        """The fields that any of these ties may see."""
        return self._fields(ties, "v", event)

    def searched(self, ties: frozenset[str]) -> frozenset[str]:
        """The fields that any of these ties may search by."""
        return self._fields(ties, "s", False)

    @cached_property
    def sensitive(self) -> frozenset[str]:
        """The fields of people that no colleague sees, whatever their post: the record itself.
        Who looks at them of somebody else says what for, and it is written down."""
        everyone = {row.field for row in self.rows if not row.field.startswith("unit.")}
        return frozenset(everyone - self.seen(_COLLEAGUES))

    @cached_property
    def sensitive_keys(self) -> frozenset[str]:
        """The fields by which no colleague may search, but somebody may."""
        held = self.searched(frozenset(TIES)) - self.searched(_COLLEAGUES)
        return frozenset(name for name in held if not name.startswith("unit."))

    @cached_property
    def free(self) -> Mapping[str, FreeField]:
        """The fields that the town added, by name, in the order of the table."""
        return MappingProxyType(
            {
                row.field: free_fields.field_of(row.field, row.label, row.kind)
                for row in self.rows
                if free_fields.is_free(row.field)
            }
        )

    def waits_for_event(self, ties: frozenset[str]) -> frozenset[str]:
        """The fields that these ties see while an event is open, and not otherwise."""
        return self.seen(ties, event=True) - self.seen(ties)

    def _fields(self, ties: frozenset[str], letter: str, event: bool) -> frozenset[str]:
        key = (ties, letter, event)
        if key not in self._cache:
            letters = {letter, "e"} if event else {letter}
            self._cache[key] = frozenset(
                row.field
                for row in self.rows
                if any(letters & set(row.cells.get(tie, "")) for tie in ties)
            )
        return self._cache[key]

    def reaching(self, ties: frozenset[str], on: date, today: date) -> frozenset[str]:
        """Those of the ties that may look as far from today as `on`."""
        return frozenset(tie for tie in ties if self._reaches(tie, (on - today).days))

    def _reaches(self, tie: str, days: int) -> bool:
        limit = (self.future if days > 0 else self.past).get(tie, 0)
        return limit is None or abs(days) <= limit


def shared_with(choice: str, ties: frozenset[str]) -> bool:
    """Whether a person's own choice (all, unit, none) lets these ties see a field in CHOSEN."""
    if choice == "none":
        return bool(ties & _ALWAYS)
    return choice != "unit" or bool(ties & _CLOSE)


@dataclass(frozen=True)
class Viewer:
    """Who is looking.

    `ties`: held towards everyone. `over`: tie → ids of the people it is held towards
    (head, clerk, unit). `person`: the viewer's own id. `home`: codes of the viewer's units.
    `today`: from where the horizon is counted. `event`: a disaster event or drill is open.
    `waiting`: duties held that give nothing until the viewer has said what for.
    """

    ties: frozenset[str]
    today: date
    person: str | None = None
    over: Mapping[str, frozenset[str]] = field(default_factory=dict)
    home: frozenset[str] = frozenset()
    event: bool = False
    waiting: frozenset[str] = frozenset()

    @property
    def held(self) -> frozenset[str]:
        """Every tie held towards everyone, with the duties that wait: for what one may do, not for
        what one may see."""
        return self.ties | self.waiting

    def holds(self, duty: str) -> bool:
        """Whether this viewer has a duty, be it waiting for a purpose."""
        return duty in self.held

    def toward(self, person: str) -> frozenset[str]:
        """Every tie that this viewer holds towards one person."""
        near = {tie for tie, people in self.over.items() if person in people}
        if self.person is not None and person == self.person:
            near.add("self")
        return self.ties | near if near else self.ties


class DisclosureError(ValueError):
    """The table as written cannot be used; the message says row and column."""


def parse(text: str) -> Table:
    """Read the table from CSV text. Raises DisclosureError naming row and column."""
    rows: list[Row] = []
    horizons: dict[str, dict[str, int | None]] = {"*past_days": {}, "*future_days": {}}
    for number, raw in enumerate(csv.DictReader(io.StringIO(text)), 2):
        name = raw.get("field") or ""
        cells = {tie: (raw.get(tie) or "").strip() for tie in TIES}
        if name in horizons:
            # A table of before a tie existed says nothing of it: it looks at today alone.
            horizons[name] = {
                tie: _days(cells[tie], number, tie) if tie in raw else 0 for tie in TIES
            }
            continue
        for tie, cell in cells.items():
            if set(cell) - set("vse"):
                raise DisclosureError(f"公開基準 {number}行 {tie}列: 「{cell}」は使えません")
        row = Row(name, raw.get("label") or name, MappingProxyType(cells), raw.get("kind") or "")
        if free_fields.is_free(name):
            _check_free(row, number)
        rows.append(row)
    return Table(tuple(rows), horizons["*past_days"], horizons["*future_days"])


def _check_free(row: Row, number: int) -> None:
    try:
        free_fields.field_of(row.field, row.label, row.kind)
    except free_fields.FieldError as error:
        raise DisclosureError(f"公開基準 {number}行: {error}") from error


def _days(cell: str, number: int, tie: str) -> int | None:
    if cell == "*":
        return None
    if not cell.isdigit():
        raise DisclosureError(f"公開基準 {number}行 {tie}列: 日数か * を書いてください")
    return int(cell)


@lru_cache(maxsize=8)
def parse_cached(text: str) -> Table:
    """The same table for the same text, so that its answers stay cached."""
    return parse(text)


def ties_named(names: Iterable[str]) -> frozenset[str]:
    """Check names of ties; raises DisclosureError for one that does not exist."""
    found = frozenset(names)
    unknown = found - set(TIES)
    if unknown:
        raise DisclosureError(f"「{'、'.join(sorted(unknown))}」という関係はありません")
    return found
