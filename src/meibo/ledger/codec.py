"""Between rows of the books and the domain's values."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Protocol

from meibo.domain.book import Effect, Filing, Line, SeatKind, Succession, SuccessionTable
from meibo.ledger.models import FilingLine
from meibo.ledger.vault import Vault

_TEXT = ("unit", "post", "authority", "step", "job", "employment", "slot", "reason", "body")
_TEXTS = (*_TEXT, "basis", "note")
_DATES = ("term_end", "since", "until", "hired")
_PLAIN = frozenset({*_TEXTS, "grade"})


class LineRow(Protocol):
    """A row of the book, as a model or as it was fetched."""

    @property
    def no(self) -> int: ...
    @property
    def effective(self) -> date: ...
    @property
    def recorded(self) -> datetime: ...
    @property
    def effect(self) -> str: ...
    @property
    def person(self) -> str: ...
    @property
    def wording(self) -> str: ...
    @property
    def order_no(self) -> str: ...
    @property
    def appointment(self) -> str: ...
    @property
    def voids(self) -> int | None: ...
    @property
    def completes(self) -> int | None: ...
    @property
    def stated(self) -> str: ...


def line_of(row: LineRow) -> Line:
    """The domain's line of a row of the book."""
    return Line(
        row.no,
        row.effective,
        row.recorded,
        Effect(row.effect),
        row.person,
        row.wording,
        row.order_no,
        row.appointment,
        row.voids,
        row.completes,
        **stated_values(row.stated),
    )


def stated_values(text: str) -> dict[str, Any]:
    """What a line states, from JSON: values by the names of `domain.book.Line`."""
    return values_of(json.loads(text))


def values_of(stated: dict[str, Any]) -> dict[str, Any]:
    """The same, of what has been parsed."""
    values: dict[str, Any] = {}
    for name, value in stated.items():
        if name in _DATES:
            values[name] = date.fromisoformat(value)
        elif name == "kind":
            values[name] = SeatKind(value)
        elif name == "successions":
            values[name] = SuccessionTable(Succession(*s) for s in value)
        elif name in _PLAIN:
            values[name] = value
    return values


def stated_by(line: Line) -> str:
    """What a line states, as JSON; what it leaves open is not in it."""
    stated: dict[str, Any] = {}
    for name in (*_TEXTS, "grade"):
        value = getattr(line, name)
        if value is not None:
            stated[name] = value
    for name in _DATES:
        value = getattr(line, name)
        if value is not None:
            stated[name] = value.isoformat()
    if line.kind is not None:
        stated["kind"] = line.kind.value
    if line.successions is not None:
        stated["successions"] = [[s.old, s.new, s.kind, s.follows] for s in line.successions.rows]
    return _stated(stated)


def filing_of(
    row: FilingLine, vault: Vault, *, keep_sealed: Callable[[str], bool] = lambda _: False
) -> Filing:
    """The domain's filing of a row; fields that `keep_sealed` names are left as ciphertext."""
    value = row.value
    if row.sealed and value is not None and not keep_sealed(row.field):
        value = vault.open(row.subject, row.field, value)
    return Filing(
        row.no, row.subject, row.field, value, row.effective, row.recorded, row.until, row.voids
    )


def parts(value: str) -> Mapping[str, Any]:
    """A filing's JSON value that has parts."""
    loaded: dict[str, Any] = json.loads(value)
    return loaded


def dump(state: Mapping[str, Any]) -> str:
    """One spelling of a state, so that equal states are equal rows."""
    return _short(state)


# `json.dumps` would make an encoder for each of a hundred thousand rows.
_stated = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode
_short = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
