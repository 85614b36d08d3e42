"""見通し: what a plan would do, from the fold of the book and the plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from meibo.apps.personnel.queries.plans.lookups import Desk
from meibo.domain import names
from meibo.domain.checking.chains import Chain, Place, Shift, chains

State = Mapping[str, Any]
_DAY = timedelta(days=1)
_KINDS = {"main": "別の任用", "concurrent": "兼務", "cross": "併任", "acting": "事務取扱"}


@dataclass(frozen=True, slots=True)
class Fate:
    """One person: before and after, in words, and what differs."""

    person: str
    number: str
    name: str
    before: str
    after: str
    what: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Balance:
    """One unit: how many before and after, who came and who went."""

    code: str
    name: str
    before: int
    after: int
    came: tuple[str, ...]
    gone: tuple[str, ...]

    @property
    def difference(self) -> int:
        """How many more."""
        return self.after - self.before


@dataclass
class Branch:
    """A unit of the chart with its people and what is below it."""

    code: str
    name: str
    people: list[str] = field(default_factory=list)
    below: list[Branch] = field(default_factory=list)
    count: int = 0


class Outlook:
    """A plan's house on its day, beside the day before without it."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.people = desk.preview.people
        self.before: Mapping[str, State] = desk.preview.before(desk.day - _DAY)
        found = ((p, desk.preview.after(p, desk.day)) for p in self.people)
        self.after: Mapping[str, State] = {p: state for p, state in found if state is not None}

    def name(self, person: str) -> str:
        """What somebody is called."""
        state = self.after.get(person) or self.before.get(person)
        state = state or self.desk.newcomers.get(person) or {}
        return str(state.get("name") or "（氏名なし）").replace("\u3000", " ")

    def place(self, state: State | None, *, before: bool = False) -> str:
        """Where somebody is, in words."""
        if state is None:
            return "在職していない"
        tree = self.desk.tree_before if before else self.desk.tree
        unit = " ".join(tree.path(state.get("unit"))[1:]) or self.desk.unit_text(state.get("unit"))
        grade = f"（{state['grade']}級）" if state.get("grade") else ""
        more = [
            f"{_KINDS.get(seat['kind'], '')}：{self.desk.unit_text(seat['unit'])}"
            f" {self.desk.post_text(seat['post'])}"
            for seat in state.get("further", ())
        ]
        away = "（休職・派遣など）" if state.get("leave") or state.get("dispatch") else ""
        own = f"{unit} {self.desk.post_text(state.get('post'))}{grade}{away}".strip()
        return "、".join([own, *more])

    def fates(self) -> list[Fate]:
        """Everybody in the plan, in its order; who is the same before and after as well."""
        return [self.fate(person) for person in self.people if self._known(person)]

    def _known(self, person: str) -> bool:
        return person in self.before or person in self.after

    def fate(self, person: str) -> Fate:
        """One person, before and after."""
        before, after = self.before.get(person), self.after.get(person)
        number = (after or before or {}).get("staff_no") or ""
        number = number or self.desk.newcomers.get(person, {}).get("staff_no", "")
        return Fate(
            person,
            str(number),
            self.name(person),
            self.place(before, before=True),
            self.place(after),
            tuple(_differences(before, after)),
        )

    def balances(self) -> list[Balance]:
        """The units to which or from which somebody goes, in order of the chart."""
        came: dict[str, list[str]] = defaultdict(list)
        gone: dict[str, list[str]] = defaultdict(list)
        for person in self.people:
            old = (self.before.get(person) or {}).get("unit")
            new = (self.after.get(person) or {}).get("unit")
            if old != new:
                came[str(new or "")].append(self.name(person))
                gone[str(old or "")].append(self.name(person))
        before = _counts(self.desk.preview.house(self.desk.day - _DAY))
        after = _counts(self.desk.preview.everyone(self.desk.day))
        order = self.desk.tree.order
        units = {unit for unit in (*came, *gone) if unit}
        return [
            Balance(
                unit,
                self.desk.unit_text(unit),
                before.get(unit, 0),
                after.get(unit, 0),
                tuple(came.get(unit, ())),
                tuple(gone.get(unit, ())),
            )
            for unit in sorted(units, key=lambda u: (order.get(u, len(order)), u))
        ]

    def chains(self) -> list[Chain]:
        """玉突き: who takes whose place."""
        return chains(
            Shift(p, _seat(self.before.get(p)), _seat(self.after.get(p)))
            for p in self.people
            if self._known(p)
        )

    def seat(self, place: Place | None) -> str:
        """A place in words."""
        if place is None:
            return ""
        return f"{self.desk.unit_text(place[0])} {self.desk.post_text(place[1])}".strip()

    def vacancies(self) -> list[tuple[str, str]]:
        """Units that had a head and would have none: the unit, and the post that is left."""
        day, posts = self.desk.day, self.desk.posts
        with_plan, without = self.desk.preview.seats(set(self.desk.tree.states), day - _DAY)
        heads = {code for code, post in posts.items() if post.head}
        led = {s.unit for s in with_plan if s.on(day) and s.post in heads}
        found = [
            (s.unit, s.post)
            for s in without
            if s.on(day - _DAY) and s.post in heads
            if s.unit not in led and s.unit in self.desk.tree.states
        ]
        return [(self.desk.unit_text(u), self.desk.post_text(p)) for u, p in dict.fromkeys(found)]

    def chart(self) -> list[Branch]:
        """The whole house on the day: units with their people."""
        seats: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
        ranks: dict[Any, int] = {code: n for n, code in enumerate(self.desk.posts)}
        for person, state in self.desk.preview.everyone(self.desk.day).items():
            rank = ranks.get(state.get("post"), len(ranks))
            kana = names.collation_key(str(state.get("kana") or ""))
            mark = "（動く）" if person in self.after else ""
            name = str(state.get("name") or "").replace("\u3000", " ")
            told = f"{name} {self.desk.post_text(state.get('post'))}{mark}"
            seats[str(state.get("unit"))].append((rank, kana, told))
        return list(self._branches(None, seats))

    def _branches(
        self, parent: str | None, seats: Mapping[str, list[tuple[int, str, str]]]
    ) -> Iterator[Branch]:
        for code in self.desk.tree.children(parent):
            people = [told for *_, told in sorted(seats.get(code, ()))]
            below = list(self._branches(code, seats))
            count = len(people) + sum(branch.count for branch in below)
            yield Branch(code, str(self.desk.tree.states[code]["name"]), people, below, count)


