"""A house on paper for tests of the checks: units, people, a plan, told in a few lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from meibo.domain.book import (
    OPEN,
    Effect,
    Filing,
    Line,
    Rules,
    SeatKind,
    fold,
    fold_filings,
    stretches,
)
from meibo.domain.checking import Held, Order, PlanFinding, Post, Rule, Scene, check, rules_of
from meibo.domain.units import Organisation, unit_pieces

TOWN = Path(__file__).parents[3] / "town"
APRIL = date(2027, 4, 1)
NOW = datetime(2026, 11, 23, tzinfo=UTC)
START = date(2020, 4, 1)
BASE = 10**12
POSTS = {
    "030": Post("030", "課長", 5, head=True),
    "031": Post("031", "所長", 5, head=True),
    "050": Post("050", "係長", 3, head=True),
    "060": Post("060", "主任", 2),
    "070": Post("070", "主事", 1),
    "080": Post("080", "区史編さん主幹", 4, single=True),
}
UNITS: dict[str, tuple[str, str | None, str]] = {
    "1": ("区民部", None, "1"),
    "11": ("税務課", "1", "2"),
    "111": ("納税係", "11", "3"),
    "112": ("課税係", "11", "3"),
    "12": ("戸籍課", "1", "2"),
    "121": ("戸籍係", "12", "3"),
}


def rules(*keys: str, **parameters: str) -> dict[str, Rule]:
    """The rules that ship, or some of them, with other parameters."""
    rows = (TOWN / "plan_rules.csv").read_text(encoding="utf-8").splitlines()
    names = rows[0].split(",")
    all_ = rules_of(dict(zip(names, row.split(","), strict=True)) for row in rows[1:])
    kept = {key: rule for key, rule in all_.items() if not keys or key in keys}
    return {k: replace(r, parameters={**r.parameters, **parameters}) for k, r in kept.items()}


class House:
    """People in it and a plan beside it."""

    def __init__(self, day: date | None = APRIL, town: Rules | None = None) -> None:
        self.day, self.town = day, town or Rules()
        self.book: dict[str, list[Line]] = {}
        self.plan: list[Order] = []
        self.filings: list[Filing] = []
        self.states: dict[str, dict[str, Any]] = {}
        self.more: dict[str, Any] = {}
        for code, (name, parent, level) in UNITS.items():
            self.file(code, START, name=name, parent=parent, level=level)

    def file(self, unit: str, day: date, **values: str | None) -> None:
        """Something about a unit from a day on."""
        for field, value in values.items():
            if value is not None or field == "name":
                no = len(self.filings) + 1
                self.filings.append(Filing(no, f"unit:{unit}", field, value, day, NOW))

    def hire(self, person: str, unit: str, post: str, day: date = START, **more: Any) -> None:
        """Somebody who is there already."""
        stated = {"grade": POSTS[post].grade, "job": "01", "employment": "1"} | more
        no = sum(map(len, self.book.values())) + 1
        line = Line(no, day, NOW, Effect.ENTER, person, "採用", unit=unit, post=post, **stated)
        self.book.setdefault(person, []).append(line)

    def announced(self, person: str, effect: Effect, day: date, **stated: Any) -> None:
        """A later line of the book."""
        no = 1000 + sum(map(len, self.book.values()))
        self.book[person].append(Line(no, day, NOW, effect, person, effect.value, **stated))

    def order(
        self,
        person: str,
        effect: Effect = Effect.MOVE,
        wording: str = "配置換",
        day: date = APRIL,
        unread: Mapping[str, str] | None = None,
        newcomer: str | None = None,
        **stated: Any,
    ) -> int:
        """A line of the plan; returns its id."""
        number = len(self.plan) + 1
        line = Line(BASE + number, day, NOW, effect, person, wording, **stated)
        self.plan.append(Order(number, line, unread or {}, newcomer))
        return number

    def _tree(self, day: date) -> Organisation:
        states = {}
        for unit in {filing.subject for filing in self.filings}:
            own = [filing for filing in self.filings if filing.subject == unit]
            for piece in unit_pieces(fold_filings(own)):
                if piece.starts <= day < piece.ends:
                    states[unit.removeprefix("unit:")] = piece.state
        return Organisation(states)

    def _careers(self, *, with_plan: bool) -> Mapping[str, Any]:
        people = dict.fromkeys([*self.book, *(o.line.person for o in self.plan if o.line.person)])
        plan = [order.line for order in self.plan] if with_plan else []
        house = [line for line in plan if not line.person]
        return {
            p: fold([*house, *self.book.get(p, []), *(x for x in plan if x.person == p)], self.town)
            for p in people
            if with_plan or p in self.book
        }

    def _states(self, careers: Mapping[str, Any], day: date) -> dict[str, dict[str, Any]]:
        found = {}
        for person, career in careers.items():
            for piece in stretches(career, [], frozenset()):
                if piece.starts <= day < piece.ends:
                    found[person] = piece.state | self.states.get(person, {})
        return found

    def _carried(self, careers: Mapping[str, Any]) -> set[str]:
        """Whom a reorganisation of the plan concerns: they are in its preview as well."""
        tables = [order.line.successions for order in self.plan if order.line.successions]
        old = {row.old for table in tables for row in table.rows}
        seats = ((p, seat) for p, career in careers.items() for seat in career.seats)
        return {p for p, seat in seats if {seat.unit, seat.was} & old}

    def scene(self) -> Scene:
        """All of it before the checks."""
        before, after = self._careers(with_plan=False), self._careers(with_plan=True)
        named = {o.line.person for o in self.plan if o.line.person} | self._carried(after)
        return Scene(
            self.day,
            NOW.date(),
            self.plan,
            {person: after[person] for person in named},
            lambda day: {p: s for p, s in self._states(before, day).items() if p in named},
            lambda day: {p: s for p, s in self._states(after, day).items() if p in named},
            lambda day: self._states(after, day),
            self._tree,
            _held(after),
            _held(before),
            POSTS,
            names={person: person for person in after},
            kin_seats=_held(after),
            employments={"1": "常勤", "4": "任期付", "5": "会計年度フルタイム"},
            jobs={"01": "事務", "08": "保健師"},
            **self.more,
        )

    def found(self, *keys: str, **parameters: str) -> list[PlanFinding]:
        """What the rules find."""
        return check(self.scene(), rules(*keys, **parameters))

    def codes(self, *keys: str) -> list[str]:
        """The same, by code alone."""
        return [each.code for each in self.found(*keys)]


def _held(careers: Mapping[str, Any]) -> Sequence[Held]:
    return [
        Held(person, seat.unit, seat.post, seat.kind, seat.starts, seat.ends)
        for person, career in careers.items()
        for seat in career.seats
        if seat.unit is not None
    ]


CONCURRENT, ACTING = SeatKind.CONCURRENT, SeatKind.ACTING
__all__ = ["ACTING", "APRIL", "CONCURRENT", "OPEN", "POSTS", "START", "Effect", "House", "rules"]
