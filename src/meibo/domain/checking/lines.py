"""Checks of what a line says: cells that could not be read, places that are not there, days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta

from meibo.domain.book import Effect
from meibo.domain.book.fold import moment
from meibo.domain.checking.cells import FILED, STATED
from meibo.domain.checking.findings import PlanFinding
from meibo.domain.checking.rules import Rule
from meibo.domain.checking.scene import Order, Scene

CELLS = {
    "person": "職員",
    "name": "氏名",
    "kana": "よみ",
    "birth_date": "生年月日",
    "wording": "異動用語",
    "effective": "発令日",
    "unit": "新所属",
    "post": "新職",
    "grade": "級",
    "until": "期限",
    "sex": "性別",
    "hours": "週の勤務時間",
    "employment": "任用形態",
    "job": "職種",
    "appointment": "任用の番号",
}
_WAYS = {
    "person": "職員番号か氏名を候補から選び直してください。新しい人なら、用語を採用にします。",
    "birth_date": "行の番号から開く頁で、2000-05-06、H12.5.6 のように書いてください。",
    "wording": "用語を候補から選ぶか、区の用語表（town/order_terms.csv）に加えてください。",
    "effective": "2027-04-01、R9.4.1 のように日付を書いてください。",
    "unit": "所属を候補から選び直してください。新しい組織は、先に「組織改編」で作ります。",
    "post": "職を候補から選び直してください。同じ名の職があるときは級も書きます。",
    "grade": "級は 1 から 9 の数で書いてください。",
    "until": "2027-04-01、R9.4.1 のように日付を書いてください。期限がなければ空にします。",
    "sex": "行の番号から開く頁で、男・女のどちらかにしてください。",
    "hours": "行の番号から開く頁で、29時間、38:45 のように書いてください。",
    "employment": "行の番号から開く頁で、選び直してください。",
    "job": "行の番号から開く頁で、選び直してください。",
    "appointment": "行の番号から開く頁で、2 のような短い英数字にしてください。",
}


def found(
    order: Order,
    message: str,
    *ways: str,
    cell: str = "",
    unit: str = "",
    more: tuple[int, ...] = (),
) -> PlanFinding:
    """A finding at one line (and more of them); code and severity are filled in by the rule."""
    return PlanFinding("", "", message, ways, (order.id, *more), order.line.person, unit, cell)


def unread(scene: Scene, rule: Rule) -> Iterator[PlanFinding]:
    """What was typed and could not be read."""
    for order in scene.orders:
        for cell, text in order.unread.items():
            if cell in FILED and "person" in order.unread:
                continue  # waits until it is known who that is
            label = CELLS.get(cell, cell)
            message = f"{label}「{text}」を読み取れません。" if text else f"{label}がありません。"
            way = _WAYS.get(cell, "書き直してください。")
            if cell == "person" and text and (name := order.unread.get("name")):
                message = f"職員番号「{text}」と氏名「{name}」が、同じ人になりません。"
                way = "正しいほうを残し、違うほうを直すか空にしてください。"
            yield found(
                order,
                message,
                way,
                cell="name" if cell in FILED else "wording" if cell in STATED else cell,
            )


def unknown_unit(scene: Scene, rule: Rule) -> Iterator[PlanFinding]:
    """A unit that is neither there that day nor was there before."""
    for order, unit, _ in scene.sitting():
        if "unit" in order.unread or _there(scene, order, unit):
            continue
        if unit not in scene.organisation(_day_before(order)).states:
            text = f"所属「{unit}」は、組織の表にありません。"
            yield found(order, text, _WAYS["unit"], cell="unit", unit=unit)


def unit_gone(scene: Scene, rule: Rule) -> Iterator[PlanFinding]:
    """A seat in a unit that is abolished that day."""
    for order, unit, _ in scene.sitting():
        before = _day_before(order)
        if not _there(scene, order, unit) and unit in scene.organisation(before).states:
            name = scene.unit(unit, before)
            yield found(
                order,
                f"{name}は、発令日には廃止されています。",
                "引き継ぐ所属に直してください。",
                "廃止をやめるなら「組織改編」の対応から外してください。",
                cell="unit",
                unit=unit,
            )


def _there(scene: Scene, order: Order, unit: str) -> bool:
    return unit in scene.organisation(order.line.effective).states


def _day_before(order: Order) -> date:
    return order.line.effective - timedelta(days=1)


def unknown_post(scene: Scene, rule: Rule) -> Iterator[PlanFinding]:
    """A post that the table does not have."""
    for order in scene.orders:
        post = order.line.post
        if post and post not in scene.posts and "post" not in order.unread:
            yield found(order, f"職「{post}」は、職の表にありません。", _WAYS["post"], cell="post")


def double_order(scene: Scene, rule: Rule) -> Iterator[PlanFinding]:
    """Two lines of one person that say the same kind of thing for one day."""
    for own in scene.by_person.values():
        groups: dict[tuple[object, ...], list[Order]] = defaultdict(list)
        for order in own:
            line = order.line
            seat = (line.unit, line.post) if line.effect in {Effect.ADD, Effect.RELIEVE} else ()
            key = (moment(line), line.effect, line.appointment, line.slot, seat, line.voids)
            groups[key].append(order)
        for (day, *_), same in groups.items():
            if len(same) > 1 and own[0].line.person != "?":
                yield found(
                    same[0],
                    f"{scene.name(own[0].line.person)}に、同じ日（{day:%Y-%m-%d}）の同じ発令が"
                    f"{len(same)}行あります。",
                    "要らない行を消してください。",
                    "兼務なら用語を兼務に、次の異動なら発令日を直してください。",
                    cell="wording",
                    more=tuple(o.id for o in same[1:]),
                )


def ordered_already(scene: Scene, rule: Rule) -> Iterator[PlanFinding]:
    """The book sends somebody to a unit on the very day of a line that sends them to another; where
    the plan cancels an order of theirs, it is a correction that knows."""
    for person, own in scene.by_person.items():
        if any(order.line.effect is Effect.VOID for order in own):
            continue
        for order in own:
            day = moment(order.line)
            state = scene.before(day).get(person)
            if order.line.effect is not Effect.MOVE or state is None:
                continue
            if state.get("unit") and state.get("since") == day.isoformat():
                there = f"{scene.unit(state['unit'], day)} {scene.post(state.get('post'))}".strip()
                yield found(
                    order,
                    f"{scene.name(person)}には、同じ日（{day:%Y-%m-%d}）に{there}への発令がもう"
                    "あります。このままだと、辞令が二つになります。",
                    "先の発令を改めるなら、この行を消し、その人のカードの「訂正する」から直します。",
                    "同じ内容なら、この行を消してください。",
                    cell="person",
                )


def unchanged(scene: Scene, rule: Rule) -> Iterator[PlanFinding]:
    """The one line of somebody's day, a transfer, leaves them as they were."""
    for person, own in scene.by_person.items():
        if len(own) > 1 or own[0].line.effect is not Effect.MOVE or own[0].unread:
            continue
        day = moment(own[0].line)
        before, after = (dict(at(day).get(person) or {}) for at in (scene.before, scene.after))
        if not before or before.pop("since", None) == day.isoformat():
            continue  # not in service, or sent somewhere that day already
        after.pop("since", None)
        if before == after:
            yield found(
                own[0],
                f"{scene.name(person)}は、発令の前も{scene.unit(after['unit'], day)} "
                f"{scene.post(after.get('post'))}です。この発令で変わるところがありません。",
                "行き先を直すか、要らなければ行を消してください。",
                cell="unit",
            )