def _seat(state: State | None) -> Place | None:
    if state is None or not state.get("unit"):
        return None
    return str(state["unit"]), str(state.get("post") or "")


def _counts(states: Mapping[str, State]) -> dict[str, int]:
    counts: dict[str, int] = defaultdict(int)
    for state in states.values():
        counts[str(state.get("unit") or "")] += 1
    return counts


def _differences(before: State | None, after: State | None) -> Iterator[str]:
    if before is None or after is None:
        yield "退職" if after is None else "採用"
        return
    labels = {"unit": "所属", "post": "職", "grade": "級", "further": "兼務", "term_end": "任期"}
    for name, label in labels.items():
        if before.get(name) != after.get(name):
            yield label
    if any(before.get(n) != after.get(n) for n in ("leave", "dispatch")):
        yield "休職・派遣"


@dataclass(frozen=True, slots=True)
class Difference:
    """Somebody whom two plans treat differently."""

    number: str
    name: str
    one: str
    other: str


def differences(one: Outlook, other: Outlook) -> list[Difference]:
    """Who would be elsewhere, or otherwise, by one plan than by the other."""
    found = []
    for person in dict.fromkeys([*one.people, *other.people]):
        places = [_told(outlook, person) for outlook in (one, other)]
        if places[0] != places[1]:
            holder = one if person in one.people else other
            fate = holder.fate(person)
            found.append(Difference(fate.number, fate.name, *places))
    return found


def _told(outlook: Outlook, person: str) -> str:
    if person in outlook.people:
        return outlook.place(outlook.after.get(person))
    state = outlook.desk.preview.house(outlook.desk.day).get(person)
    return outlook.place(state) + "（この案では動かない）"
