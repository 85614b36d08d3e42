"""States, posts and orders in words, by the names of their day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from meibo.domain.book import Line
from meibo.ledger import draw_units, house, reader

_SEATS = {"concurrent": "兼務", "cross": "併任", "acting": "事務取扱"}


class Words:
    """Looks names up, each once."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.codes = house.codes()
        self._names: dict[str, str] = {}

    def name(self, person: str) -> str:
        """The name at work; of somebody not in service today the last one known."""
        if person not in self._names:
            known = reader.name_today(person, self.today) or reader.last_name(person)
            self._names[person] = known or "氏名未登録"
        return self._names[person]

    def names(self, people: Iterable[str]) -> str:
        """Several names; a word for nobody."""
        return "、".join(self.name(person) for person in people) or "いません"

    def unit(self, code: str | None, day: date) -> str:
        """A unit's path by the names of a day."""
        if not code:
            return ""
        path = house.organisation(day).path(code)
        return " ".join(path) if path else draw_units.unit_name(code, day)

    def place(self, unit: str | None, post: str | None, day: date) -> str:
        """A unit and a post."""
        return f"{self.unit(unit, day)} {self.codes.name('post', post) or ''}".strip()

    def seat(self, state: Mapping[str, Any] | None, day: date) -> str:
        """The main post of a state; a word for not being in service."""
        if state is None:
            return "在職していません"
        return self.place(state.get("unit"), state.get("post"), day) or "所属なし"

    def state(self, state: Mapping[str, Any] | None, day: date) -> str:
        """Everything that is told of a state, in one line."""
        if state is None:
            return "在職していません"
        said = [self.seat(state, day)]
        said += [f"{state['grade']}級"] if state.get("grade") else []
        said += [f"{state['step']}号給"] if state.get("step") else []
        for name, table in (("job", "job"), ("employment", "employment")):
            said += [self.codes.name(table, state[name]) or ""] if state.get(name) else []
        said += [f"任期 {state['term_end']}まで"] if state.get("term_end") else []
        for seat in state.get("further", []):
            kind = _SEATS.get(seat["kind"], "兼務")
            said.append(f"{kind} {self.place(seat['unit'], seat['post'], day)}")
        for slot, word in (("leave", "休職・休業"), ("dispatch", "派遣")):
            if absence := state.get(slot):
                said.append(self._absence(slot, word, absence))
        return "　".join(part for part in said if part)

    def _absence(self, slot: str, word: str, absence: Mapping[str, Any]) -> str:
        reason = self.codes.name(slot, absence.get("reason")) or word
        return f"{reason}（{absence['from']}から）"

    def order(self, line: Line) -> str:
        """An order: its day, word, place and number."""
        place = self.place(line.unit, line.post, line.effective)
        number = f"（{line.order_no}）" if line.order_no else ""
        return f"{line.effective:%Y/%m/%d} {line.wording} {place}".strip() + number
