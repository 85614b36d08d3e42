"""A person's posts through time, as far as the viewer may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from meibo.domain import calendar
from meibo.domain.book import OPEN, Line, SeatKind, standing
from meibo.domain.disclosure import Viewer
from meibo.ledger import draw, draw_units, house, joins
from meibo.ledger.cards import SEAT_LABELS
from meibo.ledger.codec import line_of
from meibo.ledger.models import BookLine, Seat
from meibo.ledger.sight import Sight
from meibo.ledger.witness import witness


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One entry of the time line. `recorded` and `order_no` only where orders may be seen."""

    effective: date
    wording: str
    text: str
    recorded: datetime | None = None
    order_no: str | None = None
    unit_code: str | None = None


def history(viewer: Viewer, person_id: str, *, known: datetime | None = None) -> list[HistoryRow]:
    """Newest first: the orders of every day on which orders may be seen, and of other days the
    posts that were taken up, where those may be."""
    if person_id in draw.shredded():
        return []
    sight = Sight(viewer)
    ever = sight.seen(person_id, sight.ties(person_id))

    def told(row: HistoryRow) -> frozenset[str]:
        seen = sight.seen(person_id, sight.ties(person_id, row.effective))
        return seen if "exists" in seen else frozenset()

    orders = _orders(person_id, known) if "orders" in ever else []
    posts = _posts(person_id) if "history" in ever else []
    rows = [row for row in orders if "orders" in told(row)]
    watcher = witness()
    if rows and watcher and "orders" in sight.table.sensitive and person_id != viewer.person:
        watcher.saw(person_id, "orders")
    rows += [row for row in posts if "history" in told(row) and "orders" not in told(row)]
    return sorted(rows, key=lambda r: r.effective, reverse=True)


def _orders(person: str, known: datetime | None) -> list[HistoryRow]:
    rows = BookLine.objects.filter(person__in=joins.groups(known).members(person))
    lines = [line_of(row) for row in rows.order_by("no")]
    if known is not None:
        lines = [line for line in lines if line.recorded <= known]
    return [_row(line) for line in standing(lines)]


def _row(line: Line) -> HistoryRow:
    place = _place(line.unit, line.post, line.effective)
    ends = line.until if line.until != OPEN else None
    until = f"（{calendar.short(ends)}まで）" if ends else ""
    text = " ".join(part for part in (place, line.body, line.note, until) if part)
    no = line.order_no or None
    return HistoryRow(line.effective, line.wording, text, line.recorded, no, line.unit)


def _posts(person: str) -> list[HistoryRow]:
    seats = Seat.objects.filter(person=person)
    return [
        HistoryRow(
            seat.starts,
            SEAT_LABELS[seat.kind] if seat.kind != SeatKind.MAIN.value else "",
            _place(seat.unit, seat.post, seat.starts),
            unit_code=seat.unit,
        )
        for seat in seats
    ]


def _place(unit: str | None, post: str | None, on: date) -> str:
    """Unit path and post by the names of that day."""
    names = house.organisation(on).path(unit) if unit else []
    if unit and not names:
        names = [draw_units.unit_name(unit, on)]
    return " ".join([*names, house.codes().name("post", post) or ""]).strip()
