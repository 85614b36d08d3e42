"""Values → cells: each converter of `values/` the other way round."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import jaconv

from meibo.domain import calendar
from meibo.domain.names import GAP
from meibo.platform.feeds.definition.kinds import Type
from meibo.platform.feeds.definition.model import Column
from meibo.platform.feeds.house import House

Writer = Callable[[object], str]
Values = Mapping[str, object]
JOINT = "／"
_SERIAL_ZERO = date(1899, 12, 30)
_ENDS = frozenset({"term_end", "ends", "expires"})
"""Fields in which nothing means "open"; in other dates that may be none it means "not set"."""
_MAY_BE_NONE = _ENDS | {"leave_from", "leave_to"}


def value_of(column: Column, values: Values) -> object:
    """What a record has for a column; several columns may share one field."""
    head, _, tail = column.name.partition(".")
    if head == "concurrent":
        return _seat(values.get("concurrent"), tail)
    if tail.isdigit():  # a unit named by several columns
        return values.get(head)
    return values.get(column.name)


def _seat(seats: object, place: str) -> object:
    number, _, part = place.partition(".")
    held = list(seats) if isinstance(seats, list | tuple) else []
    if int(number) > len(held):
        return None
    return held[int(number) - 1][0 if part == "unit" else 1]


def writer_of(column: Column, house: House, base: date) -> Writer:
    """How the values of a column are written."""
    write = _of_type(column, house, base)
    empty = _nothing(column, house)
    return lambda value: empty if value is None or value == "" else write(value)


def _of_type(column: Column, house: House, base: date) -> Writer:
    match column.field.type:
        case Type.KANA:
            return _kana(column)
        case Type.DATE:
            return lambda value: day_text(value, column.dates[0])
        case Type.FLAG:
            return _flag(column)
        case Type.UNIT:
            return _unit(column, house, base)
        case Type.CODE | Type.CHOICE:
            return _coded(column, house)
        case _:
            return _plain


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)


def _kana(column: Column) -> Writer:
    if column.width != "half":
        return _plain
    return lambda value: str(jaconv.z2h(str(value).replace(GAP, " "), kana=True))


def _flag(column: Column) -> Writer:
    yes, no = min(column.yes, default="1"), min(column.no, default="0")
    return lambda value: yes if value and value != "0" else no


def _unit(column: Column, house: House, base: date) -> Writer:
    if column.by == "code":
        return _plain
    part = column.name.partition(".")[2]

    def named(value: object) -> str:
        path = house.units.path(str(value), base)
        if not part:
            return JOINT.join(path)
        return path[int(part) - 1] if int(part) <= len(path) else ""

    return named


def _coded(column: Column, house: House) -> Writer:
    if column.values is not None:
        written = {meant: text for text, meant in list(column.values.items())[::-1]}
        return lambda value: written.get(str(value), str(value))
    if column.by == "name":
        return lambda value: house.name_of(column.table, str(value))
    return _plain


def _nothing(column: Column, house: House) -> str:
    """How "nothing" is written."""
    if column.name == "leave":
        return next((t.code for t in house.definition.leave.values() if not t.away), "")
    if column.name == "dispatch":
        return next((c for c, kind in house.definition.dispatch.items() if kind == "none"), "")
    if column.field.type is not Type.DATE or column.name not in _MAY_BE_NONE:
        return ""
    first, second = (column.open, column.unset) if column.name in _ENDS else (column.unset, ())
    return min(first, default=min(second, default=""))


def day_text(value: object, style: str) -> str:
    """A date in a style that `parse_date` reads."""
    day = value if isinstance(value, date) else date.fromisoformat(str(value))
    match style:
        case "ymd8":
            return f"{day:%Y%m%d}"
        case "slash":
            return f"{day.year}/{day.month}/{day.day}"
        case "era7":
            era = calendar.era_of(day)
            return f"{era.code}{era.year(day.year):02d}{day:%m%d}" if era else f"{day:%Y%m%d}"
        case "wareki":
            return calendar.wareki(day)
        case "excel":
            return str((day - _SERIAL_ZERO).days)
        case _:
            return day.isoformat()
