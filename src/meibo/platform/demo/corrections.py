"""Slips of the pen and how they were mended: what every real book of orders has."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from meibo.domain.book import Effect
from meibo.platform.demo.codes import JOB
from meibo.platform.demo.fiscal import DAY, april
from meibo.platform.demo.opening import birthday
from meibo.platform.demo.outline import ALWAYS, NEVER
from meibo.platform.demo.people import PERMANENT, STAFF, YEARLY_PART
from meibo.platform.demo.scribe import Draft
from meibo.platform.demo.ward import Invented, Ward

_WRONG_UNITS = 3
_LATE = 4
_WEEK = timedelta(days=7)


def correct(ward: Ward) -> None:
    """Write some corrections of the orders of the latest April into the book."""
    day = april(ward.coming - 1)
    _wrong_units(ward, day)
    _late(ward, day)
    _declined(ward, day)
    _restored(ward, day)
    _numbered_twice(ward)


def _orders(ward: Ward, effect: Effect, wording: str, day: date) -> list[Draft]:
    return [
        d
        for d in ward.scribe.drafts
        if d.effective == day and d.effect is effect and d.wording == wording
    ]


def _after(draft: Draft, days: int, now: datetime) -> datetime:
    return min(draft.recorded + timedelta(days=days), now)


def _wrong_units(ward: Ward, day: date) -> None:
    """Announced to the unit next door, cancelled and announced anew after the day: 訂正."""
    units = [u.code for u in ward.house.specs.values() if u.level == 3 and u.alive(1)]
    for right in _orders(ward, Effect.MOVE, "配置換", day)[10::41][:_WRONG_UNITS]:
        unit = right.stated["unit"]
        if unit not in units:
            continue
        beside = units[units.index(unit) - 1]
        stated = right.stated | ward.place(beside)
        wrong = Draft(right.person, right.effect, day, right.recorded, right.wording, stated)
        ward.scribe.drafts.append(wrong)
        found = _after(right, 15, ward.now)
        ward.scribe.void(wrong, found, "取消（訂正）")
        ward.scribe.drafts.remove(right)
        right.recorded, right.wording = found, "配置換（訂正）"
        ward.scribe.drafts.append(right)


def _late(ward: Ward, day: date) -> None:
    """Recorded weeks after the day on which they took effect: 遡及."""
    for draft in _orders(ward, Effect.MOVE, "昇任", day)[5::17][:_LATE]:
        draft.recorded = _after(draft, 29, ward.now)
        draft.stated["note"] = "遡及"


def _declined(ward: Ward, day: date) -> None:
    """採用辞退: announced, and cancelled before the day came."""
    units = [c.unit for c in ward.house.chairs if c.level == STAFF and c.job == "事務"]
    for number, sex in enumerate("FM"):
        born = birthday(ward, 23, day.year)
        name = ward.namer.name(sex, born.year)
        new = Invented(sex, born, name, "事務", PERMANENT, day, 1, day, day)
        staff = ward.welcome(new)
        staff.left = day
        place = ward.place(units[number * 57])
        options: dict[str, Any] = {"post": "050", "grade": 1, "job": "01", "employment": PERMANENT}
        draft = ward.scribe.order(staff, Effect.ENTER, day, "採用", **place, **options)
        ward.scribe.void(draft, _after(draft, 4, ward.now), "取消（採用辞退）")


def _numbered_twice(ward: Ward) -> None:
    """Somebody who worked here for a year before, under a number of its own, as nobody noticed."""
    always = {u.code for u in ward.house.specs.values() if u.alive(ALWAYS) and u.alive(NEVER - 1)}
    chair = next((c for c in ward.house.chairs if c.yearly and c.unit in always), None)
    came = [s for s in ward.regular() if s.job == "事務" and not s.renamed and s.since == s.hired]
    back = next((s for s in came if s.hired == april(ward.coming - 1)), None)
    if chair is None or back is None:
        return
    first = april(ward.coming - 4)
    last = april(ward.coming - 3) - DAY
    new = Invented(back.sex, back.born, back.name, "事務", YEARLY_PART, first, 0, first, first)
    staff = ward.welcome(new)
    stated = {**ward.place(chair.unit), "post": chair.post, "job": JOB["事務"]}
    stated |= {"employment": YEARLY_PART, "term_end": last, "appointment": ""}
    ward.scribe.order(staff, Effect.ENTER, first, "会計年度任用", **stated)
    staff.left = last + DAY


def _restored(ward: Ward, day: date) -> None:
    """A retirement cancelled by mistake, and the cancellation cancelled."""
    for draft in _orders(ward, Effect.LEAVE, "普通退職", day - DAY)[3:4]:
        void = ward.scribe.void(draft, _after(draft, 2, ward.now))
        ward.scribe.void(void, min(void.recorded + _WEEK, ward.now), "取消の取消")
