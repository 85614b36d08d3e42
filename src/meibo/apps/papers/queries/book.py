"""Forms of the book of orders: 発令簿, 辞令, 人事異動通知書."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from meibo.apps.papers.queries.asked import Asked, Card, Made, PaperError, kana, listed, name
from meibo.domain import calendar
from meibo.domain.book import Effect
from meibo.ledger import house, reader
from meibo.ledger.reader import HouseOrder, OrderCard
from meibo.platform.papers.cells import Day
from meibo.platform.papers.orders import (
    OrderRow,
    appointments,
    notices,
    seated,
    unknown_wordings,
)
from meibo.platform.papers.setting import Sheet
from meibo.platform.papers.tables import Column, Section, Table
from meibo.platform.papers.wording import Wording, WordingError, joined, wording
from meibo.platform.town import appoints

_DAY = timedelta(days=1)
#: So many units of a reorganisation are named in the book.
_UNITS = 6


def book(asked: Asked) -> Made:
    """発令簿: every order of the period by day and number, the cancelled ones marked."""
    first, last = asked.period()
    found = _orders(asked)
    # One order for the house concerns everybody: it stands in the book of the whole period alone.
    whole = not asked.people and not asked.unit
    rest = reader.house_orders(asked.viewer, first, last) if whole else []
    days: dict[str, list[tuple[str, ...]]] = {}
    every: list[OrderCard | HouseOrder] = [*found, *rest]
    for order in sorted(every, key=_numbered):
        line = _line(order) if isinstance(order, OrderCard) else _house_line(order)
        days.setdefault(Day.long(order.effective), []).append(line)
    sections = tuple(Section(day, own, f"{len(own)}件") for day, own in days.items())
    columns = (
        *(Column("発令番号", 2), Column("種別", 1.5), Column("職員番号", 1.3)),
        *(Column("氏名", 2), Column("前の所属・職", 4), Column("発令の内容", 4.6)),
        *(Column("期限", 1.7), Column("備考", 1.8)),
    )
    period = f"{calendar.wareki(first)}から{calendar.wareki(last)}まで　{len(every)}件"
    table = Table("発令簿", columns, sections, period, landscape=True, group="発令日")
    return listed(asked, table, careful=True, on=False)


def _house_line(order: HouseOrder) -> tuple[str, ...]:
    """An order for the whole house: which units it turns into which."""
    told = [f"{'→'.join(filter(None, (old, new)))}（{kind}）" for old, new, kind in order.moves]
    more = f"、ほか{len(told) - _UNITS}件" if len(told) > _UNITS else ""
    moves = "、".join(told[:_UNITS]) + more
    cancelled = "取消" if order.cancelled else ""
    return (order.order_no, order.wording, "", "組織全体", "", moves, "", cancelled)


def _numbered(order: OrderCard | HouseOrder) -> tuple[object, ...]:
    """Day, then number as people count: 第9号 before 第10号; then the place in the book."""
    parts: list[tuple[int, str]] = []
    digits = ""
    for character in order.order_no + " ":
        if character.isdecimal():
            digits += character
            continue
        if digits:
            parts.append((int(digits), ""))
            digits = ""
        parts.append((-1, character))
    return order.effective, parts, order.no


def _line(order: OrderCard) -> tuple[str, ...]:
    card = order.after or order.before
    old = order.before
    told = "取消" if order.cancelled else ""
    until = order.until or order.term_end
    details = [joined("".join(order.path), order.post), order.body, order.reason]
    grade = f"{order.grade}級" if order.grade else ""
    return (
        order.order_no,
        f"{order.wording}{f'（{order.kind}）' if order.kind not in {'', '本務'} else ''}",
        str(card.get("staff_no") or "") if card else "",
        name(card) if card else "",
        _stand(old) if old else "",
        "　".join(filter(None, [*details, grade])),
        Day.short(until) if until else "",
        "　".join(filter(None, (told, order.note))),
    )


def _stand(card: Card) -> str:
    """Where somebody is, as orders write it."""
    return joined(*_seat(card))


def _seat(card: Card) -> tuple[str, str]:
    """Somebody's unit and post in words."""
    return "".join(card.get("unit_path") or ()), str(card.get("post") or "")


def _orders(asked: Asked) -> list[OrderCard]:
    first, last = asked.period()
    asked.progress("発令を読む", 0, 2)
    found = reader.orders(asked.viewer, first, last, people=asked.people or None)
    if asked.unit:
        asked.unit_name()
        found = [order for order in found if _concerns(order, asked.unit)]
    asked.progress("用紙を組む", 1, 2)
    return found


def _concerns(order: OrderCard, unit: str) -> bool:
    """Whether the addressee is in the unit, or below it, on the eve or on the day."""
    cards = [card for card in (order.before, order.after) if card is not None]
    return any(unit in (card.get("unit_codes") or ()) for card in cards)


def letters(asked: Asked) -> Made:
    """辞令 of a period, a page for each person and day."""
    rows, said = order_rows(_orders(asked)), _wording()
    return _made(appointments(rows, said, asked.town), rows, said)


def notes(asked: Asked) -> Made:
    """人事異動通知書 of a period."""
    rows, said = order_rows(_orders(asked)), _wording()
    return _made(notices(rows, said, asked.town), rows, said)


def _wording() -> Wording:
    try:
        return wording()
    except WordingError as error:
        raise PaperError(f"辞令の文言の表を読めません。{error}") from error


def _made(sheet: Sheet, rows: Sequence[OrderRow], said: Wording) -> Made:
    if not rows:
        raise PaperError("この期間に、当てはまる発令はありません。期間か人を変えてください。")
    unknown = unknown_wordings(rows, said)
    told = f"文言の表（town/forms/jirei.toml）にない種別があります：{'、'.join(unknown)}"
    return Made(sheet, len(sheet.data["letters"]), remarks=(told,) if unknown else ())


def order_rows(orders: Sequence[OrderCard]) -> list[OrderRow]:
    """Orders of the book as rows to print; cancelled and cancelling ones are not printed."""
    found = []
    for order in orders:
        if order.cancelled or order.effect in {Effect.VOID, Effect.REMAP}:
            continue
        card = order.after or order.before
        old: Card = order.before or {}
        named = "".join(order.path), order.post
        unit, post = seated(order.effect, named, _seat(order.after or {}))
        found.append(
            OrderRow(
                name(card) if card else "",
                order.effective,
                order.wording,
                kana(card) if card else "",
                str(card.get("staff_no") or "") if card else "",
                order.order_no,
                order.authority or _appoints(order),
                unit,
                post,
                str(order.grade or ""),
                order.job,
                order.employment,
                order.until,
                order.term_end,
                order.body,
                order.reason,
                order.note,
                *_seat(old),
            )
        )
    return found


def _appoints(order: OrderCard) -> str:
    """Who appoints where the person goes; of an order that names no unit, where they are."""
    if order.unit_code:
        return appoints(order.unit_code, house.organisation(order.effective))
    old: Card = order.before or {}
    return appoints(old.get("unit_code"), house.organisation(order.effective - _DAY))
