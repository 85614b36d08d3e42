"""1 April: who goes, who moves, who is promoted, who comes. The regular transfer of a year."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from meibo.domain.book import Effect
from meibo.platform.demo import besides, hiring, leaving, promoting
from meibo.platform.demo.codes import SENT
from meibo.platform.demo.fiscal import DAY, age_in, years_between
from meibo.platform.demo.people import PERMANENT, STAFF, Chair, Staff
from meibo.platform.demo.reorganisations import tables
from meibo.platform.demo.ward import Ward

_LEVELS = (6, 5, 4, 3)
#: Share of those who move after so many years in a unit; the last holds from then on.
_RESTLESS = {
    6: (0, 0.05, 0.4, 0.8, 1),
    5: (0, 0.05, 0.35, 0.7, 1),
    4: (0, 0.05, 0.35, 0.7, 1),
    3: (0, 0.02, 0.12, 0.45, 0.75, 1),
    STAFF: (0, 0.01, 0.07, 0.38, 0.6, 0.85, 1),
}
_SETTLED = {
    "保育士": (0, 0, 0.05, 0.15, 0.3, 0.45, 0.6),
    "技能": (0, 0, 0.01, 0.04, 0.08, 0.12, 0.12),
    "心理": (0, 0, 0.05, 0.1, 0.3, 0.4),
    "保健師": (0, 0, 0.05, 0.25, 0.4, 0.6),
    "医師": (0,),
    "教育": (0,),
}
_SENT_A_YEAR = 6
_BODIES = (
    *("東京都", "総務省", "厚生労働省", "特別区人事・厚生事務組合", "東京二十三区清掃一部事務組合"),
    *("東京都後期高齢者医療広域連合", "岬浦町（災害復興支援）", "けやき野区社会福祉協議会"),
)
_AWAY_YEARS = 2
_RISING = 0.2  # of those due: promoted to 主任


class Transfer:
    """One 1 April. `must`: those who need a chair; `movers`: those who give theirs up."""

    def __init__(self, ward: Ward, day: date) -> None:
        self.ward = ward
        self.day = day
        self.must: list[Staff] = []
        self.movers: set[Staff] = set()

    def run(self) -> None:
        """Go through the day in the order in which a personnel section plans it."""
        ward, day = self.ward, self.day
        self.must += leaving.leave_at_year_end(ward, day)
        ward.house.chairs = [c for c in ward.house.chairs if c.holder or not c.spare]
        self._reorganise()
        self._come_back()
        self.must += leaving.step_down(ward, day)
        self.movers = {s for s in ward.regular() if self._moves(s)}
        for level in _LEVELS:
            self._seat(level)
        self._send_out()
        rising = self._rising()
        self._seat(STAFF, rising)
        self._rise_in_place(rising)
        hiring.fill(ward, day)

    # -- who ---------------------------------------------------------------------

    def _moves(self, staff: Staff) -> bool:
        chair = staff.chair
        if staff in self.ward.settled:
            return False
        if chair is None or staff.term != PERMANENT or staff.away is not None:
            return False
        if age_in(staff.born, self.day.year) >= 60 and chair.level < 5:
            return False
        usual = _RESTLESS[chair.level]
        table = _SETTLED.get(staff.job, usual) if chair.level <= 3 else usual
        years = years_between(staff.since, self.day)
        return self.ward.chance(table[min(years, len(table) - 1)])

    def _come_back(self) -> None:
        """Leaves that ended with the year, secondments that have lasted long enough."""
        for staff in self.ward.regular():
            if staff.away is not None and staff.away < self.day:
                leaving.return_to_work(self.ward, staff, staff.away + DAY)
            if staff.sent and years_between(staff.sent, self.day) >= _AWAY_YEARS:
                self.must.append(staff)

    def _rising(self) -> set[Staff]:
        """Who becomes 主任 this year."""
        due = [
            s
            for s in self.ward.regular()
            if s.grade == 1
            and s.away is None
            and s.term == PERMANENT
            and s.chair is not None
            and years_between(s.hired, self.day) >= 5
            and age_in(s.born, self.day.year) >= 28
        ]
        share = {"技能": 0.08}
        return {s for s in due if self.ward.chance(share.get(s.job, _RISING))}

    # -- the house ----------------------------------------------------------------

    def _reorganise(self) -> None:
        """Carry chairs over and see who is left without one."""
        ward, day = self.ward, self.day
        era = ward.era(day)
        if era is None:
            return
        ward.scribe.reorganise(tables()[era], day)
        carried, displaced = ward.house.reorganise(era)
        for chair, _ in carried:
            if chair.holder is not None and chair.holder.chair is chair:
                chair.holder.stay(chair, day, chair.holder.post)
        besides.follow(ward, day, era)
        for staff in displaced:
            if not staff.yearly:
                self.must.append(staff)
            elif staff.chair is None:
                staff.leave(day)  # the term is over, and there is no other

    # -- chairs ----------------------------------------------------------------------

    def _seat(self, level: int, rising: Iterable[Staff] = ()) -> None:
        """Fill the free chairs of a level: with those who move, then by promotion from below."""
        rising = set(rising)
        free: dict[str, list[Chair]] = {}
        for chair in self.ward.house.chairs:
            taken = chair.holder is not None and chair.holder not in self.movers
            if chair.level == level and not chair.yearly and not taken:
                free.setdefault(chair.trade, []).append(chair)
        people: dict[str, list[Staff]] = {}
        for staff in [*self.must, *(s for s in self.ward.regular() if s in self.movers)]:
            if _level(staff) == level:
                people.setdefault(_trade(staff, level), []).append(staff)
        for trade in dict.fromkeys([*free, *people]):
            chairs = free.get(trade, [])
            self.ward.rng.shuffle(chairs)
            self._assign(people.get(trade, []), chairs, level, rising)
            if level > STAFF:
                promoting.promote(self.ward, self.day, level, chairs)

    def _assign(
        self, people: list[Staff], chairs: list[Chair], level: int, rising: set[Staff]
    ) -> None:
        """Each of these people gets one of these chairs, in another section where possible."""
        for staff in people:
            chair = self._choose(staff, chairs) or self._spare(staff, level)
            if chair in chairs:
                chairs.remove(chair)
            grade = 2 if staff in rising else (3 if level == 3 else None)
            self._take(staff, chair, grade)
        self.must = [s for s in self.must if s.chair is None]
        taken = set(people)
        self.movers -= taken

    def _choose(self, staff: Staff, chairs: list[Chair]) -> Chair | None:
        section = self.ward.section
        if staff.entering:  # who is employed again stays where possible
            near = (c for c in chairs if c.unit == staff.unit)
            return next(near, None) or next(iter(chairs), None)
        wishes: tuple[Callable[[Chair], bool], ...] = (
            lambda c: section(c.unit) != section(staff.unit),
            lambda c: c.unit != staff.unit,
            lambda c: c is staff.chair,
            lambda c: True,
        )
        return next((c for wish in wishes for c in chairs if wish(c)), None)

    def _spare(self, staff: Staff, level: int) -> Chair:
        """A chair made for someone who found no other, in the unit they are in or its section."""
        like = [
            c
            for c in self.ward.house.chairs
            if c.level == level and not c.yearly and c.trade == _trade(staff, level) and not c.head
        ] or [c for c in self.ward.house.chairs if c.level == level and not c.yearly]
        model = self.ward.rng.choice(like)
        post = {6: "014", 5: "023", 4: "024", 3: "035"}.get(level, model.post)
        chair = Chair(model.unit, level, staff.job, post, spare=True)
        chair.extension, chair.seat = model.extension, model.seat
        self.ward.house.chairs.append(chair)
        return chair

    def _take(self, staff: Staff, chair: Chair, grade: int | None) -> None:
        held = chair.holder
        if held is not None and held is not staff:
            held.chair = None  # moves too, and is seated in its turn
            chair.holder = None
            self.must.append(held)
            self.movers.discard(held)
        self.ward.move(staff, chair, self.day, grade)

    def _rise_in_place(self, rising: set[Staff]) -> None:
        for staff in self.ward.regular():
            if staff in rising and staff.grade == 1 and staff.chair is not None:
                self.ward.move(staff, staff.chair, self.day, 2)

    def _send_out(self) -> None:
        """派遣: some leave their chairs for another body, and belong to 人事課 meanwhile."""
        ward = self.ward
        able = [s for s in ward.regular() if s in self.movers and s.job == "事務" and s.chair]
        young = [s for s in able if _level(s) == STAFF and age_in(s.born, self.day.year) < 45]
        for staff in ward.rng.sample(young, min(_SENT_A_YEAR, len(young))):
            self.movers.discard(staff)
            ward.relieve(staff, self.day)
            post = staff.post
            if staff.chair is not None:
                staff.chair.holder, staff.chair = None, None
            staff.sent = staff.since = self.day
            staff.stay(Chair(leaving.PERSONNEL, STAFF, staff.job), self.day, post)
            body = ward.rng.choice(_BODIES)
            place = {**ward.place(leaving.PERSONNEL), "post": post}
            options: dict[str, Any] = {"slot": "dispatch", "reason": SENT, "body": body}
            ward.scribe.order(staff, Effect.PAUSE, self.day, "派遣", **place, **options)


def _level(staff: Staff) -> int:
    """The level of the chairs that someone is looked for."""
    if staff.aim:
        return staff.aim
    if staff.chair is not None:
        return staff.chair.level
    return staff.grade if staff.grade >= 3 else STAFF


def _trade(staff: Staff, level: int) -> str:
    if staff.job == "医師" or level < 4:
        return staff.job
    return staff.trade
