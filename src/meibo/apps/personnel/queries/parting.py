"""名寄せ the other way: everything under one number, to choose what is somebody else's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from meibo.apps.personnel.actions.filings.making import rows_of
from meibo.apps.personnel.queries.identity import card_of
from meibo.domain.disclosure import Viewer
from meibo.ledger import filed, house, identity, joins, reader
from meibo.ledger.identity import Entry
from meibo.platform.layout.wording import SEX, spaced


@dataclass(frozen=True, slots=True)
class Choice:
    """One order or filing that may be somebody else's."""

    number: int
    day: date
    words: str
    text: str


@dataclass(frozen=True, slots=True)
class Whole:
    """Everything under one number, to choose from."""

    card: reader.Card
    orders: list[Choice]
    filings: list[Choice]


_ROWS: Mapping[str, str] = {
    "postcode": "address",
    "record_name": "record_name",
    "maiden_kana": "maiden_name",
    "uses_maiden_name": "maiden_name",
}


def whole(viewer: Viewer, person: str) -> Whole | None:
    """None where the person is not to be seen, or stands for several numbers: those come apart by
    taking the join back. Orders and filings of days that the viewer may not look at are absent."""
    card = card_of(viewer, person)
    if card is None or len(joins.members(person)) > 1:
        return None
    codes = house.codes()

    def place(entry: Entry) -> str:
        path = house.organisation(entry.effective).path(entry.unit) if entry.unit else []
        return " ".join([*path, codes.name("post", entry.post) or ""]).strip()

    told = _on_days(viewer, person, identity.orders_of(person), {"orders"})
    orders = [Choice(e.no, e.effective, e.words, place(e)) for e in told]
    return Whole(card, orders, _filed_choices(viewer, person))


def _on_days(
    viewer: Viewer, person: str, entries: Iterable[Entry], rows: set[str]
) -> dict[Entry, frozenset[str]]:
    """Each entry of a day on which the viewer sees any of these rows, with those."""
    entries = list(entries)
    days = {entry.effective for entry in entries}
    seen = {day: filed.seen(viewer, person, rows, on=day) for day in days}
    return {entry: seen[entry.effective] for entry in entries if seen[entry.effective]}


def _in_words(value: str, field: str) -> str:
    """A filed value as people read it: parts one after the other, codes as their words."""
    if value[:2] == "[{":
        return "、".join("　".join(row.values()) for row in rows_of(value))
    if field == "uses_maiden_name":
        return "旧姓を使う" if value == "1" else "旧姓を使わない"
    return SEX.get(value, value) if field == "sex" else spaced(value)


def _filed_choices(viewer: Viewer, person: str) -> list[Choice]:
    """Filings with their values, as far as the viewer sees them."""
    every = identity.filings_of(person)
    rows = {entry.words: _ROWS.get(entry.words, entry.words) for entry in every}
    entries = _on_days(viewer, person, every, {"exists", *rows.values()})
    # A picture's file name is often a staff number, so nothing prints it.
    told = [e.no for e, seen in entries.items() if rows[e.words] in seen and e.words != "photo"]
    opened = filed.opened(person, told)
    labels = filed.labels(viewer.today)
    return [
        Choice(
            e.no,
            e.effective,
            labels.get(rows[e.words], "その他の届"),
            _in_words(opened.get(e.no, ""), e.words),
        )
        for e in entries
        if rows[e.words] in labels
    ]
