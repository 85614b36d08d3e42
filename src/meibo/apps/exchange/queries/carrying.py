"""What of the filings an outgoing definition carries, and what it does not."""

from __future__ import annotations

from datetime import date

from meibo.apps.exchange.queries.feeds import Feed, feeds
from meibo.apps.exchange.queries.records import base_field, row_of, rows_seen
from meibo.domain.disclosure import Viewer
from meibo.ledger import policy
from meibo.platform.feeds.outbound import outgoing

#: Rows of the table about which people file, in the order in which they are told.
FILED = ("record_name", "address", "contacts", "commuting", "family", "emergency", "licence")


def rows_of(feed: Feed, today: date) -> frozenset[str]:
    """The rows of the table that go out by a definition: there is a column, and the job sees it."""
    out, spec = outgoing(feed.definition)
    seen = rows_seen(Viewer(frozenset({out.tie}), today))
    return seen & {row_of(base_field(column.name)) for column in spec.columns}


def carriers(row: str, today: date) -> list[str]:
    """The names of the definitions in which a row goes out."""
    return [feed.name for feed in feeds() if row in rows_of(feed, today)]


def left_behind(name: str, today: date) -> list[str]:
    """What people file and this definition does not carry, by the labels of the table; nothing to
    tell of a definition that is there no more."""
    feed = next((each for each in feeds() if each.name == name), None)
    if feed is None:
        return []
    gone = rows_of(feed, today)
    labels = {row.field: row.label for row in policy.table(today).rows}
    return [labels.get(row, row) for row in FILED if row not in gone]
