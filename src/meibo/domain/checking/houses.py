"""Checks of the house as a whole: 定数, long tenures, reorganisations."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta

from meibo.domain.checking.findings import PlanFinding
from meibo.domain.checking.lines import found
from meibo.domain.checking.rules import Rule
from meibo.domain.checking.scene import Held, Order, Scene, State

_DAY = timedelta(days=1)
_YEAR = 365.25
_NAMED = 3
_ALL = -1


def establishment(scene: Scene, rule: Rule) -> Iterator[PlanFinding]:
    """More people than a unit has places for, by the plan; fewer, where it takes some away.

    What is over or under without the plan is not the plan's and not told. A unit's places are its
    own, without those of the units below it; one-year appointments do not count."""
    day = scene.main_day
    states = scene.organisation(day).states.items()
    quotas = {code: q for code, state in states if (q := places_of(state.get("establishment")))}
    if not quotas:
        return
    house, own = scene.everyone(day), scene.before(day)
    after = _strength(scene, house)
    others = {p: state for p, state in house.items() if p not in scene.by_person}
    before = _strength(scene, {**others, **own})
    away = Counter(
        str(s.get("unit"))
        for s in house.values()
        if {"leave", "dispatch"} & set(s) and not is_one_year(scene.employments, s)
    )
    for code, quota in quotas.items():
        now, then = after[code], before[code]
        word = _strayed(quota, now, then)
        if word:
            yield _off(scene, code, quota, (now, then), word, away[code])


def places_of(filed: object) -> dict[int, int]:
    """How many places 定数 gives a unit by grade (filed as `{"1": 4, "3": 1}`); a bare number is of
    all grades together, under -1."""
    text = str(filed or "").strip()
    if text.isdigit():
        return {_ALL: int(text)}
    try:
        found = json.loads(text) if text else {}
    except ValueError:
        return {}
    pairs = found.items() if isinstance(found, dict) else ()
    return {int(grade): int(number) for grade, number in pairs}


def is_one_year(employments: Mapping[str, str], state: State) -> bool:
    """Whether somebody is appointed for one fiscal year (会計年度任用), and takes no place."""
    return employments.get(str(state.get("employment")), "").startswith("会計年度")


def _strength(scene: Scene, states: Mapping[str, State]) -> Mapping[str, Counter[int]]:
    """Unit → grade → how many have their main post there."""
    found: dict[str, Counter[int]] = defaultdict(Counter)
    for state in states.values():
        if not is_one_year(scene.employments, state):
            found[str(state.get("unit") or "")][int(state.get("grade") or 0)] += 1
    return found


def _strayed(quota: Mapping[int, int], now: Counter[int], then: Counter[int]) -> str:
    """Which way the plan takes a unit from its places; empty where it does not."""
    places, after, before = sum(quota.values()), now.total(), then.total()
    if after > places and after > before:
        return "超えます"
    if after < places and after < before:
        return "下回ります"
    graded = (g for g in now if _ALL not in quota and now[g] > max(quota.get(g, 0), then[g]))
    return "級によっては超えます" if any(True for _ in graded) else ""


def _off(
    scene: Scene,
    code: str,
    quota: Mapping[int, int],
    strengths: tuple[Counter[int], Counter[int]],
    word: str,
    away: int,
) -> PlanFinding:
    now, then = strengths
    over = word.endswith("超えます")
    grades = [
        f"{grade}級 {quota.get(grade, 0)}／{now[grade]}"
        for grade in sorted({*quota, *now}, reverse=True)
        if grade > 0 and quota.get(grade, 0) != now[grade]
    ]
    ways = (
        (
            "行き先を替えるか、ほかの人を出してください。",
            "定数を変えるなら、定数の頁で直します。",
        )
        if over
        else ("後任を加えてください。", "欠員のままでよければ構いません。")
    )
    told = f"（定数／現員：{'、'.join(grades)}）" if grades and _ALL not in quota else ""
    message = (
        f"{scene.unit(code, scene.main_day)}は、定数{sum(quota.values())}人に対し"
        f"現員{now.total()}人で、{word}（今は{then.total()}人）。"
        f"{f'現員のうち{away}人は休職・派遣中です。' if away else ''}{told}"
    )
    lines = tuple(o.id for o, unit, _ in scene.sitting() if unit == code) if over else ()
    return PlanFinding("", "", message, ways, lines, "", code, "unit")


def long_tenure(scene: Scene, rule: Rule) -> Iterator[PlanFinding]:
    """Who has been in a unit for long and whom the plan leaves there, by unit: in units that it
    touches."""
    years, day = rule.number("years", 8), scene.main_day
    touched = set(scene.seats_in) | set(scene.seats_in_before)
    long: dict[str, list[tuple[date, str]]] = defaultdict(list)
    for person, state in scene.everyone(day).items():
        unit, since = state.get("unit"), state.get("since")
        if person in scene.by_person or unit not in touched or not since:
            continue
        if (day - date.fromisoformat(since)).days / _YEAR >= years:
            long[unit].append((date.fromisoformat(since), person))
    for unit, people in long.items():
        if unit not in scene.organisation(day).states:
            continue  # nobody stays in it: it ends
        people.sort()
        named = "・".join(f"{scene.name(p)}（{s:%Y-%m-%d}から）" for s, p in people[:_NAMED])
        more = f" ほか{len(people) - _NAMED}人" if len(people) > _NAMED else ""
        yield PlanFinding(
            "",
            "",
            f"{scene.unit(unit, day)}に{years}年以上いる人が{len(people)}人残ります："
            f"{named}{more}。",
            ("異動させるなら、行を加えてください。",),
            unit=unit,
        )


def split_unnamed(scene: Scene, rule: Rule) -> Iterator[PlanFinding]:
    """People in a unit that is split or abolished and whom no line names: a reorganisation can't
    say where they go."""
    for order in scene.remaps:
        day, table = order.line.effective, order.line.successions
        if table is None:
            continue
        ends = {row.old for row in table.rows if row.old}
        gone = {
            u for u in ends if table.heir(u) is None and u not in scene.organisation(day).states
        }
        for unit in sorted(gone):
            left = [
                seat.person
                for seat in scene.seats_in.get(unit, ())
                if seat.on(day) and seat.unit == unit
            ]
            if left:
                people = list(dict.fromkeys(left))
                names = "・".join(scene.name(p) for p in people[:10])
                more = f" ほか{len(people) - 10}人" if len(people) > 10 else ""
                yield found(
                    order,
                    f"{scene.unit(unit, day - _DAY)}の{len(people)}人に行き先がありません："
                    f"{names}{more}。",
                    "一人ずつ、新しい所属への行を加えてください。",
                    "まとめて動かせるなら、「組織」の頁で選んで移します。",
                    "兼務などの人は、兼務解除などの行に、なくなる所属を書いてください。",
                    unit=unit,
                )


def ordered_into_gone(scene: Scene, rule: Rule) -> Iterator[PlanFinding]:
    """Orders announced before, for the day of a reorganisation or later, into a unit that ends by
    it: a succession carries on who sits there, not who comes there afterwards."""
    for order in scene.remaps:
        day, table = order.line.effective, order.line.successions
        standing = scene.organisation(day).states
        ended = {row.old for row in table.rows} - set(standing) - {""} if table else set()
        for unit in sorted(ended):
            late: dict[str, date] = {}
            for seat in scene.seats_in.get(unit, ()):
                if seat.starts >= day and not _said(scene, seat):
                    late.setdefault(seat.person, seat.starts)
            if late:
                people = [f"{scene.name(p)}（{starts:%Y-%m-%d}）" for p, starts in late.items()]
                more = f" ほか{len(people) - 10}人" if len(people) > 10 else ""
                yield found(
                    order,
                    f"{scene.unit(unit, day - _DAY)}は{day:%Y-%m-%d}に無くなりますが、その日か"
                    f"あとに、そこへ行く発令が{len(people)}人にもう出ています："
                    f"{'・'.join(people[:10])}{more}。このままだと、所属の無い人になります。",
                    "一人ずつ、かっこの日を発令日にして、新しい所属への行を加えてください。",
                    "先の発令を改めるなら、その人のカードの「訂正する」から直します。",
                    unit=unit,
                )


def _said(scene: Scene, seat: Held) -> bool:
    """Whether it is a line of the plan that leads there, which is told of by itself."""
    own = scene.by_person.get(seat.person, ())
    return any(o.line.unit == seat.unit and o.line.effective == seat.starts for o in own)


def succession(scene: Scene, rule: Rule) -> Iterator[PlanFinding]:
    """Rows of a reorganisation that do not fit the units."""
    for order in scene.remaps:
        day = order.line.effective
        before, after = scene.organisation(day - _DAY), scene.organisation(day)
        rows = order.line.successions.rows if order.line.successions else ()
        for row in rows:
            if row.old and row.old not in before.states:
                text = f"対応の元の「{row.old}」は、前の日の組織にありません。"
                yield found(order, text, "元の組織を選び直してください。", unit=row.old)
            if row.new and row.new not in after.states:
                text = f"対応の先の「{row.new}」は、その日の組織にありません。"
                yield found(
                    order, text, "新しい組織を作るか、先を選び直してください。", unit=row.new
                )
        yield from _orphans(scene, order)


def _orphans(scene: Scene, order: Order) -> Iterator[PlanFinding]:
    after = scene.organisation(order.line.effective)
    for code, state in after.states.items():
        parent = state.get("parent")
        text = ""
        if parent and parent not in after.states:
            text = f"{state['name']}の上の組織「{parent}」は、その日にはありません。"
        elif code not in after.paths:
            text = f"{state['name']}の上の組織をたどると、輪になって戻ってきます。"
        if text:
            yield found(order, text, "上の組織を選び直してください。", unit=code)


CHECKS: Mapping[str, Callable[[Scene, Rule], Iterator[PlanFinding]]] = {
    "establishment": establishment,
    "long_tenure": long_tenure,
    "split_unnamed": split_unnamed,
    "ordered_into_gone": ordered_into_gone,
    "succession": succession,
}
