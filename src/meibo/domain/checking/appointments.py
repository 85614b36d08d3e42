"""Checks of what an appointment is: its 任用形態, who appoints, who is new by it, and how long
somebody would work a week, all of theirs together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta

from meibo.domain.book import Effect
from meibo.domain.book.fold import moment
from meibo.domain.checking.findings import PlanFinding
from meibo.domain.checking.lines import found
from meibo.domain.checking.rules import Rule
from meibo.domain.checking.scene import Order, Scene
from meibo.domain.renewal import clock, hours_field

_FULL = 2325  # minutes: 38 hours and 45 minutes, a full week


def weekly_hours(scene: Scene, rule: Rule) -> Iterator[PlanFinding]:
    """More hours a week than a full one, where they are recorded: of one appointment, or of several
    that somebody would hold at once (会計年度任用 in two sections)."""
    limit = rule.number("minutes", _FULL)
    told: set[str] = set()
    for order in scene.orders:
        person = order.line.person
        if order.line.effect not in {Effect.ENTER, Effect.MOVE} or person in told:
            continue
        parts = _minutes(scene, order)
        if sum(parts) > limit:
            told.add(person)
            several = f"{len(parts)}つの任用を合わせて" if len(parts) > 1 else ""
            yield found(
                order,
                f"{scene.name(person)}の勤務時間は、{several}週{clock(sum(parts))}になります"
                f"（上限は{clock(limit)}）。",
                "どれかの任用の勤務時間を減らすか、終わりにしてください。",
                "時間の記録が古いときは、先に届出か取込で直してください。",
                cell="unit",
            )


def no_employment(scene: Scene, rule: Rule) -> Iterator[PlanFinding]:
    """Somebody enters, and it is not said as what: the rules for fixed terms, 定数 and the yearly
    round would all pass them by."""
    for order in scene.orders:
        if order.line.effect is not Effect.ENTER or "employment" in order.unread:
            continue
        if not order.line.employment:
            yield found(
                order,
                f"{scene.name(order.line.person)}の任用形態がありません。",
                "行の番号から開く頁で、任用形態を選んでください。",
                cell="wording",
            )


def other_authority(scene: Scene, rule: Rule) -> Iterator[PlanFinding]:
    """Somebody goes where another authority appoints (任命権者), and the order does not say which:
    the letter is then signed by the one where they go, and the other may have to let them go."""
    for order in scene.orders:
        line, day = order.line, moment(order.line)
        if line.effect is not Effect.MOVE or not line.unit or line.authority:
            continue
        eve = day - timedelta(days=1)
        old = (scene.before(eve).get(line.person) or {}).get("unit")
        theirs, others = scene.appoints(str(old or ""), eve), scene.appoints(line.unit, day)
        if old and theirs and others and theirs != others:
            yield found(
                order,
                f"{scene.name(line.person)}の任命権者が変わります（{theirs} → {others}）。",
                f"辞令の発令者は{others}になります。",
                f"{theirs}からの発令（出向など）も出すときは、その行を加えてください。",
                cell="unit",
            )


def _minutes(scene: Scene, order: Order) -> list[int]:
    """Recorded minutes a week of each appointment that is held when the order works."""
    person, day = order.line.person, moment(order.line)
    career, state = scene.careers.get(person), scene.after(day).get(person)
    if career is None or state is None:
        return []
    held = dict.fromkeys(s.appointment for s in career.services if s.starts <= day < s.ends)
    filed = (str(state.get(hours_field(appointment)) or "") for appointment in held)
    return [int(text) for text in filed if text.isdecimal()]


def newcomer(scene: Scene, rule: Rule) -> Iterator[PlanFinding]:
    """Whoever only the plan knows needs a staff number of their own and a name."""
    numbers: dict[str, set[str]] = {}
    for order in scene.orders:
        if order.newcomer:
            numbers.setdefault(order.newcomer, set()).add(order.line.person)
    for person, own in scene.by_person.items():
        filed = scene.newcomers.get(person)
        if filed is None:
            continue
        number = next((o.newcomer for o in own if o.newcomer), None)
        if not number:
            yield found(
                own[0],
                "採用する人の職員番号がありません。",
                "番号を書いてください。",
                cell="person",
            )
        elif len(numbers[number]) > 1 or scene.staff_numbers.get(number, person) != person:
            text = f"職員番号 {number} は、ほかの人の番号です。"
            yield found(own[0], text, "空いている番号に直してください。", cell="person")
        missing = [label for key, label in _NEEDED.items() if not filed.get(key)]
        if missing:
            text = f"採用する人（{number or '番号なし'}）の{'・'.join(missing)}がありません。"
            way = "行の番号から開く頁の「採用・任用する人のこと」で補ってください。"
            yield found(own[0], text, way, cell="name")


_NEEDED = {"name": "氏名", "kana": "よみ", "birth_date": "生年月日"}

CHECKS: Mapping[str, Callable[[Scene, Rule], Iterator[PlanFinding]]] = {
    "no_employment": no_employment,
    "other_authority": other_authority,
    "weekly_hours": weekly_hours,
    "newcomer": newcomer,
}
