"""What somebody who decides reads of a plan: who goes from where to where, and how many.

They read because they are named on the plan, not by the disclosure table: names, wordings, units
and posts of its lines, protected people among them, for nobody can decide on whom they may not see.
Nothing else of anybody: a grade stands there only where their own card of that person has it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from meibo.apps.personnel.actions.deciding.snapshots import Difference
from meibo.domain.book import Effect, Line
from meibo.domain.disclosure import Viewer
from meibo.domain.units import Organisation
from meibo.ledger import books, drawer, house, reader

_LAST = 10**9


@dataclass(frozen=True, slots=True)
class Row:
    """One order as it is read: names instead of codes. `old`, `new`: unit path and post."""

    person: str
    name: str
    wording: str
    day: date
    old: str
    new: str
    grade: str
    unit: str


@dataclass(frozen=True, slots=True)
class Contents:
    """A plan as it is read by who decides: rows by the section that they concern, and numbers."""

    days: tuple[tuple[date, int], ...]
    wordings: tuple[tuple[str, int], ...]
    groups: tuple[tuple[str, tuple[Row, ...]], ...]
    people: int
    comes: int
    goes: int

    @property
    def orders(self) -> int:
        return sum(count for _, count in self.wordings)


def contents(number: int, viewer: Viewer) -> Contents:
    """Everything of a plan that may be read, by organisation."""
    drafts = drawer.lines(number)
    lines = [draft.line for draft in drafts]
    teller = Teller(number, viewer, lines)
    rows = [teller.row(line) for line in lines]
    by_section: dict[str, list[Row]] = {}
    for row in sorted(rows, key=teller.place):
        by_section.setdefault(row.unit, []).append(row)
    return Contents(
        tuple(sorted(Counter(line.effective for line in lines).items())),
        tuple(Counter(_wording(line) for line in lines).most_common()),
        tuple((section, tuple(found)) for section, found in by_section.items()),
        len({line.person for line in lines if line.person}),
        sum(line.effect is Effect.ENTER for line in lines),
        sum(line.effect is Effect.LEAVE for line in lines),
    )


class Teller:
    """Tells lines in words, with the names that the plan gives."""

    def __init__(self, number: int, viewer: Viewer, lines: list[Line]) -> None:
        self.viewer = viewer
        self.codes = house.codes()
        self.days = {line.effective for line in lines}
        self.preview = drawer.preview(number)
        self.trees: dict[date, Organisation] = {}
        self.orders: dict[date, dict[str, int]] = {}
        self.people = [line.person for line in lines if line.person]
        self.voided = books.lines_numbered([x.voids for x in lines if x.voids is not None])
        self.states = {day: self.preview.before(day - timedelta(days=1)) for day in self.days}

    @cached_property
    def grades(self) -> dict[str, object]:
        """The grades of today, as far as the reader's own cards have them."""
        cards = reader.cards(self.viewer, on=self.viewer.today, ids=self.people)
        return {card.id: card["grade"] for card in cards if card.get("grade")}

    def tree(self, day: date) -> Organisation:
        """The units of a day, the plan's own among them."""
        if day not in self.trees:
            self.trees[day] = self.preview.organisation(day)
        return self.trees[day]

    def row(self, line: Line) -> Row:
        """One line of the plan."""
        before = self.states[line.effective].get(line.person)
        unit, post = line.unit, line.post
        if line.effect is Effect.MOVE:  # what an order leaves out stays as it was
            unit, post = unit or seat_of(before)[0], post or seat_of(before)[1]
        new = self.where(unit, post, line.effective)
        if line.effect is Effect.VOID:
            new = self.cancels(line)
        old = self.where(*seat_of(before), line.effective - timedelta(days=1)) if before else ""
        gone = self.voided.get(line.voids or 0)
        concerned = line.unit or (gone.unit if gone else None) or seat_of(before)[0]
        section = self.section(concerned, line.effective)
        grade = str(self.grades.get(line.person, "")) if line.grade is not None else ""
        if grade:
            grade = f"{grade}級 → {line.grade}級" if grade != str(line.grade) else f"{grade}級"
        name = self.name(line.person, line.effective)
        return Row(line.person, name, _wording(line), line.effective, old, new, grade, section)

    def cancels(self, line: Line) -> str:
        """What an order of the kind 取消 cancels, in words."""
        gone = self.voided.get(line.voids or 0)
        if gone is None:
            return ""
        where = self.where(gone.unit, gone.post, gone.effective)
        return f"なかったことにする発令：{gone.effective:%Y/%m/%d} {gone.wording} {where}".strip()

    def name(self, person: str, day: date) -> str:
        """Who it is, by the plan itself."""
        if not person:
            return "組織全体"
        state = self.preview.after(person, day) or self.states.get(day, {}).get(person) or {}
        known = str(state.get("name") or "")
        return known or reader.name_today(person, self.viewer.today) or "氏名未登録"

    def where(self, unit: str | None, post: str | None, day: date) -> str:
        """A unit's path and a post in words."""
        names = self.tree(day).path(unit) if unit else []
        if unit and not names:
            names = [unit]
        return " ".join([*names, self.codes.name("post", post) or ""]).strip()

    def section(self, unit: str | None, day: date) -> str:
        """The section that a line is listed under."""
        tree = self.tree(day)
        path = tree.path(tree.section(unit)) if unit else []
        return " ".join(path) or "組織全体・その他"

    def place(self, row: Row) -> tuple[int, date]:
        """By organisation, then by day."""
        if row.day not in self.orders:
            tree = self.tree(row.day)
            self.orders[row.day] = {" ".join(tree.paths[c]): n for c, n in tree.order.items()}
        return self.orders[row.day].get(row.unit, _LAST), row.day

    def changed(self, difference: Difference) -> tuple[str, str, str]:
        """Who, what was said of them, and what is said now."""
        said = [self._told(row) for row in (difference.was, difference.now)]
        day = date.fromisoformat((difference.now or difference.was or {})["effective"])
        return self.name(difference.person, day), said[0], said[1]

    def _told(self, row: Mapping[str, Any] | None) -> str:
        if row is None:
            return "なし"
        day = date.fromisoformat(row["effective"])
        where = self.where(row["unit"], row["post"], day)
        return f"{day:%Y/%m/%d} {row['wording']} {where}".strip()


def seat_of(state: Mapping[str, Any] | None) -> tuple[str | None, str | None]:
    """The unit and the post of a state; of none, none."""
    return (state.get("unit"), state.get("post")) if state else (None, None)


def _wording(line: Line) -> str:
    return line.wording or ("組織改編" if line.effect is Effect.REMAP else line.effect.value)
