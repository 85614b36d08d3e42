"""Checks of the house as a whole: 定数, long tenures, reorganisations."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta

from meibo.domain.checking.findings import PlanFinding
from meibo.domain.checking.lines import found
from meibo.domain.checking.rules import Rule
from meibo.domain.checking.scene import Order, Scene

_DAY = timedelta(days=1)
_YEAR = 365.25
_NAMED = 3


def establishment(scene: Scene, rule: Rule) -> Iterator[PlanFinding]:
    """More people than a unit has places for, by the plan; fewer, where it takes some away.

    What is over or under without the plan is not the plan's and not told."""
    day = scene.main_day
    tree = scene.organisation(day)
    places = {
        code: number
        for code, state in tree.states.items()
        if (number := places_of(state.get("establishment"))) is not None
    }
    if not places:
        return
    after, before = Counter[str](), Counter[str]()
    for person, state in scene.everyone(day).items():
        _count(after, state, tree.codes)
        if person not in scene.by_person:
            _count(before, state, tree.codes)
    for person, state in scene.before(day).items():
        if person in scene.by_person:
            _count(before, state, tree.codes)
    for code, number in places.items():
        over = after[code] > number and after[code] > before[code]
        under = after[code] < number and after[code] < before[code]
        if over or under:
            lines = _arrivals(scene, code, tree.codes) if over else ()
            word = "超えます" if over else "下回ります"
            yield PlanFinding(
                "",
                "",
                f"{scene.unit(code, day)}は、定数{number}人に対し現員{after[code]}人で、{word}"
                f"（今は{before[code]}人）。",
                (
                    (
                        "行き先を替えるか、ほかの人を出してください。",
                        "定数を変えるなら、定数表を直してください。",
                    )
                    if over
                    else ("後任を加えてください。", "欠員のままでよければ構いません。")
                ),
                lines,
                "",
                code,
                "unit",
            )


def places_of(filed: object) -> int | None:
    """How many places 定数 gives a unit: a number, or numbers by grade as JSON text."""
    text = str(filed or "").strip()
    if text.isdigit():
        return int(text)
    numbers = [part.partition(":")[2].strip(' "}') for part in text.strip("{}").split(",")]
    return (
        sum(int(n) for n in numbers)
        if text.startswith("{") and all(map(str.isdigit, numbers))
        else None
    )


def _count(
    counter: Counter[str], state: Mapping[str, object], codes: Mapping[str, tuple[str, ...]]
) -> None:
    if state.get("term_end"):
        return  # 定数 counts permanent staff
    for code in codes.get(str(state.get("unit") or ""), ()):
        counter[code] += 1


def _arrivals(scene: Scene, code: str, codes: Mapping[str, tuple[str, ...]]) -> tuple[int, ...]:
    return tuple(o.id for o, unit, _ in scene.sitting() if code in codes.get(unit, ()))


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
                    unit=unit,
                )


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
        if parent and parent not in after.states:
            text = f"{state['name']}の上の組織「{parent}」は、その日にはありません。"
            yield found(order, text, "上の組織を選び直してください。", unit=code)


CHECKS: Mapping[str, Callable[[Scene, Rule], Iterator[PlanFinding]]] = {
    "establishment": establishment,
    "long_tenure": long_tenure,
    "split_unnamed": split_unnamed,
    "succession": succession,
}
