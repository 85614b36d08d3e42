"""What payroll accepted last: the ground on which a difference stands."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from meibo.apps.exchange.models import Accepted, Delivery
from meibo.apps.exchange.queries.records import (
    ROWS,
    STATE,
    base_field,
    filed_as,
    way_head,
)
from meibo.apps.exchange.queries.sealing import Sealer
from meibo.ledger.reader.lately import differs_from
from meibo.platform.feeds.definition.fields import EXTRA


def accepted(feed: str) -> dict[str, dict[str, str]]:
    """Id → header → text, as payroll accepted it last by this feed."""
    rows = list(Accepted.objects.filter(feed=feed).values_list("person", "cells"))
    sealer = Sealer(person for person, _ in rows)
    opened = ((person, sealer.open_row(person, cells)) for person, cells in rows)
    return {person: row[1] for person, row in opened if row is not None}


def last_accepted(feed: str) -> Delivery | None:
    """The newest delivery of which anything was accepted."""
    states = (Delivery.ACCEPTED, Delivery.PARTLY)
    return Delivery.objects.filter(feed=feed, state__in=states).order_by("-number").first()


def retroactive(feed: str, people: Collection[str], columns: Collection[str]) -> dict[str, date]:
    """Id → the day from which payroll must reckon anew: something that counts from before the last
    accepted delivery was learned after it. `columns`: the fields that this feed carries."""
    last = last_accepted(feed)
    if last is None:
        return {}
    names = {base_field(column) for column in columns} & ROWS.keys()
    fields = {part for name in names for part in STATE.get(name, (filed_as(name),))}
    fields |= {way_head(column) for column in columns if column.startswith(EXTRA)}
    return differs_from(people, since=last.made_at, through=last.as_of, fields=fields)
