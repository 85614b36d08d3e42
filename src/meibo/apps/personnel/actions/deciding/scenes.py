"""A transfer of which the people have been told (内示), for the demo ward: made by the deeds that
everybody's is made by. Somebody who signs in there and another head of a 係 change places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from meibo.apps.personnel.actions.deciding import Approver, approve, set_notice, submit
from meibo.domain.book import Effect, Line
from meibo.ledger import drawer, house
from meibo.ledger.drawer import LineChange
from meibo.platform.audit.actions import Actor

TOKYO = ZoneInfo("Asia/Tokyo")
_CLERK, _DECIDER, _MOVED = "jinji", "kacho", "kakari"
_SOON = timedelta(days=21)  # from there the next first of a month


def show(who: Mapping[str, str], *, now: datetime) -> None:
    """Plan, decide, tell. `who`: sign-in name → person. A tiny ward may have nobody to change
    places with."""
    today = now.astimezone(TOKYO).date()
    places = _places(who[_MOVED], today) if {_CLERK, _DECIDER, _MOVED} <= set(who) else {}
    if not places:
        return
    clerk, decider = (Actor(name, who[name]) for name in (_CLERK, _DECIDER))
    day = _first_of_month(today + _SOON)
    number = drawer.begin(
        f"{day.year}年{day.month}月{day.day}日 人事異動", account=_CLERK, now=now, day=day
    )
    move = Line(0, day, now, Effect.MOVE, wording="配置換")
    lines = [LineChange(replace(move, person=p, unit=unit)) for p, unit in places.items()]
    drawer.put(number, lines, account=_CLERK, now=now)
    version = drawer.plan(number, _CLERK).version
    approver = Approver(_DECIDER, decider.person, "課長")
    asked = submit(number, [approver], version=version, actor=clerk, now=now, today=today)
    approve(asked.pk, actor=decider, now=now, today=today)
    version = drawer.plan(number, _CLERK).version
    set_notice(number, now, version=version, actor=clerk, now=now)


def _places(person: str, today: date) -> dict[str, str]:
    """Who goes where: the person and another holder of the same post change places."""
    own = next((s for s in house.posts_of([person], today) if s.kind == "main"), None)
    if own is None:
        return {}
    tree = house.organisation(today)
    near = tree.below(tree.section(own.unit) or own.unit)
    others = sorted(
        (
            seat
            for seat in house.seats(today, near)
            if (seat.kind, seat.post) == ("main", own.post) and seat.unit != own.unit
        ),
        key=lambda seat: (near.index(seat.unit), seat.person),
    )
    return {person: others[0].unit, others[0].person: own.unit} if others else {}


def _first_of_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)
