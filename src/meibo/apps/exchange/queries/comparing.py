"""Two sides of one person, field by field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from meibo.apps.exchange.queries.records import base_field, row_of
from meibo.domain.findings import Severity
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
    """The other side: staff number → values, and the cells and rows that could not be read."""

    rows: dict[str, Values]
    unreadable: set[tuple[str, str]] = field(default_factory=set)  # staff number, header
    refused: set[str] = field(default_factory=set)  # staff numbers of rows not taken
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
    for finding in package.findings:
        if finding.severity is not Severity.REJECT or not finding.staff_no:
            continue
        if finding.staff_no in side.rows:
            side.unreadable.add((finding.staff_no, finding.column))
        else:
            side.refused.add(finding.staff_no)
    return side


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
