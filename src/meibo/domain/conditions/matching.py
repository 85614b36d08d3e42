"""Whether somebody is meant: yes, no, or not for this viewer to know (None)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from meibo.domain.conditions.fields import UNSEEN, Kind, Known, years_between
from meibo.domain.conditions.model import Been, Compared, Group, Held, Part

Span = tuple[date, date]
Truth = bool | None
_DAYS_A_YEAR = 365.2425


@dataclass(frozen=True, slots=True)
class Post:
    """A post that somebody held over `[starts, ends)`."""

    post: str | None
    unit: str
    main: bool
    starts: date
    ends: date


@dataclass(frozen=True, slots=True)
class Subject:
    """A person as the viewer sees them: the card, and the posts held so far (None: not to be
    seen). `since`: where posts before a day may not be seen, that day."""

    card: Mapping[str, Any]
    posts: Sequence[Post] | None = None
    since: date | None = None


@dataclass(frozen=True)
class Around:
    """What is the same for everybody asked about: the day, the fields, how texts are folded, and
    when which units lay in or below another one (code → spans)."""

    on: date
    fields: Mapping[str, Known]
    fold: Callable[[str], str]
    below: Callable[[str], Mapping[str, Sequence[Span]]] = lambda _: {}
    _within: dict[tuple[str, ...], dict[str, list[Span]]] = field(
        default_factory=dict, compare=False, repr=False
    )

    def within(self, units: tuple[str, ...]) -> Mapping[str, list[Span]]:
        """When which units lay in or below any of these."""
        if units not in self._within:
            found: dict[str, list[Span]] = {}
            for unit in units:
                for code, spans in self.below(unit).items():
                    found.setdefault(code, []).extend(spans)
            self._within[units] = found
        return self._within[units]


def truth(part: Part, subject: Subject, around: Around) -> Truth:
    """Whether a part holds for somebody (Kleene's three values)."""
    if isinstance(part, Group):
        return _group(part, subject, around)
    if isinstance(part, Compared):
        return _test(part, subject.card, around)
    if subject.posts is None:
        return None
    return _held(part, subject, around) if isinstance(part, Held) else _been(part, subject, around)


def _group(group: Group, subject: Subject, around: Around) -> Truth:
    stops = group.how != "all"  # the answer of one part that settles the group
    unknown = False
    for part in group.parts:
        found = truth(part, subject, around)
        if found is stops:
            return group.how == "any"
        unknown = unknown or found is None
    return None if unknown else group.how != "any"


# -- the day itself ----------------------------------------------------------------------------


def _test(test: Compared, card: Mapping[str, Any], around: Around) -> Truth:
    known = around.fields.get(test.field)
    value = known.value(card, around.on) if known else UNSEEN
    if known is None or value is UNSEEN:
        return None
    if test.op in {"filled", "empty"}:
        return (value not in (None, "", [])) is (test.op == "filled")
    return _COMPARED[known.kind](test, value, around)


def _text(test: Compared, value: Any, around: Around) -> bool:
    text = around.fold(str(value or ""))
    wanted = [around.fold(each) for each in test.values if each]
    if test.op == "is":
        return text in wanted
    return any(each in text for each in wanted)


def _choice(test: Compared, value: Any, around: Around) -> bool:
    return (str(value or "") in test.values) is (test.op == "in")


def _number(test: Compared, value: Any, around: Around) -> bool:
    wanted = [_decimal(each) for each in test.values]
    found = _decimal(value)
    if found is None or not wanted or wanted[0] is None:
        return False
    if test.op == "eq":
        return found == wanted[0]
    return found >= wanted[0] if test.op == "ge" else found <= wanted[0]


def _decimal(value: Any) -> Decimal | None:
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None


def _day(test: Compared, value: Any, around: Around) -> bool:
    if not value or not test.values:
        return False
    day = date.fromisoformat(str(value))
    if test.op in {"from", "until"}:
        wanted = date.fromisoformat(test.values[0])
        return day >= wanted if test.op == "from" else day <= wanted
    count = int(test.values[0])
    if test.op == "within":
        return around.on <= day <= add_months(around.on, count)
    return (day <= around.on and years_between(day, around.on) >= count) is (test.op == "older")


def _flag(test: Compared, value: Any, around: Around) -> bool:
    return bool(value) is (test.op == "yes")


def _list(test: Compared, value: Any, around: Around) -> bool:
    held = [str(each) for each in value or []]
    if test.op == "has":
        return any(_text(test, each, around) for each in held)
    return (not set(held).isdisjoint(test.values)) is (test.op == "in")


def _unit(test: Compared, value: Any, around: Around) -> bool:
    return (not set(value or ()).isdisjoint(test.values)) is (test.op == "in")


_COMPARED: Mapping[Kind, Callable[[Compared, Any, Around], bool]] = {
    Kind.TEXT: _text,
    Kind.CHOICE: _choice,
    Kind.NUMBER: _number,
    Kind.DAY: _day,
    Kind.FLAG: _flag,
    Kind.LIST: _list,
    Kind.UNIT: _unit,
}


# -- through time --------------------------------------------------------------------------------


def _held(held: Held, subject: Subject, around: Around) -> Truth:
    spans = merged(_spans(subject.posts or (), held.posts, held.units, held.further, around))
    end = around.on + timedelta(days=1)
    if held.mode == "now":
        spans = [span for span in spans if span[1] == end]
    if held.mode == "sum":
        days = sum((ends - starts).days for starts, ends in spans)
        found = bool(spans) and days >= held.months / 12 * _DAYS_A_YEAR - 1
    else:
        found = any(add_months(starts, held.months) <= ends for starts, ends in spans)
    return found or (None if subject.since else False)


def _been(been: Been, subject: Subject, around: Around) -> Truth:
    spans = _spans(subject.posts or (), (), been.units, been.further, around)
    first = been.since or date.min
    last = been.until or date.max
    found: Truth = any(starts <= last and ends > first for starts, ends in spans)
    if not found and subject.since and first < subject.since:
        found = None
    return found if found is None else found is not been.never


def _spans(
    posts: Iterable[Post],
    codes: Collection[str],
    units: tuple[str, ...],
    further: bool,
    around: Around,
) -> list[Span]:
    """When one of these posts was held in one of these units, through the day looked at."""
    end = around.on + timedelta(days=1)
    within = around.within(units) if units else None
    found = []
    for each in posts:
        if (codes and each.post not in codes) or not (each.main or further):
            continue
        lying = [(each.starts, each.ends)] if within is None else within.get(each.unit, ())
        for starts, ends in lying:
            span = max(starts, each.starts), min(ends, each.ends, end)
            if span[0] < span[1]:
                found.append(span)
    return found


def merged(spans: Iterable[Span]) -> list[Span]:
    """Spans that touch or overlap joined, in order of time."""
    found: list[Span] = []
    for starts, ends in sorted(spans):
        if found and starts <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], ends)
        else:
            found.append((starts, ends))
    return found


def add_months(day: date, months: int) -> date:
    """The same day so many months later; the last of a month that is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError(day)
