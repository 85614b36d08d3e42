"""The orders that are given to no one person: a reorganisation (組織改正) is one for the house."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from meibo.domain.book import Effect, Line, standing
from meibo.domain.book.lines import Succession
from meibo.domain.disclosure import Viewer
from meibo.ledger import draw, draw_units, policy

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class HouseOrder:
    """One order for the whole house. `moves`: old name, new name, kind of each unit it speaks of;
    a name is empty for a unit that was not there before, or is not there any more."""

    no: int
    effective: date
    order_no: str
    wording: str
    moves: tuple[tuple[str, str, str], ...]
    cancelled: bool


def house_orders(viewer: Viewer, first: date, last: date) -> list[HouseOrder]:
    """Those that take effect from `first` through `last`, cancelled ones too; of days of which
    orders are for the viewer to see."""
    lines, table = draw.house_lines(), policy.table(viewer.today)
    counted = {line.no for line in standing(lines)}

    def seen(day: date) -> bool:
        ties = table.reaching(viewer.ties, day, viewer.today)
        return {"orders", "unit.name"} <= table.seen(ties)

    return [
        HouseOrder(
            *(line.no, line.effective, line.order_no, line.wording, _moves(line)),
            line.effect is not Effect.VOID and line.no not in counted,
        )
        for line in lines
        if first <= line.effective <= last and seen(line.effective)
    ]


def _moves(line: Line) -> tuple[tuple[str, str, str], ...]:
    rows = line.successions.rows if line.successions else ()
    return tuple(_named(row, line.effective) for row in rows)


def _named(row: Succession, day: date) -> tuple[str, str, str]:
    old = draw_units.unit_name(row.old, day - _DAY) if row.old else ""
    new = draw_units.unit_name(row.new, day) if row.new else ""
    return old, new, row.kind
