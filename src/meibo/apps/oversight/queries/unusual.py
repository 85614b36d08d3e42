"""目立つ使われ方: plain rules with thresholds, for the auditor to ask about. They accuse nobody.

The thresholds are the town's (`town/unusual.csv`).
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path

import jpholiday
from django.conf import settings

from meibo.platform.audit.acts import Act
from meibo.platform.audit.models import AuditRecord, AuditSubject
from meibo.platform.audit.queries import TOKYO

_LOOKED = (Act.READ, Act.EMERGENCY)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as the town set it."""

    key: str
    label: str
    threshold: int


@dataclass(frozen=True, slots=True)
class Notable:
    """Something that stands out: the rule, the day, who did it (or whom it was done to: an id),
    and the number that passed the threshold."""

    rule: Rule
    day: date
    actor: str
    subject: str
    count: int


def rules() -> dict[str, Rule]:
    """The rules of `town/unusual.csv` by key. Raises ValueError naming a row that can't be read."""
    path = Path(settings.MEIBO_TOWN) / "unusual.csv"
    return _rules(path, path.stat().st_mtime_ns) if path.is_file() else {}


@lru_cache(maxsize=2)
def _rules(path: Path, _changed: int) -> dict[str, Rule]:
    found = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), 2):
            key, threshold = row.get("rule") or "", (row.get("threshold") or "").strip()
            if key not in _RULES or not threshold.isdecimal():
                raise ValueError(f"{path.name} {number}行: 「{key}」「{threshold}」は読めません")
            found[key] = Rule(key, row.get("label") or key, int(threshold))
    return found


def notable(since: date, until: date) -> list[Notable]:
    """What stands out between two days, both included, newest first."""
    found = [one for key, rule in rules().items() for one in _RULES[key](rule, since, until)]
    return sorted(found, key=lambda one: (one.day, one.count), reverse=True)


def _moments(since: date, until: date) -> tuple[datetime, datetime]:
    start = datetime.combine(since, datetime.min.time(), TOKYO)
    return start, datetime.combine(until + timedelta(days=1), datetime.min.time(), TOKYO)


def _day(moment: datetime) -> date:
    return moment.astimezone(TOKYO).date()


def _mass(rule: Rule, since: date, until: date) -> Iterator[Notable]:
    """One looked at the records of many people in a day."""
    people: dict[tuple[date, str], set[str]] = defaultdict(set)
    for moment, actor, person in _looks(since, until):
        people[_day(moment), actor].add(person)
    for (day, actor), own in people.items():
        if len(own) >= rule.threshold:
            yield Notable(rule, day, actor, "", len(own))


def _watched(rule: Rule, since: date, until: date) -> Iterator[Notable]:
    """One person was looked at by many."""
    lookers: dict[str, set[str]] = defaultdict(set)
    last: dict[str, date] = {}
    for moment, actor, person in _looks(since, until):
        lookers[person].add(actor)
        last[person] = max(_day(moment), last.get(person, date.min))
    for person, actors in lookers.items():
        if len(actors) >= rule.threshold:
            yield Notable(rule, last[person], "", person, len(actors))


def _looks(since: date, until: date) -> Iterator[tuple[datetime, str, str]]:
    start, end = _moments(since, until)
    rows = AuditSubject.objects.filter(
        record__moment__gte=start, record__moment__lt=end, record__act__in=_LOOKED
    )
    yield from rows.values_list("record__moment", "record__actor", "person").iterator()


def _counted(acts: tuple[Act, ...], by: str) -> Callable[[Rule, date, date], Iterator[Notable]]:
    """So many of these acts a day by one account (or from one address)."""

    def rule_of(rule: Rule, since: date, until: date) -> Iterator[Notable]:
        start, end = _moments(since, until)
        rows = AuditRecord.objects.filter(moment__gte=start, moment__lt=end, act__in=acts)
        counts = Counter((_day(moment), name) for moment, name in rows.values_list("moment", by))
        for (day, name), count in counts.items():
            if count >= rule.threshold:
                yield Notable(rule, day, name, "", count)

    return rule_of


def _late(rule: Rule, since: date, until: date) -> Iterator[Notable]:
    """Files taken out at night (20 to 7), on a weekend or a holiday."""
    start, end = _moments(since, until)
    rows = AuditRecord.objects.filter(moment__gte=start, moment__lt=end, act=Act.EXPORT)
    counts: Counter[tuple[date, str]] = Counter()
    for moment, actor in rows.values_list("moment", "actor"):
        if _off_duty(moment.astimezone(TOKYO)):
            counts[_day(moment), actor] += 1
    for (day, actor), count in counts.items():
        if count >= rule.threshold:
            yield Notable(rule, day, actor, "", count)


def _off_duty(moment: datetime) -> bool:
    day = moment.date()
    free = day.weekday() >= _SATURDAY or jpholiday.is_holiday(day)
    return free or not 7 <= moment.hour < 20


def _purposeless(rule: Rule, since: date, until: date) -> Iterator[Notable]:
    """Commands that looked as somebody else without saying what for."""
    start, end = _moments(since, until)
    rows = AuditRecord.objects.filter(moment__gte=start, moment__lt=end, act=Act.COMMAND)
    rows = rows.filter(purpose="", detail__contains='"viewer"')
    rows = rows.exclude(detail__contains='"tie:staff"').exclude(detail__contains='"tie:public"')
    counts = Counter((_day(moment), actor) for moment, actor in rows.values_list("moment", "actor"))
    for (day, actor), count in counts.items():
        if count >= rule.threshold:
            yield Notable(rule, day, actor, "", count)


_RULES: dict[str, Callable[[Rule, date, date], Iterator[Notable]]] = {
    "mass": _mass,
    "watched": _watched,
    "late_export": _late,
    "refused": _counted((Act.REFUSED,), "actor"),
    "failed": _counted((Act.SIGN_IN_FAILED,), "address"),
    "no_purpose": _purposeless,
}
