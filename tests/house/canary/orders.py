"""Orders of the canary ward: every line has a number, a wording, a note and a moment of its own."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from meibo.domain.book import Effect, Line, SeatKind
from tests.house.canary.policy import Grant
from tests.house.canary.world import OPEN, TOKYO, World

#: Where pools of days lie, so that no two meanings of a day share one.
RECORDED = (date(2014, 1, 1), date(2018, 12, 31))
SINCE = (date(2006, 1, 1), date(2013, 12, 31))
HEAD = json.dumps({"head": True, "grade": 5})
PLAIN = json.dumps({"grade": 1})
_SEATING = frozenset({Effect.ENTER, Effect.MOVE, Effect.ADD})


@dataclass
class Clerk:
    """Writes the orders of one person."""

    world: World
    person: str

    def line(
        self,
        day: date,
        effect: Effect,
        *,
        dated: str = "history",
        dead: bool = False,
        cards: Sequence[Grant] = (),
        **more: Any,
    ) -> Line:
        """An order with its own words. `dated`: the field that tells its day to who may not see
        orders; `cards`: where it stands besides. `dead`: cancelled, so nobody meets any of it."""
        mint = self.world.mint
        own = [] if dead else [Grant("orders", day, place="history")]
        recorded = self.world.day(*RECORDED)
        number, wording, note = mint.word(), mint.kanji(), mint.kanji()
        for what, text in (("order_no", number), ("wording", wording), ("order note", note)):
            self.note(text, what, own, ["history"])
        told = [] if dead else [*own, Grant("orders", day, place="changes")]
        self.note(recorded, "recorded", told, ["history"])
        dates = [Grant(dated, day, place="changes")] if not dead else []
        if dated == "history" and effect in _SEATING and not dead:
            dates.append(Grant("history", day, place="history"))
        dates += cards
        if effect is not Effect.VOID:  # which has the day of what it cancels
            self.note(day, f"{effect.value} day", [*own, *dates], ["history", "page", "json"])
        moment = datetime.combine(recorded, time(12), TOKYO)
        basis = mint.kanji()
        self.note(basis, "basis")
        line = Line(
            0, day, moment, effect, self.person, wording, number, note=note, basis=basis, **more
        )
        return self.world.batch.add(line, self.source())

    def source(self) -> str:
        """Where the line came from: for the intake alone."""
        text = self.world.mint.word()
        self.note(text, "source")
        return text

    def note(self, text: str | date, what: str, grants: Any = (), must: Any = ()) -> None:
        self.world.note(text, what, self.person, grants, must)

    def seat(
        self,
        day: date,
        ends: date,
        unit: str,
        *,
        effect: Effect = Effect.MOVE,
        leads: bool = False,
        dead: bool = False,
        **more: Any,
    ) -> Line:
        """A main post over `[day, ends)`, with all that an order can say of it."""
        mint, world = self.world.mint, self.world
        post = self.post(day, ends, leads=leads, dead=dead)
        job, employment = (self._coded(t, day, ends, dead=dead) for t in ("job", "employment"))
        since, grade, step = world.day(*SINCE), mint.number(), mint.number()
        rows = (("unit_since", since), ("grade", grade), ("step", step))
        for name, text in rows:
            grants = [] if dead else [Grant(name, day, ends)]
            self.note(text, name, grants, ["page", "json"])
        stated = {"unit": world.units[unit], "post": post, "since": since, "grade": int(grade)}
        stated |= {"step": step, "job": job, "employment": employment, "kind": SeatKind.MAIN}
        return self.line(day, effect, dead=dead, **stated, **more)

    def post(
        self, day: date, ends: date, *, leads: bool, dead: bool = False, name: str = "post"
    ) -> str:
        """A post of its own; met on cards of its time and in the history."""
        code, shown = self.world.code("post", HEAD if leads else PLAIN)
        card = Grant(name, day, ends)
        past = [Grant(ruled, day, place="history") for ruled in ("history", "orders")]
        past += [Grant("orders", ends, place="history")]  # the order that relieves of it names it
        self.note(code, f"{name} code", [] if dead else [card])
        self.note(shown, name, [] if dead else [card, *past], ["page", "json", "history"])
        return code

    def _coded(self, table: str, day: date, ends: date, *, dead: bool) -> str:
        code, shown = self.world.code(table)
        # A feed hands out the code, to whom the table shows its name.
        self.note(code, f"{table} code", [] if dead else [Grant(table, day, ends)])
        self.note(shown, table, [] if dead else [Grant(table, day, ends)], ["page", "json"])
        return code

    def further(
        self,
        day: date,
        last: date | None,
        unit: str,
        kind: SeatKind,
        *,
        leads: bool = False,
        relieved: bool = False,
    ) -> Line:
        """A post besides. It ends on the `last` day that the order names, or by an order of its
        own on that day where it is `relieved`."""
        world = self.world
        ends = OPEN if last is None else last if relieved else last + timedelta(days=1)
        post = self.post(day, ends, leads=leads, name="concurrent")
        authority = world.mint.kanji()
        self.note(authority, "authority")
        held = {"unit": world.units[unit], "post": post}
        if last is not None and not relieved:
            held["until"] = last
            self.note(last, "further until", [Grant("orders", day, place="history")], ["history"])
        line = self.line(day, Effect.ADD, kind=kind, authority=authority, **held)
        if last is not None and relieved:
            self.line(last, Effect.RELIEVE, **held)
        return line

    def absence(self, day: date, until: date, slot: str, ends: date | None = None) -> Line:
        """休職 or 派遣: reason, last day as ordered and, of a 派遣, the other body. `ends`: the day
        of the order that ends it."""
        world, ends = self.world, ends or until + timedelta(days=1)
        code, shown = world.code(slot)
        self.note(code, f"{slot} code", [Grant(slot, day, ends)])
        self.note(shown, slot, [Grant(slot, day, ends)], ["page", "json"])
        orders = Grant("orders", day, place="history")
        cards = [Grant(slot, day, ends)] if slot == "leave" else []
        self.note(until, f"{slot} until", [orders, *cards], ["history", "page", "json"])
        more: dict[str, Any] = {}
        if slot == "dispatch":
            more["body"] = world.mint.kanji()
            grants = [Grant(slot, day, ends), orders]
            self.note(more["body"], "body", grants, ["page", "json", "history"])
        more |= {"slot": slot, "reason": code, "until": until}
        return self.line(day, Effect.PAUSE, dated=slot, cards=cards, **more)