def left_in_gone(scene: Scene, rule: Rule) -> Iterator[PlanFinding]:
    """Somebody whom the plan's lines leave in a unit that is not there (any more) on their day,
    though none of them names it: a cancelled order was the one that led out of it."""
    for person, own in scene.by_person.items():
        named = {order.line.unit for order in own}
        for order in own:
            day = moment(order.line)
            unit = (scene.after(day).get(person) or {}).get("unit")
            if not unit or unit in named or unit in scene.organisation(day).states:
                continue
            old = (scene.before(day).get(person) or {}).get("unit")
            if unit != old:
                eve = day - timedelta(days=1)
                yield found(
                    order,
                    f"{scene.name(person)}が、{day:%Y-%m-%d}には無い{scene.unit(unit, eve)}に"
                    "残ります。",
                    "その日からの所属を書いた行を加えてください。",
                    cell="wording",
                    unit=unit,
                )


def other_day(scene: Scene, rule: Rule) -> Iterator[PlanFinding]:
    """A line that does not work on the plan's day."""
    if scene.day is None:
        return
    for order in scene.orders:
        if moment(order.line) != scene.day and order.line.effective != scene.day:
            yield found(
                order,
                f"発令日 {order.line.effective:%Y-%m-%d} は、"
                f"案の日 {scene.day:%Y-%m-%d} と違います。",
                "正しければそのままで構いません。違えば発令日を直してください。",
                cell="effective",
            )


def wrong_void(scene: Scene, rule: Rule) -> Iterator[PlanFinding]:
    """A 取消 must name a line of the same addressee."""
    for order in scene.orders:
        line = order.line
        if line.effect is not Effect.VOID:
            continue
        if line.voids is None or scene.addressees.get(line.voids) != line.person:
            yield found(
                order,
                "取り消す発令が、この職員の発令簿に見つかりません。",
                "「訂正」の頁から、取り消す発令を選んで作り直してください。",
                "兼務を解くだけなら、取消ではなく兼務解除にします。",
                cell="wording",
            )


CHECKS: Mapping[str, Callable[[Scene, Rule], Iterator[PlanFinding]]] = {
    "unread": unread,
    "unknown_unit": unknown_unit,
    "unit_gone": unit_gone,
    "unknown_post": unknown_post,
    "double_order": double_order,
    "ordered_already": ordered_already,
    "unchanged": unchanged,
    "left_in_gone": left_in_gone,
    "other_day": other_day,
    "wrong_void": wrong_void,
}
