"""Writes the demo ward's orders down, and numbers them when all are there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from meibo.domain.book import Effect, Line, SuccessionTable
from meibo.ledger.writer import Batch
from meibo.platform.demo.fiscal import fiscal_year
from meibo.platform.demo.people import Staff

TOKYO = ZoneInfo("Asia/Tokyo")
_DESK_OPENS = time(9, 0)
_LEAD = timedelta(days=8)  # from the announcement to the day it takes effect


@dataclass(slots=True, eq=False)
class Draft:
    """An order in the making. `stated` are the fields of `Line` that it states."""

    person: str
    effect: Effect
    effective: date
    recorded: datetime
    wording: str
    stated: dict[str, Any]
    numbered: bool = True
    voids: Draft | None = None


class Scribe:
    """The desk at which orders are written. Nothing is recorded later than `now`."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.drafts: list[Draft] = []

    def order(
        self,
        staff: Staff,
        effect: Effect,
        effective: date,
        wording: str,
        *,
        recorded: datetime | None = None,
        numbered: bool = True,
        **stated: Any,
    ) -> Draft:
        """Write an order; announced some days before it takes effect unless said otherwise."""
        moment = recorded or self.announced(effective)
        moment = min(moment, self.now)
        draft = Draft(staff.id, effect, effective, moment, wording, stated, numbered)
        self.drafts.append(draft)
        return draft

    def reorganise(self, table: SuccessionTable, effective: date) -> None:
        """Write the line that speaks to the whole house."""
        moment = min(self.announced(effective), self.now)
        stated = {"successions": table}
        self.drafts.append(Draft("", Effect.REMAP, effective, moment, "組織改正", stated))

    def void(self, draft: Draft, recorded: datetime, wording: str = "取消") -> Draft:
        """Cancel an order."""
        void = Draft(draft.person, Effect.VOID, draft.effective, recorded, wording, {})
        void.stated = {"appointment": draft.stated.get("appointment", "")}
        void.voids = draft
        self.drafts.append(void)
        return void

    def announced(self, effective: date) -> datetime:
        """When an order of a day is made known."""
        return datetime.combine(effective - _LEAD, _DESK_OPENS, TOKYO)

    def settle(self, batch: Batch) -> None:
        """Put every order into a batch in the order of its recording, with its number."""
        self.drafts.sort(key=lambda d: d.recorded)
        taken: dict[int, int] = {}
        numbers = self._numbers()
        for draft in self.drafts:
            taken[id(draft)] = no = batch.number()
            voids = taken[id(draft.voids)] if draft.voids is not None else None
            batch.lines.append(
                Line(
                    no,
                    draft.effective,
                    draft.recorded,
                    draft.effect,
                    draft.person,
                    draft.wording,
                    next(numbers) if draft.numbered else "",
                    voids=voids,
                    **draft.stated,
                )
            )

    def _numbers(self) -> Iterator[str]:
        """発令番号: counted within the fiscal year in which the order takes effect."""
        count: Counter[int] = Counter()
        for draft in self.drafts:
            if draft.numbered:
                # Who retires on 31 March is announced with the orders of the day after.
                year = fiscal_year(draft.effective + timedelta(days=1))
                count[year] += 1
                yield f"{year}-{count[year]:04d}"
