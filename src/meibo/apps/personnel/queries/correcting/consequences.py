"""Everything that lines would bring, in words: lives, later orders, heads, rights, pay, paper."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from meibo.apps.personnel.queries.correcting.words import Words
from meibo.domain.book import OPEN, Line
from meibo.domain.calendar import day_in_japan
from meibo.domain.correcting import FIELDS, Fault, Period, Retold
from meibo.ledger import drawer, house, roll
from meibo.platform.audit.models import AuditRecord
from meibo.platform.grants import queries as grants
from meibo.platform.grants.rules import DUTIES
from meibo.platform.layout.navigation import NAVIGATION


@dataclass(frozen=True, slots=True)
class Row:
    """A period of a life, before and after; `pays`: what payroll has to work out anew."""

    starts: date
    last: date | None
    before: str
    after: str
    pays: str
    past: bool

    @property
    def changed(self) -> bool:
        return bool(self.pays)


@dataclass(frozen=True, slots=True)
class Life:
    """One person's: rows by period, later orders that read differently, and those that fail."""

    person: str
    name: str
    rows: tuple[Row, ...]
    retold: tuple[tuple[str, str, str], ...]
    faults: tuple[tuple[str, str, bool], ...]
    rights: tuple[str, ...]
    printed: tuple[tuple[date, str], ...]

    @property
    def repay(self) -> list[Row]:
        """The periods that payroll has to work out anew, those begun already."""
        return [row for row in self.rows if row.changed and row.past]


@dataclass(frozen=True, slots=True)
class Consequences:
    """Of everybody concerned, and of units whose head is another one."""

    lives: tuple[Life, ...]
    heads: tuple[tuple[str, date, date | None, str, str], ...]

    @property
    def faults(self) -> int:
        """How many orders could not be followed any more."""
        return sum(not cured for life in self.lives for _, _, cured in life.faults)


def consequences(lines: Sequence[Line], today: date) -> Consequences:
    """What would come of these lines. Of a person their reader has opened the orders."""
    found = drawer.effects(lines)
    words = Words(today)
    since = min(line.effective for line in lines)
    heads = [
        (
            words.unit(h.unit, h.starts),
            h.starts,
            _last(h.ends),
            words.names(h.before),
            words.names(h.after),
        )
        for h in drawer.heads_changed(found)
    ]
    return Consequences(tuple(_life(e, words, today, since) for e in found), tuple(heads))


def _life(effects: drawer.Effects, words: Words, today: date, since: date) -> Life:
    near = [p for p in effects.periods if p.ends > since or p.changed]
    return Life(
        effects.person,
        words.name(effects.person),
        tuple(_row(period, words, today) for period in near),
        tuple(_retold(each, words) for each in effects.retold),
        tuple(_fault(each, words) for each in effects.faults),
        tuple(_rights(effects, words, today)),
        tuple(_printed(effects.person, since)),
    )


def _row(period: Period, words: Words, today: date) -> Row:
    changed = period.changed
    pays = "在職" if changed == ("service",) else "・".join(FIELDS[name] for name in changed)
    return Row(
        period.starts,
        period.last,
        words.state(period.before, period.starts),
        words.state(period.after, period.starts),
        pays,
        period.starts <= today,
    )


def _retold(each: Retold, words: Words) -> tuple[str, str, str]:
    day = each.line.effective
    was, now = (
        f"{words.seat(old, day)} → {words.seat(new, day)}" for old, new in (each.was, each.now)
    )
    return words.order(each.line), was, now


def _fault(each: Fault, words: Words) -> tuple[str, str, bool]:
    return words.order(each.line), each.message, each.cured


def _rights(effects: drawer.Effects, words: Words, today: date) -> list[str]:
    """What of permissions would be otherwise today: duties that hang on a post, units led."""
    told = []
    sides = [
        [s for s in seats if s.unit and s.starts <= today < s.ends]
        for seats in (effects.before, effects.after)
    ]
    for standing in grants.standings(today, people=[effects.person]):
        was, now = (
            any(roll.lies_in(str(s.unit), standing.grant.unit, today) for s in seats)
            for seats in sides
        )
        if standing.in_force and was and not now:
            duty = DUTIES[standing.grant.duty]
            told.append(f"職務「{duty}」は、発令するとすぐ効かなくなります。")
        elif was is False and now and not standing.ended and standing.decided:
            duty = DUTIES[standing.grant.duty]
            told.append(f"職務「{duty}」は、発令するとまた効くようになります。")
    codes = house.codes()
    led = [{str(s.unit) for s in seats if codes.leads(s.post)} for seats in sides]
    ends, comes = sorted(led[0] - led[1]), sorted(led[1] - led[0])
    told += [f"{words.unit(u, today)}の所属長の権限が、すぐなくなります。" for u in ends]
    told += [f"{words.unit(u, today)}の所属長の権限が、すぐ付きます。" for u in comes]
    return told


def _printed(person: str, since: date) -> list[tuple[date, str]]:
    """Forms made of this person since the first day concerned, as the log has them."""
    rows = AuditRecord.objects.filter(
        act="form", subjects__person=person, moment__date__gte=since
    ).order_by("no")
    return [(day_in_japan(row.moment), _form(json.loads(row.detail))) for row in rows]


def _form(detail: dict[str, Any]) -> str:
    made = str(detail.get("form") or detail.get("what") or "帳票")
    return NAVIGATION.pages.get(made, made)  # the log names a form by its page


def _last(ends: date) -> date | None:
    return None if ends == OPEN else date.fromordinal(ends.toordinal() - 1)
