"""Whose row can go out at all: what the letters and widths of a feed hold."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from meibo.apps.exchange.queries.causes import NOT_SENT, RETROACTIVE
from meibo.apps.exchange.queries.feeds import Feed, house_of, substitutes
from meibo.apps.exchange.queries.records import Values, base_field, row_of
from meibo.apps.exchange.queries.tracing import Found
from meibo.domain.findings import Severity
from meibo.platform.feeds.outbound import layout_of, letters_of, outgoing, write

_WAITING = (NOT_SENT, RETROACTIVE)


def held_back(
    feed: Feed, people: Mapping[str, Values], rows: Collection[str], on: date
) -> dict[str, str]:
    """Id → why the row of that person cannot be written by this feed as it goes out. `rows`: of the
    disclosure table, that the job sees."""
    _, spec = outgoing(feed.definition)
    hidden = {c.name for c in spec.columns if row_of(base_field(c.name)) not in rows}
    sheet = layout_of(feed.definition, on, hidden)
    house = house_of(feed.definition)
    write(sheet, people.items(), house, letters_of(feed.definition, house, substitutes()), on)
    return {p: f.code for p, f in sheet.findings if f.severity is Severity.REJECT}


def waiting(found: Collection[Found]) -> set[str]:
    """Those of whom a difference would be told to go out by itself."""
    return {each.person for each in found if each.cause in _WAITING and each.person}


def held(found: Found, why: Mapping[str, str]) -> str:
    """The cause of a difference, where that person's row waits in vain."""
    return why.get(found.person, found.cause) if found.cause in _WAITING else found.cause
