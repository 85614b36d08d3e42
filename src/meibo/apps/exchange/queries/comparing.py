"""Two sides of one person, field by field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from meibo.apps.exchange.queries.causes import BROKEN, DOUBLE
from meibo.apps.exchange.queries.records import base_field, row_of
from meibo.domain.findings import Finding, Severity
from meibo.platform.feeds import Definition, Package
from meibo.platform.feeds.definition.model import Column
from meibo.platform.feeds.outbound import outgoing

Values = Mapping[str, object]
_SEATS = "concurrent"
_ASIDE = frozenset({"staff_no", "photo"})


@dataclass(frozen=True, slots=True)
class Compared:
    """One field that can be compared: its name, a header for people, the columns that hold it."""

    name: str
    header: str
    columns: tuple[Column, ...]


@dataclass(slots=True)
class Side:
    """The other side: staff number → values, and what could not be read of it.

    `unreadable`: (staff number, header) → what stands there. `refused`: staff number → why none of
    its rows was taken. `further`: rows beside one that was taken: staff number, kind, why. `notes`:
    what is wrong with the file as a whole, or with rows of which nobody can tell whose they are.
    """

    rows: dict[str, Values]
    unreadable: dict[tuple[str, str], str] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    further: list[tuple[str, str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    base: date | None = None


def compared_fields(definition: Definition, rows: frozenset[str]) -> list[Compared]:
    """What can be compared: columns of the file that the job may see. `rows`: of the table."""
    _, spec = outgoing(definition)
    grouped: dict[str, list[Column]] = {}
    for column in spec.columns:
        name = base_field(column.name)
        if name not in _ASIDE and row_of(name) in rows:
            grouped.setdefault(name, []).append(column)
    return [
        Compared(name, "兼務" if name == _SEATS else columns[0].header, tuple(columns))
        for name, columns in grouped.items()
    ]


def side_of(package: Package) -> Side:
    """The file that was read."""
    records = package.records.get("master", [])
    side = Side({str(r.values["staff_no"]): r.values for r in records})
    side.base = next((r.base for r in records if r.base), None)
    lost = set()
    for finding in package.findings:
        if finding.record is None:
            if finding.severity is not Severity.NORMALISED:
                side.notes.append(_compared(finding.message))
        elif finding.severity is Severity.REJECT and finding.staff_no:
            _of_row(side, finding)
        elif finding.severity is Severity.REJECT:
            lost.add(finding.record)
    if lost:
        which = "、".join(str(each) for each in sorted(lost)[:_SHOWN])
        which += "" if len(lost) <= _SHOWN else "…"
        said = f"職員番号が読めない行が{len(lost)}行あり、比べていません（{which}件目）。"
        side.notes.append(said)
    return side


_SHOWN = 10


def _of_row(side: Side, finding: Finding) -> None:
    """A cell that could not be read, or a row that was not taken. Of a row without a column there
    are words, which never tell a value; of a cell in a row that was given up the header alone."""
    number = finding.staff_no
    taken = number in side.rows
    if finding.code == "duplicate-key" or (taken and not finding.column):
        kind = DOUBLE if finding.code == "duplicate-key" else BROKEN
        side.further.append((number, kind, f"{finding.record}件目：{_compared(finding.message)}"))
    elif taken:
        side.unreadable.setdefault((number, finding.column), finding.value)
    else:
        why = f"「{finding.column}」が読めません。" if finding.column else finding.message
        side.refused.setdefault(number, f"{finding.record}件目：{_compared(why)}")


def _compared(said: str) -> str:
    """The words of an intake, where nothing is taken in."""
    return said.replace("取り込みませんでした", "比べませんでした")


def normal(name: str, value: object, definition: Definition) -> str:
    """A value in the one form in which both sides are compared; empty for nothing."""
    if name == _SEATS:
        pairs = value if isinstance(value, list | tuple) else []
        return "、".join(sorted("/".join(str(part or "") for part in pair) for pair in pairs))
    if value is None or value is False or value == "":
        return ""
    if value is True:
        return "1"
    text = value.isoformat() if isinstance(value, date) else str(value)
    leave = definition.leave.get(text)
    if name == "leave" and leave is not None and not leave.away:
        return ""
    if name == "dispatch" and definition.dispatch.get(text) == "none":
        return ""
    return "" if name in ("leave", "dispatch") and text == "0" else text
