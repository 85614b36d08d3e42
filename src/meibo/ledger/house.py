"""The house on a day, kept in memory while nothing changes: units, code tables, the version."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from meibo.domain.disclosure import Protection, protection
from meibo.domain.units import Organisation
from meibo.ledger import draw_units
from meibo.ledger.models import Code, House, Seat, Shield, UnitStretch

_RANKLESS = 9_999


@dataclass(frozen=True, slots=True)
class Coded:
    """A row of a code table. `rank` orders posts: the smaller the higher."""

    code: str
    name: str
    rank: int
    extra: Mapping[str, Any]


class Codes:
    """Every code table of the town."""

    def __init__(self, rows: list[Coded], tables: list[str]) -> None:
        self._tables: dict[str, dict[str, Coded]] = {}
        for table, row in zip(tables, rows, strict=True):
            self._tables.setdefault(table, {})[row.code] = row

    def table(self, name: str) -> Mapping[str, Coded]:
        """All rows of one table, by code; empty when the town has none of that name."""
        return self._tables.get(name, {})

    def name(self, table: str, code: str | None) -> str | None:
        """What a code is called; the code itself when the table does not know it."""
        if code is None or code == "":
            return None
        row = self._tables.get(table, {}).get(code)
        return row.name if row else code

    def leads(self, post: str | None) -> bool:
        """Whether a post leads the unit that it stands in (所属長の職)."""
        row = self._tables.get("post", {}).get(post or "")
        return bool(row and row.extra.get("head"))

    def rank(self, post: str | None) -> int:
        """Where a post stands in order of rank."""
        row = self._tables.get("post", {}).get(post or "")
        return row.rank if row else _RANKLESS


def version() -> int:
    """The mark of the last change; one small query, by which caches know their age."""
    return House.objects.filter(pk=1).values_list("version", flat=True).first() or 0


def organisation(on: date, known: datetime | None = None) -> Organisation:
    """The units of a day; with `known`, as the house knew them at that moment."""
    if known is None:
        return _organisation(version(), on)
    pieces = draw_units.unit_drawings(known=known)
    return Organisation(
        {c: p.state for c, ps in pieces.items() for p in ps if p.starts <= on < p.ends}
    )


@lru_cache(maxsize=64)
def _organisation(_version: int, on: date) -> Organisation:
    rows = UnitStretch.objects.filter(starts__lte=on, ends__gt=on)
    return Organisation(
        {code: json.loads(state) for code, state in rows.values_list("code", "state")}
    )


def gone_units(on: date) -> list[tuple[str, str, date]]:
    """Code, last name and end of the units that were there before a day, the latest first."""
    there = organisation(on).states
    rows = UnitStretch.objects.filter(ends__lte=on).order_by("ends", "code")
    last = {row.code: row for row in rows if row.code not in there}
    found = sorted(last.values(), key=lambda row: row.ends, reverse=True)
    return [(row.code, str(json.loads(row.state)["name"]), row.ends) for row in found]


def unit_life(code: str) -> list[tuple[date, date]]:
    """The periods `[starts, ends)` in which a unit is there, in order; one that goes on without a
    break, whatever changes in it, is one."""
    found: list[tuple[date, date]] = []
    rows = UnitStretch.objects.filter(code=code).order_by("starts")
    for starts, ends in rows.values_list("starts", "ends"):
        if found and found[-1][1] == starts:
            found[-1] = (found[-1][0], ends)
        else:
            found.append((starts, ends))
    return found


def codes() -> Codes:
    """The code tables as they are now."""
    return _codes(version())


@lru_cache(maxsize=2)
def _codes(_version: int) -> Codes:
    rows = list(Code.objects.order_by("table", "rank", "code"))
    coded = [Coded(r.code, r.name, r.rank, json.loads(r.extra)) for r in rows]
    return Codes(coded, [r.table for r in rows])


def seats(on: date, units: list[str] | None = None) -> list[Seat]:
    """Who sits where on a day: in these units, or everywhere."""
    rows = Seat.objects.filter(starts__lte=on, ends__gt=on)
    if units is not None:
        rows = rows.filter(unit__in=units)
    return list(rows)


def posts_of(people: list[str], on: date) -> list[Seat]:
    """The posts that these people hold on a day."""
    return list(Seat.objects.filter(person__in=people, starts__lte=on, ends__gt=on))


def protections(today: date) -> Mapping[str, Protection]:
    """Who is protected on a day, and how far. It is always today's that counts, whichever day is
    looked at: who is protected from now on is so in the rosters of the past as well."""
    rows = Shield.objects.filter(starts__lte=today, ends__gt=today).values_list("person", "level")
    return {person: protection(level) for person, level in rows}
