"""What happens between one April and the next: births, illness, marriages, coming and going."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from heapq import heappop, heappush
from itertools import count

from meibo.domain.book import Effect
from meibo.platform.demo import besides, hiring, leaving
from meibo.platform.demo.codes import LEAVE
from meibo.platform.demo.fiscal import DAY, age_in, april, month_end
from meibo.platform.demo.people import PERMANENT, STAFF, Staff
from meibo.platform.demo.scribe import TOKYO
from meibo.platform.demo.ward import Ward

_BIRTHS = {"F": 0.055, "M": 0.045}  # a year, of those between 25 and 41
_ILL, _LONG_ILL = 0.05, 0.07
_MARRIES = {"F": 0.024, "M": 0.0015}
_KEEPS_NAME = 0.5
_GOES, _DIES = 0.006, 0.0005
_ABROAD = 0.0012
_AUTUMN_MOVES = 12
_YEARLY_GOES = 0.05
Event = Callable[[date], None]


class Season:
    """One fiscal year after its 1 April, as far as it has come. Each person has one event."""

    def __init__(self, ward: Ward, year: int) -> None:
        self.ward = ward
        self.first = april(year) + DAY
        self.last = min(april(year + 1) - timedelta(days=8), ward.today)
        self.year = year
        self.plans: list[tuple[date, int, Event]] = []
        self.counter = count()

    def run(self) -> None:
        """Let the year pass, day by day."""
        if self.last < self.first:
            return
        for staff in self.ward.regular():
            self._plan(*self._event(staff))
        self._plan(date(self.year, 10, 1), self._autumn)
        while self.plans:
            day, _, happen = heappop(self.plans)
            happen(day)
        self._yearly()

    def _plan(self, day: date, happen: Event) -> None:
        """Note what is to happen on a day, where the year comes that far."""
        if day <= self.last:
            heappush(self.plans, (day, next(self.counter), happen))

    def _event(self, staff: Staff) -> tuple[date, Event]:
        """What will happen to someone this year, and when: at most one thing."""
        if staff.away is not None:
            return staff.away + DAY, partial(self._after_leave, staff)
        nothing = (date.max, self._autumn)
        if staff.sent is not None or staff.chair is None or staff in self.ward.settled:
            return nothing
        age, ward = age_in(staff.born, self.year), self.ward
        chances = (
            (_BIRTHS[staff.sex] if 25 <= age <= 41 else 0, self._birth),
            (_MARRIES[staff.sex] if 23 <= age <= 42 and not staff.renamed else 0, self._marry),
            (_ILL, self._fall_ill),
            (_ABROAD if 28 <= age <= 45 else 0, self._break),
            (_GOES if 23 <= age <= 54 and staff.term == PERMANENT else 0, self._go),
            (_DIES if age > 40 else 0, self._die),
        )
        number = ward.rng.random()
        for share, happen in chances:
            if number < share:
                return self._day(), partial(happen, staff)
            number -= share
        return nothing

    def _day(self) -> date:
        """Some day of the whole year: it may lie after the last one, and then nothing happens."""
        return self.first + timedelta(days=self.ward.rng.randrange(350))

    # -- leave --------------------------------------------------------------------

    def _pause(self, staff: Staff, kind: str, starts: date, until: date) -> None:
        approved = kind in {"産前産後休暇", "病気休暇"}
        self.ward.scribe.order(
            staff,
            Effect.PAUSE,
            starts,
            "休職" if kind == "休職（病気）" else kind,
            numbered=not approved,
            slot="leave",
            reason=LEAVE[kind],
            until=until,
            basis="承認" if approved else "発令",
        )
        staff.away, staff.away_kind = until, kind
        self._plan(until + DAY, partial(self._after_leave, staff))

    def _after_leave(self, staff: Staff, day: date) -> None:
        """A leave by approval may be followed by one by order; else one is back."""
        rng = self.ward.rng
        if staff.away is None or staff.away + DAY != day:
            return
        if staff.away_kind == "産前産後休暇":
            month = rng.choice((3, 3, 3, 4, 8, 9, 12))
            back = month_end(day.year + rng.choice((1, 1, 1, 2, 2)), month)
            self._pause(staff, "育児休業", day, back)
        elif staff.away_kind == "病気休暇" and self.ward.chance(_LONG_ILL):
            self._pause(
                staff, "休職（病気）", day, day + timedelta(days=rng.choice((90, 180, 270)))
            )
        else:
            leaving.return_to_work(self.ward, staff, day)

    def _birth(self, staff: Staff, day: date) -> None:
        if staff.sex == "M":
            days = self.ward.rng.choice((14, 28, 28, 30, 60, 90, 180))
            self._pause(staff, "育児休業", day, day + timedelta(days=days - 1))
        else:
            self._pause(staff, "産前産後休暇", day, day + timedelta(days=42 + 56))

    def _fall_ill(self, staff: Staff, day: date) -> None:
        until = day + timedelta(days=self.ward.rng.choice((13, 20, 29, 44, 59, 89)))
        self._pause(staff, "病気休暇", day, until)

    def _break(self, staff: Staff, day: date) -> None:
        """Following a spouse abroad, or studying, for a year or two."""
        starts = date(day.year, day.month, 1) + timedelta(days=31)
        if starts <= self.last:
            kind = self.ward.rng.choice(("配偶者同行休業", "自己啓発等休業"))
            self._pause(staff, kind, starts, month_end(starts.year + day.month % 2 + 1, 9))

    # -- names, going, coming ---------------------------------------------------------

    def _marry(self, staff: Staff, day: date) -> None:
        """氏名変更: filed some days after the day, as people do."""
        filed = day + timedelta(days=self.ward.rng.randint(3, 14))
        if filed > self.last:
            return
        surname, kana = self.ward.namer.surname()
        staff.renamed.append((day, surname, kana))
        staff.keeps_maiden = self.ward.chance(_KEEPS_NAME)
        recorded = datetime(filed.year, filed.month, filed.day, 10, tzinfo=TOKYO)
        self.ward.scribe.order(staff, Effect.MOVE, day, "氏名変更", recorded=recorded, basis="届出")

    def _go(self, staff: Staff, day: date) -> None:
        last = month_end(day.year, day.month)
        if last <= self.last and last.month != 3:
            self._leave(staff, last, "普通退職")

    def _die(self, staff: Staff, day: date) -> None:
        if day + timedelta(days=4) <= self.last:
            told = datetime(day.year, day.month, day.day, 10, tzinfo=TOKYO) + timedelta(days=2)
            self._leave(staff, day, "死亡退職", recorded=told)

    def _leave(self, staff: Staff, last: date, wording: str, **options: datetime) -> None:
        self.ward.dismiss(staff, last, wording, **options)
        besides.cover(self.ward, last + DAY)

    def _autumn(self, day: date) -> None:
        """Some places are filled, and some people moved, on 1 October."""
        ward = self.ward
        free = [c for c in ward.house.chairs if c.holder is None and not c.yearly]
        for chair in [c for c in free if c.level == STAFF and not c.spare][:_AUTUMN_MOVES]:
            near = [
                s
                for s in ward.regular()
                if s.chair is not None
                and s.chair.level == STAFF
                and s.job == chair.job
                and s.away is None
                and s.term == PERMANENT
                and s.since < april(self.year)
                and s.unit[:2] == chair.unit[:2]
                and s.unit != chair.unit
            ]
            if near and ward.chance(0.4):
                ward.move(ward.rng.choice(near), chair, day)
            elif ward.chance(0.5):
                hiring.recruit(ward, chair, day)
        besides.cover(ward, day)

    def _yearly(self) -> None:
        """One-year appointments are given up within the year, and given again."""
        ward = self.ward
        term_end = april(self.year + 1) - DAY
        for chair in [c for c in ward.house.chairs if c.yearly and not c.appointment]:
            if chair.holder is None or not ward.chance(_YEARLY_GOES):
                continue
            day = self._day()
            last = month_end(day.year, day.month)
            if last.month not in {2, 3} and last + timedelta(days=31) <= self.last:
                ward.dismiss(chair.holder, last, "普通退職")
                hiring.appoint(ward, chair, last + DAY, term_end)
