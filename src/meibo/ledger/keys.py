"""What people and units are found by: search keys, drawn with the rest of the tables."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from operator import itemgetter
from typing import Any

from meibo.domain import names
from meibo.domain.book import OPEN, Line, Stretch
from meibo.domain.finding import SORT, UNIT, Key, Period, Shown, Value, person_keys, unit_keys
from meibo.domain.finding.writing import Fold
from meibo.domain.units import Organisation
from meibo.ledger import policy
from meibo.ledger.models import Code, UnitStretch

SUBJECT = "unit:"
_STRUCTURE = ("name", "short", "parent", "level", "order")
_MANY = 900
_Stretch = tuple[str, date, date, str | None, str]  # code, days, parent, state
_PLAIN = ("name", "kana", "romaji", "staff_no", "extension", "mail", "record_name")


@dataclass(slots=True)
class Timeline:
    """The house through time: where its structure changed, and what it was in between."""

    rows: dict[str, list[tuple[date, date, dict[str, Any]]]] = field(default_factory=dict)
    cuts: list[date] = field(default_factory=list)
    coded: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # code tables
    heirs: dict[str, list[tuple[date, str]]] = field(default_factory=dict)  # new → (day, old)
    fold: Fold = names.fold
    _edges: list[date] = field(default_factory=list)
    _trees: dict[date, Organisation] = field(default_factory=dict)
    _called: dict[tuple[str, date], list[Value]] = field(default_factory=dict)
    _turns: dict[str, list[date]] = field(default_factory=dict)
    _duties: dict[tuple[str, date], dict[str, list[str]]] = field(default_factory=dict)

    def tree(self, on: date) -> Organisation:
        """The units of a day."""
        day = self._edge(on)
        if day not in self._trees:
            states = {
                code: state
                for code, rows in self.rows.items()
                for starts, ends, state in rows
                if starts <= day < ends
            }
            self._trees[day] = Organisation(states)
        return self._trees[day]

    def _edge(self, on: date) -> date:
        """The last day up to `on` on which any unit changed: the house is as it was then, or was
        not there yet."""
        if not self._edges:
            days = {d for rows in self.rows.values() for s, e, _ in rows for d in (s, e)}
            days |= {day for heirs in self.heirs.values() for day, _ in heirs}
            self._edges = sorted(days)
        at = bisect_right(self._edges, on)
        return self._edges[at - 1] if at else date.min

    def name(self, table: str, code: str | None) -> str:
        """What a code is called."""
        return self.coded.get(table, {}).get(code or "", code or "")

    def called(self, code: str, on: date) -> list[Value]:
        """What a unit is found by: names from the top down, short names, former names."""
        day = self._edge(on)
        kept = self._called.get((code, day))
        if kept is None:
            kept = self._called[code, day] = self._names_of(code, day)
        return kept

    def duties(self, code: str, on: date) -> Mapping[str, list[str]]:
        """Person → what a unit has allotted to them, where it is there that day."""
        day = self._edge(on)
        kept = self._duties.get((code, day))
        if kept is None:
            kept = self._duties[code, day] = {}
            for each in self.tree(day).states.get(code, {}).get("allotments", ()):
                if person := each.get("person"):
                    kept.setdefault(person, []).append(each["text"])
        return kept

    def turns(self, code: str) -> list[date]:
        """The days on which a unit comes to be found by other words, or to lie elsewhere, or its
        own rows begin or end: of all changes of the house, few concern any one unit."""
        if code not in self._turns:
            told = [(self.called(code, day), self.tree(day).codes.get(code)) for day in self.cuts]
            before = [([], None), *told]
            changes = zip(self.cuts, before, told, strict=False)
            edges = {d for starts, ends, _ in self.rows.get(code, ()) for d in (starts, ends)}
            found = edges | {day for day, old, new in changes if old != new}
            self._turns[code] = sorted(found)
        return self._turns[code]

    def _names_of(self, code: str, on: date) -> list[Value]:
        tree = self.tree(on)
        found: list[Value] = []
        for above in tree.codes.get(code, ()):
            state = tree.states[above]
            found += [str(state[k]) for k in ("name", "short") if state.get(k)]
        return list(dict.fromkeys([*found, *self._former(code, on)]))

    def _former(self, code: str, on: date) -> Iterator[Shown]:
        """Names the unit had before, and names of the units it took over."""
        now = {str(self.tree(on).states.get(code, {}).get("name", ""))}
        for old, day in self._before(code, on):
            for starts, _, state in self.rows.get(old, []):
                name = str(state["name"])
                if starts < day and name not in now:
                    now.add(name)
                    yield Shown(name, f"旧 {name}")

    def _before(self, code: str, on: date, depth: int = 0) -> Iterator[tuple[str, date]]:
        yield code, on
        for day, old in self.heirs.get(code, []):
            if day <= on and depth < 5:  # nobody remembers further back
                yield from self._before(old, day, depth + 1)


def timeline(house: Iterable[Line], units: Collection[str] | None = None) -> Timeline:
    """Read the drawn units and code tables once, for many people. `units`: for the people of these
    alone, so that of a large house only they and what lies above them is read."""
    line = Timeline(fold=policy.fold())
    for order in house:
        for heir in order.successions.rows if order.successions else ():
            if heir.old and heir.new and heir.old != heir.new:
                line.heirs.setdefault(heir.new, []).append((order.effective, heir.old))
    rows_ = _stretches(None) if units is None else _around(set(units), line.heirs)
    for code, starts, ends, _, written in rows_:
        line.rows.setdefault(code, []).append((starts, ends, json.loads(written)))
    days = {OPEN}
    for rows in line.rows.values():
        last: tuple[date, tuple[object, ...]] | None = None
        for starts, ends, state in rows:
            shape = tuple(state.get(k) for k in _STRUCTURE)
            if last is None or last != (starts, shape):
                days |= {starts} if last is None else {last[0], starts}
            last = (ends, shape)
        if last is not None:
            days.add(last[0])
    line.cuts = sorted(days)
    tables: dict[str, dict[str, str]] = defaultdict(dict)
    for table, code, name in Code.objects.values_list("table", "code", "name"):
        tables[table][code] = name
    line.coded = tables
    return line


def _stretches(codes: Collection[str] | None) -> list[_Stretch]:
    found = UnitStretch.objects.order_by("code", "starts")
    if codes is not None:
        found = found.filter(code__in=codes)
    return list(found.values_list("code", "starts", "ends", "parent", "state"))


def _around(wanted: set[str], heirs: Mapping[str, list[tuple[date, str]]]) -> list[_Stretch]:
    """The rows of units, of all that ever lay above them, and of those that they took over."""
    found: list[_Stretch] = []
    seen: set[str] = set()
    while wanted:
        seen |= wanted
        codes = sorted(wanted)
        rows = [r for i in range(0, len(codes), _MANY) for r in _stretches(codes[i : i + _MANY])]
        found += rows
        above = {parent for _, _, _, parent, _ in rows if parent}
        wanted = (above | {old for code in codes for _, old in heirs.get(code, ())}) - seen
    return sorted(found, key=itemgetter(0, 1))


def units_of(pieces: Iterable[Stretch]) -> set[str]:
    """The units that stretches of people speak of."""
    return {unit for piece in pieces for unit in _units(piece.state)}


def of_person(person: str, pieces: list[Stretch], line: Timeline) -> list[Key]:
    """The keys of one person over all stretches."""
    periods: list[Period] = []
    for piece in pieces:
        own, units = _own_values(piece.state, line), _units(piece.state)
        for starts, ends in _cut(piece, units, line):
            values = own | _values_by_unit(person, piece.state, units, line, starts)
            periods.append((starts, ends, values))
    return person_keys(person, periods, line.fold)


def _cut(piece: Stretch, units: Sequence[str], line: Timeline) -> Iterable[tuple[date, date]]:
    """Cut a stretch where a unit of this person changes within it, or what lies above."""
    first, last = piece.starts, piece.ends
    days = {d for unit in units for d in line.turns(unit) if first < d < last}
    return pairwise(sorted({first, last, *days})) if days else ((first, last),)


def _units(state: Mapping[str, Any]) -> list[str]:
    units = [state.get("unit"), *(s["unit"] for s in state.get("further", []))]
    return [u for u in units if u]


def _own_values(state: Mapping[str, Any], line: Timeline) -> dict[str, list[Value]]:
    """What somebody is found by whatever becomes of their units."""
    values: dict[str, list[Value]] = {k: [str(state[k])] for k in _PLAIN if state.get(k)}
    if state.get("other_numbers"):
        values["staff_no"] = [*values.get("staff_no", []), *state["other_numbers"]]
    if state.get("post"):
        values["post"] = [line.name("post", state["post"])]
    if state.get("maiden_name"):
        values["maiden_name"] = [state[k] for k in ("maiden_name", "maiden_kana") if state.get(k)]
    if state.get("record_name"):
        values["record_name"] = [state[k] for k in ("record_name", "record_kana") if state.get(k)]
    if state.get("skills") and state.get("share_skill", "all") == "all":
        values["skill"] = list(state["skills"].split("\n"))
    return values


def _values_by_unit(
    person: str, state: Mapping[str, Any], units: Sequence[str], line: Timeline, on: date
) -> dict[str, list[Value]]:
    """What somebody is found by as their units are on a day."""
    values: dict[str, list[Value]] = {}
    if state.get("unit"):
        values["unit"] = line.called(state["unit"], on)
    if further := state.get("further"):
        values["concurrent"] = [
            v for s in further for v in (*line.called(s["unit"], on), line.name("post", s["post"]))
        ]
    tree = line.tree(on)
    own = [u for u in units if u in tree.states]
    allotted: list[Value] = [text for u in own for text in line.duties(u, on).get(person, ())]
    if allotted:
        values["allotment"] = allotted
    if own:
        values[UNIT] = list(dict.fromkeys(c for u in own for c in tree.codes[u]))
    return values


def of_units(codes: Iterable[str], line: Timeline) -> list[Key]:
    """The keys of units."""
    found: list[Key] = []
    for code in codes:
        periods = [
            (starts, ends, _unit_values(code, line, starts))
            for starts, ends in _unit_cuts(code, line)
        ]
        found += unit_keys(SUBJECT + code, periods, line.fold)
    return found


def _unit_cuts(code: str, line: Timeline) -> Iterator[tuple[date, date]]:
    for starts, ends, _ in line.rows.get(code, []):
        days = sorted({starts, ends, *(d for d in line.cuts if starts < d < ends)})
        yield from pairwise(days)


def _unit_values(code: str, line: Timeline, on: date) -> dict[str, list[Value]]:
    tree = line.tree(on)
    state = tree.states[code]
    values: dict[str, list[Value]] = {
        "unit.name": line.called(code, on),
        "unit.duties": list(state.get("duties", [])),
        "unit.phone": [str(state[k]) for k in ("phone", "fax") if state.get(k)],
        "unit.mail": [str(state["mail"])] if state.get("mail") else [],
        "unit.place": [line.name("building", state.get("building"))],
        SORT: [f"{tree.order[code]:06d}"] if code in tree.order else [code],
        UNIT: list(tree.codes.get(code, ())),
    }
    return {k: [v for v in own if v] for k, own in values.items()}
