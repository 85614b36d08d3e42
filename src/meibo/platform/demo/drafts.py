"""異動案 of the demo ward: what its personnel section is working on, with a few things still to be
settled, and an alternative."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from meibo.domain.book import Effect, Line, SeatKind
from meibo.ledger import drawer, writer
from meibo.ledger.drawer import LineChange
from meibo.platform.demo.codes import GRADE, POST, TERM
from meibo.platform.demo.fiscal import DAY

ACCOUNT = "jinji"
State = Mapping[str, Any]
_HEADS, _STAFF, _RISING = 8, 36, 4
_ENOUGH = 100
_APART = 40  # those who enter come into units so far apart in the list
_ENTERING = (
    ("浅海　みのり", "アサミ　ミノリ", "2004-06-11"),
    ("久我　颯太", "クガ　ソウタ", "2003-11-02"),
    ("瀬戸口　灯", "セトグチ　アカリ", "2004-02-27"),
)


def lay(now: datetime, seed: int) -> None:
    """Lay two plans for the next 1 April into the drawer, named to the personnel section's desk."""
    day = date(now.year + (now.date() >= date(now.year, 4, 1)), 4, 1)
    title = f"{day.year}年4月1日 定期異動"
    number = drawer.begin(f"{title}（案）", account=ACCOUNT, now=now, day=day)
    people = _people(number, day)
    if len(people) < _ENOUGH:  # a tiny ward has nobody to move
        return
    changes = list(_changes(people, day, now, random.Random(seed)))  # nosec B311  # no secret
    entering = _entering(people, day, now)
    drawer.welcome([change.line.person for change in entering if change.line])
    put = drawer.put(number, [*changes, *entering], account=ACCOUNT, now=now)
    for change, (name, kana, born) in zip(entering, _ENTERING, strict=True):
        if change.line is not None:
            values = {"name": name, "kana": kana, "birth_date": born}
            drawer.file(number, change.line.person, values, day, account=ACCOUNT, now=now)
    _alternative(number, f"{title}（案B・若手を動かさない）", len(put), now)


def _people(number: int, day: date) -> list[tuple[str, State]]:
    """Those on permanent terms who would be at work that day, and nobody whom the book moves then
    already."""
    seen = drawer.preview(number)
    before, after = seen.house(day - DAY), seen.house(day)
    permanent = TERM["常勤"]
    return [
        (person, state)
        for person, state in sorted(before.items(), key=lambda item: str(item[1].get("staff_no")))
        if after.get(person, {}).get("unit") == state.get("unit")
        and state.get("employment") == permanent
        and not {"leave", "dispatch", "further", "term_end"} & set(state)
    ]


def _changes(
    people: Sequence[tuple[str, State]], day: date, now: datetime, rng: random.Random
) -> list[LineChange]:
    move = Line(0, day, now, Effect.MOVE, wording="配置換")
    heads = _some(people, {POST["係長"]}, _HEADS, rng)
    staff = _some(people, {POST["主任"], POST["主事"]}, _STAFF, rng)
    lines = [
        replace(move, person=person, unit=following["unit"], post=following["post"])
        for (person, _), (_, following) in pairwise(heads)
    ]
    leaving = replace(move, person=heads[-1][0], effect=Effect.LEAVE, wording="退職")
    lines.append(replace(leaving, effective=day - DAY))
    lines += [
        replace(move, person=person, unit=following["unit"])
        for (person, _), (_, following) in zip(staff, staff[3:] + staff[:3], strict=True)
    ]
    rising = _some(people, {POST["主任"]}, _STAFF + _RISING, rng)
    rising = [one for one in rising if one not in staff][:_RISING]
    post = POST["主査"]
    lines += [
        replace(move, person=p, wording="昇任", unit=s["unit"], post=post, grade=GRADE[post])
        for p, s in rising
    ]
    empty = heads[0][1]
    acting = replace(move, person=heads[2][0], unit=empty["unit"], post=empty["post"])
    lines.append(replace(acting, effect=Effect.ADD, wording="事務取扱", kind=SeatKind.ACTING))
    changes = [LineChange(line) for line in lines]
    # Still to be settled: a unit that nobody knows, two lines of one person, a word that is none.
    odd = staff[0][0]
    changes.append(LineChange(replace(move, person=odd, unit=None), unread={"unit": "都市魅力課"}))
    other = (rising or staff[1:])[0][0]  # in a small ward nobody may rise
    away = replace(move, person=other, wording="出向", unit=None)
    changes.append(LineChange(away, unread={"wording": "出向"}))
    return changes


def _some(
    people: Sequence[tuple[str, State]], posts: set[str], wanted: int, rng: random.Random
) -> list[tuple[str, State]]:
    """So many with one of these posts, no two of one unit where possible."""
    found: dict[str, tuple[str, State]] = {}
    for person, state in rng.sample(people, len(people)):
        if state.get("post") in posts:
            found.setdefault(str(state["unit"]), (person, state))
        if len(found) == wanted:
            break
    return list(found.values())


def _entering(people: Sequence[tuple[str, State]], day: date, now: datetime) -> list[LineChange]:
    units = [str(state["unit"]) for _, state in people if state.get("post") == POST["主事"]]
    line = Line(
        0,
        day,
        now,
        Effect.ENTER,
        wording="採用",
        post=POST["主事"],
        grade=1,
        job="01",
        employment=TERM["常勤"],
    )
    return [
        LineChange(
            replace(line, person=writer.new_id(), unit=units[n * _APART % len(units)]),
            newcomer=f"90{day.year}{n + 1}",
        )
        for n in range(len(_ENTERING))
    ]


def _alternative(number: int, title: str, lines: int, now: datetime) -> None:
    """The same without some of its moves."""
    other = drawer.copy(number, title, account=ACCOUNT, now=now + timedelta(minutes=1))
    plain = [d for d in drawer.lines(other) if d.line.wording == "配置換" and d.line.post is None]
    gone = [LineChange(None, d.id, d.version) for d in plain[: lines // 4]]
    drawer.put(other, gone, account=ACCOUNT, now=now + timedelta(minutes=2))
