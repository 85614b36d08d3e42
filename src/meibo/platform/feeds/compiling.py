"""One converter per column, made once per file: nothing is looked up or compiled per cell."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass

from meibo.platform.feeds.definition.kinds import TABLE_LABELS, Role, Type
from meibo.platform.feeds.definition.model import Column
from meibo.platform.feeds.flaws import Flaw, Flawed
from meibo.platform.feeds.house import House
from meibo.platform.feeds.reading.source import Source
from meibo.platform.feeds.values.coded import Choice, Code, Flag, Named, Number, decimal, whole
from meibo.platform.feeds.values.dates import Day
from meibo.platform.feeds.values.gaiji import Gaiji
from meibo.platform.feeds.values.people import Name, Reading
from meibo.platform.feeds.values.phones import Phone
from meibo.platform.feeds.values.plain import MAIL, POSTCODE, Serial, Sign, Text
from meibo.platform.feeds.values.staff import StaffNo

Converter = Callable[[str], object]

_REPEATING = frozenset(
    {
        Type.STAFF_NO,
        Type.UNIT,
        Type.CODE,
        Type.CHOICE,
        Type.FLAG,
        Type.DATE,
        Type.INTEGER,
        Type.DECIMAL,
    }
)
"""Columns in which few different texts occur, so that each is understood once."""


@dataclass(frozen=True, slots=True)
class Step:
    """One column of a file: the field it fills, its place in the row, how it is read."""

    name: str
    index: int
    convert: Converter
    column: Column


class _Anything(Container[str]):
    """Stands for a table that could not be read: its absence is one finding, not thousands."""

    def __contains__(self, item: object) -> bool:
        return True


def compile_steps(source: Source, house: House) -> list[Step]:
    """The steps by which each row of the source is read."""
    return [
        Step(column.name, index, _converter(column, source, house), column)
        for column, index in source.columns()
    ]


def _converter(column: Column, source: Source, house: House) -> Converter:
    convert = _of_type(column, source, house)
    if column.blanks:
        convert = _or_blank(convert, column.blanks)
    if column.needed or column.expected:
        convert = _present(convert, column)
    return _memo(convert) if column.field.type in _REPEATING else convert


_SIMPLE: dict[Type, Callable[[Column], Converter]] = {
    Type.KANA: Reading,
    Type.FLAG: Flag,
    Type.INTEGER: lambda column: Number(column, whole),
    Type.DECIMAL: lambda column: Number(column, decimal),
    Type.PHONE: Phone,
    Type.MAIL: lambda column: Sign(column, MAIL, dashes=False),
    Type.POSTCODE: lambda column: Sign(column, POSTCODE, dashes=True),
}
"""Types for which the column alone says how it is read."""


def _of_type(column: Column, source: Source, house: House) -> Converter:
    simple = _SIMPLE.get(column.field.type)
    if simple is not None:
        return simple(column)
    match column.field.type:
        case Type.NAME:
            return Name(column, house.gaiji)
        case Type.STAFF_NO:
            return StaffNo(house.numbering)
        case Type.DATE:
            native = source.spec.format == "xlsx"
            return Day(column, source.base or house.latest, native=native)
        case _:
            return _of_table(column, source, house)


def _of_table(column: Column, source: Source, house: House) -> Converter:
    match column.field.type:
        case Type.UNIT if column.by == "code":
            known: Container[str] = house.units if len(house.units) else _Anything()
            return Code(column, known, Flaw("unit-unknown"))
        case Type.UNIT:  # by name: which unit that is depends on the day, so on the row
            return Text(column, house.gaiji)
        case Type.CODE if column.values is None:
            return _coded(column, house)
        case Type.CODE | Type.CHOICE:
            return Choice(column, _choices(column, house))
        case Type.TEXT if column.digits:
            return Serial(column, house.gaiji)
        case _:
            gaiji = Gaiji({}, keep=True) if source.spec.role is Role.GAIJI else house.gaiji
            return Text(column, gaiji)


def _coded(column: Column, house: House) -> Converter:
    table = house.tables.get(column.table, {})
    refused = Flaw("unknown-code", {"table": TABLE_LABELS.get(column.table, column.table)})
    if column.by == "name" and table:
        return Named(column, {row.name: row.code for row in table.values()}, refused)
    return Code(column, table or _Anything(), refused)


def _choices(column: Column, house: House) -> Mapping[str, str]:
    if column.values is not None:
        return column.values
    return {name: name for name in house.definition.successions}


def _present(convert: Converter, column: Column) -> Converter:
    """An empty cell is a flaw; so is one that held nothing but white space."""
    empty = Flawed(None, (Flaw("needed" if column.needed else "missing"),))

    def read(raw: str) -> object:
        return convert(raw) if raw and raw.strip() else empty

    return read


def _or_blank(convert: Converter, blanks: frozenset[str]) -> Converter:
    """What is written for "nothing" is nothing, and no departure."""

    def read(raw: str) -> object:
        return None if raw.strip() in blanks else convert(raw)

    return read


def _memo(convert: Converter) -> Converter:
    known: dict[str, object] = {}

    def read(raw: str) -> object:
        try:
            return known[raw]
        except KeyError:
            value = known[raw] = convert(raw)
            return value

    return read
