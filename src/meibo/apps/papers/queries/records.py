"""Forms of one person's record: 労働者名簿, 人事記録カード. For personnel alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from meibo.apps.papers.queries.asked import Asked, Card, Made, PaperError, kana, listed, name
from meibo.apps.papers.queries.facts import groups
from meibo.domain import calendar
from meibo.domain.book import Effect
from meibo.ledger import policy, reader
from meibo.ledger.reader import OrderCard
from meibo.platform.layout.wording import SEX, as_date, era_date
from meibo.platform.papers.cells import Day
from meibo.platform.papers.setting import Sheet
from meibo.platform.papers.tables import Column, Section, Table
from meibo.platform.papers.wording import joined

_DEATH = "死亡"


def workers(asked: Asked) -> Made:
    """労働者名簿: the nine items of 労働基準法107条 and 施行規則53条, a page a person. Who was
    named and has left is printed as of the last day of service."""
    people = _people(asked)
    orders = _orders(asked, people)
    pages = [_worker(card, orders.get(card.id, ())) for card in people]
    sheet = Sheet("workers", "労働者名簿", {"people": pages}, asked.town, asked.on, careful=True)
    return Made(sheet, len(pages), _worker_table(pages))


def _people(asked: Asked) -> list[reader.Card]:
    asked.progress("職員を読む", 0, 3)
    found = asked.cards()
    present = {card.id for card in found}
    for person in asked.people:
        if person not in present:
            day = reader.day_in_service(asked.viewer, person, on=asked.on)
            card = reader.card(asked.viewer, person, on=day) if day and day < asked.on else None
            found += [card] if card else []
    if not found:
        raise PaperError("当てはまる職員はいません。基準日か、組織・職員番号を変えてください。")
    return found


def _orders(asked: Asked, people: Sequence[reader.Card]) -> dict[str, list[OrderCard]]:
    """What has been ordered of each of them by the day, oldest first."""
    asked.progress("発令を読む", 1, 3)
    ids = [card.id for card in people]
    by_person: dict[str, list[OrderCard]] = {}
    for order in reader.orders(asked.viewer, date.min, asked.on, people=ids, faces=False):
        if not order.cancelled and order.effect is not Effect.VOID:
            by_person.setdefault(order.person, []).append(order)
    asked.progress("用紙を組む", 2, 3)
    return by_person


def _worker(card: Card, orders: Sequence[OrderCard]) -> dict[str, Any]:
    left = next((o for o in reversed(orders) if o.effect is Effect.LEAVE), None)
    died = left is not None and _DEATH in left.wording
    gone = {"day": "", "why": ""}
    if left is not None:
        reason = "　".join(filter(None, (left.wording, left.note)))
        gone = {"day": Day.long(left.effective), "why": reason}
    return {
        "staff_no": str(card.get("staff_no") or ""),
        "name": name(card),
        "kana": kana(card),
        "birth": _long(card.get("birth_date")),
        "sex": SEX.get(str(card.get("sex")), str(card.get("sex") or "")),
        "postcode": str(card.get("postcode") or ""),
        "address": str(card.get("address") or ""),
        "work": _work(card),
        "hired": _long(card.get("hired")),
        "left": gone if not died else {"day": "", "why": ""},
        "death": gone if died else {"day": "", "why": ""},
        "history": history(orders),
    }


def _work(card: Card) -> str:
    where = joined("".join(card.get("unit_path") or ()), str(card.get("post") or ""))
    return "　".join(filter(None, (str(card.get("job") or ""), where)))


def history(orders: Sequence[OrderCard]) -> list[list[str]]:
    """Day, kind, what was ordered: the lines of a career on paper."""
    return [[era_date(o.effective), o.wording, _matter(o), o.order_no] for o in orders]


def _matter(order: OrderCard) -> str:
    grade = f"{order.grade}級" if order.grade else ""
    until = order.until or order.term_end
    ends = f"（{calendar.wareki(until)}まで）" if until else ""
    where = joined("".join(order.path), order.post)
    return "　".join(filter(None, (where, grade, order.body, order.reason, order.note))) + ends


def _worker_table(pages: Sequence[Mapping[str, Any]]) -> Table:
    keys = ("staff_no", "name", "kana", "birth", "sex", "address", "work", "hired")
    labels = ("職員番号", "氏名", "読み", "生年月日", "性別", "住所", "業務の種類", "雇入年月日")
    ends = ("退職年月日", "退職の事由", "死亡年月日", "死亡の原因", "履歴")
    rows = [
        [
            *(page[key] for key in keys),
            *(page["left"]["day"], page["left"]["why"]),
            *(page["death"]["day"], page["death"]["why"]),
            "／".join(" ".join(filter(None, line[:3])) for line in page["history"]),
        ]
        for page in pages
    ]
    columns = tuple(Column(label, 1) for label in (*labels, *ends))
    return Table("労働者名簿", columns, (Section("", rows),))


def record(asked: Asked) -> Made:
    """人事記録カード: all of a record that the viewer sees, with the career, a page or more a
    person."""
    people = _people(asked)
    orders = _orders(asked, people)
    free = policy.table(asked.viewer.today).free.values()
    pages = [
        {
            "name": name(card),
            "kana": kana(card),
            "groups": groups(card, free),
            "history": history(orders.get(card.id, ())),
        }
        for card in people
    ]
    data = {"people": pages}
    return Made(
        Sheet("record", "人事記録カード", data, asked.town, asked.on, careful=True), len(pages)
    )


def absent(asked: Asked) -> Made:
    """休職・派遣者一覧: who is away by order or leave on the day, and who is lent."""
    rows: dict[str, list[tuple[str, ...]]] = {}
    for card in asked.cards():
        if card.get("leave_from"):
            kind = str(card.get("leave") or "")
            rows.setdefault("休職・休業", []).append(_away(card, kind, ""))
        if card.get("dispatch_body"):
            kind, body = str(card.get("dispatch") or ""), str(card["dispatch_body"])
            rows.setdefault("派遣", []).append(_away(card, kind, body))
    columns = (
        *(Column("職員番号", 1.2), Column("氏名", 2), Column("読み", 2.2), Column("所属", 4)),
        *(Column("職", 1.4), Column("種類", 2), Column("派遣先など", 2.6)),
        *(Column("はじめ", 1.4), Column("おわり", 1.4)),
    )
    sections = tuple(Section(head, own, f"{len(own)}人") for head, own in rows.items())
    title = " ".join(filter(None, (asked.unit_name(), "休職・派遣者一覧")))
    table = Table(title, columns, sections, landscape=True, group="区分")
    return listed(asked, table, careful=True)


def _away(card: Card, kind: str, body: str) -> tuple[str, ...]:
    leave = not body
    return (
        str(card.get("staff_no") or ""),
        name(card),
        kana(card),
        " ".join(card.get("unit_path") or ()),
        str(card.get("post") or ""),
        kind,
        body,
        _short(card.get("leave_from")) if leave else "",
        _short(card.get("leave_to")) if leave else "",
    )


def _long(value: object) -> str:
    day = as_date(value)
    return Day.long(day) if day else ""


def _short(value: object) -> str:
    day = as_date(value)
    return Day.short(day) if day else ""
