"""Whose row can go out at all: what the letters and widths of a feed hold."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date

from meibo.apps.exchange.queries.causes import NOT_SENT, RETROACTIVE
from meibo.apps.exchange.queries.feeds import Feed, house_of, substitutes
from meibo.apps.exchange.queries.records import Values, base_field, row_of
from meibo.apps.exchange.queries.tracing import Found
from meibo.domain.findings import Severity
from meibo.platform.feeds.outbound import layout_of, letters_of, outgoing, write

_WAITING = (NOT_SENT, RETROACTIVE)


def without_the_held(
    feed: Feed,
    found: list[Found],
    people: Mapping[str, Values],
    rows: Collection[str],
    on: date,
) -> list[Found]:
    """The same differences; those that would be told to go out by themselves, though that person's
    row cannot be written by the feed as it goes out, with that as their cause. `rows`: of the
    disclosure table, that the job sees."""
    waiting = {each.person for each in found if each.cause in _WAITING}
    own = {person: people[person] for person in sorted(waiting) if person in people}
    why = _held_back(feed, own, rows, on) if own else {}
    return [
        replace(each, cause=why[each.person])
        if each.cause in _WAITING and each.person in why
        else each
        for each in found
    ]


def _held_back(
    feed: Feed, people: Mapping[str, Values], rows: Collection[str], on: date
) -> dict[str, str]:
    """Id → why the row of that person cannot be written."""
    _, spec = outgoing(feed.definition)
    hidden = {c.name for c in spec.columns if row_of(base_field(c.name)) not in rows}
    sheet = layout_of(feed.definition, on, hidden)
    house = house_of(feed.definition)
    write(sheet, people.items(), house, letters_of(feed.definition, house, substitutes()), on)
    return {p: f.code for p, f in sheet.findings if f.severity is Severity.REJECT}
