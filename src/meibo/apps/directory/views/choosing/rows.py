"""One row of the builder: as a form sends it, as a part of a condition, as it is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation

from meibo.apps.directory.queries.choosing import Choosing, Option
from meibo.domain import calendar
from meibo.domain.conditions import Been, Compared, Held, Kind, Known, Part, ops_of
from meibo.domain.conditions.fields import BARE

#: Rows that ask about time: what the chooser of a new row calls them.
PAST: Mapping[str, str] = {"held": "就いていた職と年数", "been": "いたことのある組織"}
MODES: Mapping[str, str] = {
    "now": "いま続けて",
    "sum": "これまで通算で",
    "run": "続けて（いまでなくても）",
}
EVER: Mapping[str, str] = {"": "いたことがある", "1": "いたことがない"}
_COUNTED = frozenset({"older", "younger", "within"})
_MOST_YEARS = 100
Get = Callable[[str], list[str]]


class RowError(ValueError):
    """A row that can't be asked yet; the message says what to fill in."""


@dataclass(frozen=True, slots=True)
class Row:
    """What stands in a row. `kind`: a key of PAST, else `test`."""

    kind: str
    field: str = ""
    op: str = ""
    values: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    mode: str = "now"
    years: str = ""
    since: str = ""
    until: str = ""
    never: str = ""
    further: bool = False
    flaw: str = ""


def new_row(what: str, asked: Choosing) -> Row | None:
    """A row for what was chosen to be added; None for what may not be asked."""
    if what in PAST:
        return Row(what, further=what == "been") if asked.past else None
    known = asked.fields.get(what)
    return Row("test", what, next(iter(ops_of(known)))) if known else None


def row_sent(get: Get) -> Row:
    """A row as it was sent."""

    def one(name: str) -> str:
        return next(iter(get(name)), "").strip()

    def many(name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(each.strip() for each in get(name) if each.strip()))

    return Row(
        one("kind"),
        one("field"),
        one("op"),
        many("v"),
        many("posts"),
        many("units"),
        one("mode") or "now",
        one("years"),
        one("since"),
        one("until"),
        one("never"),
        bool(one("further")),
    )


def row_of(part: Part) -> Row | None:
    """A part as a row; None for a group within a group, which the form can't show."""
    if isinstance(part, Compared):
        return Row("test", part.field, part.op, part.values)
    if isinstance(part, Held):
        years = format((Decimal(part.months) / 12).normalize(), "f") if part.months else ""
        return Row(
            "held",
            posts=part.posts,
            units=part.units,
            mode=part.mode,
            years=years,
            further=part.further,
        )
    if isinstance(part, Been):
        since, until = (day.isoformat() if day else "" for day in (part.since, part.until))
        return Row(
            "been",
            units=part.units,
            since=since,
            until=until,
            never="1" if part.never else "",
            further=part.further,
        )
    return None


def part_of(row: Row, asked: Choosing) -> Part:
    """A row as a part of a condition. Raises RowError."""
    if row.kind in PAST:
        if not asked.past:
            raise RowError("職の履歴は、あなたの立場では条件に使えません。")
        return _held(row) if row.kind == "held" else _been(row)
    known = asked.fields.get(row.field)
    if known is None:
        raise RowError("この項目は、あなたの立場では条件に使えません。")
    if row.op not in ops_of(known):
        raise RowError("比べ方を選んでください。")
    if row.op in BARE:
        return Compared(row.field, row.op)
    if not row.values:
        raise RowError("値を入れてください。")
    return Compared(row.field, row.op, _values(known, row))


def _values(known: Known, row: Row) -> tuple[str, ...]:
    if known.kind is Kind.NUMBER:
        return (_number(row.values[0]),)
    if known.kind is Kind.DAY:
        first = row.values[0]
        return (str(_whole(first)) if row.op in _COUNTED else _day(first).isoformat(),)
    return row.values


