"""People as a feed knows them: canonical fields, made from cards, so that disclosure holds.

A field that the job may not see is absent from every record, not empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from meibo.domain.disclosure import Viewer
from meibo.ledger import policy, reader
from meibo.ledger.reader.coded import coded
from meibo.platform.feeds.definition.fields import EXTRA

Values = Mapping[str, object]
#: Field of a feed → the row of the disclosure table that rules it.
ROWS: Mapping[str, str] = {
    "staff_no": "staff_no",
    "name": "record_name",
    "kana": "record_name",
    "uses_maiden_name": "maiden_name",
    "maiden_name": "maiden_name",
    "maiden_kana": "maiden_name",
    "birth_date": "birth_date",
    "sex": "sex",
    "unit": "unit",
    "post": "post",
    "job": "job",
    "grade": "grade",
    "step": "step",
    "employment": "employment",
    "hired": "hired",
    "unit_since": "unit_since",
    "term_end": "term_end",
    "concurrent": "concurrent",
    "dispatch": "dispatch",
    "dispatch_body": "dispatch",
    "leave": "leave",
    "leave_from": "leave",
    "leave_to": "leave",
    "extension": "extension",
    "mail": "mail",
    "postcode": "address",
    "address": "address",
    "home_phone": "contacts",
    "mobile": "contacts",
    "emergency_name": "emergency",
    "emergency_relation": "emergency",
    "emergency_phone": "emergency",
    "photo": "photo",
    "note": "note",
}
#: Field of a feed → what of a person's state it is made of, to see from when it changed.
STATE: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "record_name"),
    "kana": ("kana", "record_kana"),
    "unit_since": ("since",),
    "concurrent": ("further",),
    "dispatch": ("dispatch",),
    "leave": ("leave",),
}
_DATES = frozenset({"birth_date", "hired", "unit_since", "term_end", "leave_from", "leave_to"})
_PLAIN = ("kana", "grade", "step", "sex", "extension", "mail", "postcode", "address", "note")
_KINDS = {"mobile": "携帯", "home_phone": "自宅"}


_FILED_AS = {
    "home_phone": "contacts",
    "mobile": "contacts",
    "emergency_name": "emergency",
    "emergency_relation": "emergency",
    "emergency_phone": "emergency",
}


def filed_as(name: str) -> str:
    """The field under which the book files what a feed has in several columns."""
    return _FILED_AS.get(name, name)


def base_field(name: str) -> str:
    """The field behind a column: `concurrent.2.unit` is of `concurrent`, `unit.1` of `unit`."""
    return name if name.startswith(EXTRA) else name.partition(".")[0]


def way_head(name: str) -> str:
    """What of a card a free column begins at: `extra.commuting.0.route` at `commuting`."""
    return name.removeprefix(EXTRA).partition(".")[0]


def row_of(name: str) -> str:
    """The row of the disclosure table that rules a field or a free column."""
    return way_head(name) if name.startswith(EXTRA) else ROWS.get(name, name)


def ways_of(columns: Iterable[str]) -> list[str]:
    """The ways through a card that these columns name."""
    return [name.removeprefix(EXTRA) for name in columns if name.startswith(EXTRA)]


def visible(viewer: Viewer) -> frozenset[str]:
    """The fields that a job with these ties may hand out at all."""
    seen = rows_seen(viewer)
    return frozenset(name for name, row in ROWS.items() if row in seen)


def rows_seen(viewer: Viewer) -> frozenset[str]:
    """The rows of the disclosure table that a job with these ties sees."""
    return policy.table(viewer.today).seen(viewer.ties)


#: Key of a record: what of a list (family) its columns have no place for.
BEYOND = "beyond"


def beyond(card: Mapping[str, Any], ways: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Part of the card → how many there are, and for how many the columns have a place. Only of
    lists that the definition spreads over numbered columns: one column alone is meant to be one."""
    places: dict[str, int] = {}
    for way in ways:
        head, _, rest = way.partition(".")
        number = rest.partition(".")[0]
        if number.isdigit():
            places[head] = max(places.get(head, 0), int(number) + 1)
    return {
        head: (len(card[head]), room)
        for head, room in places.items()
        if room > 1 and head in card and len(card[head] or ()) > room
    }


def records(
    viewer: Viewer, *, on: date, ids: Iterable[str] | None = None, extra: Iterable[str] = ()
) -> dict[str, Values]:
    """Id → canonical values of everyone in service on a day, in the order of the organisation.

    `extra`: names after `extra.`, each the way to a value of the card (`contacts.0.value`).
    """
    wanted = None if ids is None else list(ids)
    codes = coded(viewer, on=on, ids=wanted)
    cards = reader.cards(viewer, on=on, ids=wanted)
    fields, ways = visible(viewer), tuple(extra)
    return {card.id: record(card, codes.get(card.id, {}), fields, ways) for card in cards}


def record(
    card: reader.Card, codes: Mapping[str, Any], fields: frozenset[str], ways: Iterable[str] = ()
) -> Values:
    """One person's canonical values; each field of `fields` is there."""
    made: dict[str, Any] = {name: card.get(name) for name in _PLAIN}
    made |= {name: card.get(name) for name in ("staff_no", "name", "maiden_name")}
    made |= {name: _day(card.get(name)) for name in _DATES}
    made |= {"unit": card.get("unit_code"), "post": card.get("post_code"), "photo": card.photo_file}
    made |= codes
    made["dispatch_body"] = card.get("dispatch_body")
    made["uses_maiden_name"] = bool(card.get("uses_maiden_name"))
    if "contacts" in card:
        made |= {name: _contact(card["contacts"], kind) for name, kind in _KINDS.items()}
    if card.get("emergency"):
        first = card["emergency"][0]
        made |= {f"emergency_{part}": first.get(part) for part in ("name", "relation", "phone")}
    values: dict[str, object] = {name: made.get(name) for name in fields}
    ways = tuple(ways)
    further = beyond(card, ways)
    values |= {BEYOND: further} if further else {}
    return values | {f"{EXTRA}{way}": along(card, way) for way in ways}


#: Parts that the book has in words (月12,340円, 12.5km) and that leave the house as numbers.
_NUMBERS = frozenset({"commuting.distance", "commuting.cost"})
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def along(card: Mapping[str, Any], way: str) -> object:
    """The value at the end of a way through a card: `licences.0.title`; None where it ends."""
    value = _end(card, way)
    parts = way.split(".")
    if isinstance(value, str) and f"{parts[0]}.{parts[-1]}" in _NUMBERS:
        found = _NUMBER.search(value.replace(",", ""))
        return found[0] if found else value
    return value


def _end(card: Mapping[str, Any], way: str) -> object:
    at: Any = card
    for part in way.split("."):
        if isinstance(at, Mapping):
            at = at.get(part)
        elif isinstance(at, list | tuple):
            at = at[int(part)] if part.isdigit() and int(part) < len(at) else None
        else:
            return None
    if isinstance(at, list | tuple):
        return "、".join(str(each) for each in at if not isinstance(each, Mapping | list))
    return at


def _day(value: object) -> date | None:
    if isinstance(value, date):
        return value
    return date.fromisoformat(value) if isinstance(value, str) and value else None


def _contact(contacts: Iterable[Mapping[str, Any]], kind: str) -> str | None:
    return next((str(c["value"]) for c in contacts if c.get("kind") == kind), None)
