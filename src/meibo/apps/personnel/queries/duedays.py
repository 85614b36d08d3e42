"""人事カレンダー: what falls due in a time, by rule and day, and with whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from meibo.apps.personnel.actions.duedays import as_known
from meibo.apps.personnel.models import DueMark
from meibo.domain.disclosure import Viewer
from meibo.domain.due import Ages, Due, DueRule, DueRules, due, parse_ages, parse_rules
from meibo.domain.due.rules import AGES_FILE, FILE
from meibo.ledger import house, lifedates, reader
from meibo.ledger.reader import Card
from meibo.platform import town

#: What on a card tells of a thing that falls due: who may not see it is not told.
TOLD_BY = {
    "term_end": "term_end",
    "probation": "hired",
    "probation_yearly": "hired",
    "retirement": "birth_date",
    "post_age": "birth_date",
    "consent": "birth_date",
    "licence": "skills",
    "leave_end": "leave_to",
    "dispatch_end": "dispatch",
}


@dataclass(frozen=True, slots=True)
class Group:
    """Everything of one rule that falls due on one day. `open`: how many of `total` are not
    settled; `over`: whether the day has passed."""

    rule: DueRule
    day: date
    begin: date
    total: int
    open: int
    over: bool

    def near(self, today: date) -> bool:
        """Whether it is time for it, and not too late to speak of it."""
        late = (today - self.day).days
        return self.open > 0 and self.begin <= today and late <= self.rule.late_days


@dataclass(frozen=True, slots=True)
class DueLine:
    """One person's thing, as far as the viewer sees the person."""

    due: Due
    card: Card
    mark: DueMark | None


def rules() -> DueRules:
    """The town's rules; a town without a file has none."""
    text = town.text(FILE)
    return parse_rules(text) if text else DueRules({})


def ages() -> Ages:
    """The town's table of 定年."""
    text = town.text(AGES_FILE)
    return parse_ages(text) if text else Ages(())


def all_due(today: date) -> tuple[Due, ...]:
    """Everything that falls due with those who are in service today."""
    return _all(house.version(), today, town.text(FILE), town.text(AGES_FILE))


def ready() -> bool:
    """Whether all of it is known as the books are now."""
    return house.version() in _known


_known: set[int] = set()
"""The version for which the answer is kept."""


@lru_cache(maxsize=2)
def _all(version: int, today: date, rules_text: str, ages_text: str) -> tuple[Due, ...]:
    if not rules_text:
        return ()
    found = tuple(due(lifedates.facts(today), parse_rules(rules_text), parse_ages(ages_text)))
    _known.clear()
    _known.add(version)
    return found


def groups(first: date, last: date, *, today: date, rule: str = "") -> list[Group]:
    """What falls due from one day through another, by day and rule. Counts, no names."""
    held: dict[tuple[date, str], list[Due]] = {}
    for each in all_due(today):
        if first <= each.day <= last and rule in {"", each.rule}:
            held.setdefault((each.day, each.rule), []).append(each)
    marked = _marked(d for own in held.values() for d in own)
    named = rules().rules
    return [
        Group(
            named[name],
            day,
            own[0].begin,
            len(own),
            sum(1 for d in own if d.key not in marked),
            day < today,
        )
        for (day, name), own in held.items()
    ]


def waiting(viewer: Viewer) -> int:
    """How many things it is time for, or not too late to speak of, and that are not settled."""
    today = viewer.today
    known = rules().rules
    begun = [
        d
        for d in all_due(today)
        if d.begin <= today and (today - d.day).days <= known[d.rule].late_days
    ]
    return len(begun) - len(_marked(begun))


def lines(viewer: Viewer, rule: str, day: date, *, unit: str = "") -> list[DueLine]:
    """With whom something falls due on a day, in order of organisation. Who may not see what it is
    reckoned from is not told of it; who is told has read it, and that is noted."""
    found = {d.key: d for d in all_due(viewer.today) if (d.rule, d.day) == (rule, day)}
    cards = reader.cards(
        viewer, on=viewer.today, unit=unit or None, ids={d.person for d in found.values()}
    )
    marked = _marked(found.values())
    by_person: dict[str, list[Due]] = {}
    for each in found.values():
        by_person.setdefault(each.person, []).append(each)
    return [
        DueLine(each, card, marked.get(each.key))
        for card in cards
        if card.get(TOLD_BY[rule]) is not None
        for each in by_person[card.id]
    ]


def chosen(keys: Iterable[str], *, today: date) -> list[Due]:
    """The things with these keys that do fall due."""
    wanted = set(keys)
    return [each for each in all_due(today) if each.key in wanted]


def _marked(dues: Iterable[Due]) -> Mapping[str, DueMark]:
    own = {each.key: due.key for due, those in as_known(dues).items() for each in those}
    keys = list(own)
    found: dict[str, DueMark] = {}
    for i in range(0, len(keys), 900):
        for mark in DueMark.objects.filter(key__in=keys[i : i + 900]):
            found[own[mark.key]] = mark
    return found