def _number(text: str) -> str:
    try:
        found = Decimal(text)
    except InvalidOperation as error:
        raise RowError("数を入れてください。") from error
    if not found.is_finite():
        raise RowError("数を入れてください。")
    return format(found.normalize(), "f")


def _whole(text: str) -> int:
    if not (text.isdecimal() and len(text) < 5):
        raise RowError("年数か月数を、数で入れてください。")
    return int(text)


def _day(text: str) -> date:
    found = calendar.parse_date(text)
    if not isinstance(found, date):
        raise RowError("日付を入れてください（例：2020年4月1日）。")
    return found


def _held(row: Row) -> Held:
    if row.mode not in MODES:
        raise RowError("数え方を選んでください。")
    months = Decimal(_number(row.years)) * 12 if row.years else Decimal(0)
    if not 0 <= months <= _MOST_YEARS * 12:
        raise RowError(f"年数は0から{_MOST_YEARS}までです。")
    if not (row.posts or row.units or months):
        raise RowError("職か組織か年数を入れてください。")
    return Held(row.posts, row.units, row.mode, int(months), row.further)


def _been(row: Row) -> Been:
    if not row.units:
        raise RowError("組織を選んでください。")
    since, until = (_day(text) if text else None for text in (row.since, row.until))
    if since and until and until < since:
        raise RowError("終わりの日が、はじめの日より前です。")
    return Been(row.units, since, until, bool(row.never), row.further)


@dataclass(frozen=True, slots=True)
class Box:
    """A choice of several: what is chosen, each to be taken away, and what there is besides."""

    name: str
    label: str
    chosen: list[Option]
    others: list[Option]


@dataclass(frozen=True, slots=True)
class Shown:
    """A row on the page: `name` begins the names of its fields; `input` is how its value is given
    (boxes, text, number, date or nothing)."""

    row: Row
    name: str
    label: str
    ops: Mapping[str, str]
    input: str = ""
    unit: str = ""
    boxes: tuple[Box, ...] = ()

    @property
    def value(self) -> str:
        return self.row.values[0] if self.row.values else ""


def shown(row: Row, name: str, asked: Choosing) -> Shown:
    """A row for the template."""
    if row.kind in PAST:
        units = _box(f"{name}-units", "組織", row.units, asked.units_ever, asked)
        posts = _box(f"{name}-posts", "職", row.posts, asked.posts, asked)
        boxes = (posts, units) if row.kind == "held" else (units,)
        return Shown(row, name, PAST[row.kind], {}, boxes=boxes)
    known = asked.fields.get(row.field)
    if known is None:
        label = asked.words().fields.get(row.field)
        return Shown(row, name, label.label if label else "今はない項目", {})
    ops = ops_of(known)
    options = asked.units if known.kind is Kind.UNIT else asked.options(known)
    if row.op in BARE:
        return Shown(row, name, known.label, ops)
    if options and row.op in {"in", "not"}:
        box = _box(f"{name}-v", known.label, row.values, options, asked)
        return Shown(row, name, known.label, ops, "boxes", boxes=(box,))
    given, unit = _input(known.kind, row.op)
    return Shown(row, name, known.label, ops, given, unit)


def _input(kind: Kind, op: str) -> tuple[str, str]:
    if kind is Kind.NUMBER:
        return "number", ""
    if kind is Kind.DAY:
        if op in _COUNTED:
            return "number", "か月" if op == "within" else "年"
        return "date", ""
    return "text", ""


def _box(
    name: str, label: str, values: tuple[str, ...], options: list[Option], asked: Choosing
) -> Box:
    words = dict(options)
    chosen = [(v, words.get(v, "").strip("　") or _old(v, label, asked)) for v in values]
    return Box(name, label, chosen, [each for each in options if each[0] not in values])


def _old(value: str, label: str, asked: Choosing) -> str:
    """What is chosen and no longer offered: an abolished unit, a code that went."""
    words = asked.words()
    return words.unit(value) if label.startswith(("組織", "所属")) else words.post(value)


def flawed(row: Row, message: str) -> Row:
    return replace(row, flaw=message)
