"""A small house for tests of the ledger: three units, a few people, told in a few lines."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from meibo.domain.book import OPEN, Effect, Line, SeatKind
from meibo.domain.disclosure import Viewer
from meibo.ledger import writer
from meibo.ledger.writer import UNIT, Batch, NewCode, NewFiling

TOKYO = ZoneInfo("Asia/Tokyo")
START = date(2020, 4, 1)
TODAY = date(2026, 11, 23)
NOW = datetime.combine(TODAY, time(9), TOKYO)
KNOWN = datetime.combine(START, time(), TOKYO)

UNITS = {
    "01000000": ("区民部", None, "1"),
    "01010000": ("税務課", "01000000", "2"),
    "01010010": ("納税係", "01010000", "3"),
    "02000000": ("福祉部", None, "1"),
    "02010000": ("福祉課", "02000000", "2"),
}
POSTS = {
    "030": ("課長", 5, True),
    "050": ("係長", 3, True),
    "060": ("主任", 2, False),
    "070": ("主事", 1, False),
}


def viewer(*ties: str, person: str | None = None, today: date = TODAY) -> Viewer:
    return Viewer(frozenset(ties), today, person)


def house() -> Batch:
    """Units and posts."""
    batch = Batch()
    for code, (name, parent, level) in UNITS.items():
        for field, value in (("name", name), ("parent", parent), ("level", level)):
            if value is not None:
                filing = NewFiling(UNIT + code, field, value, START, KNOWN)
                batch.filings.append(filing)
    for rank, (code, (name, grade, head)) in enumerate(POSTS.items(), 1):
        extra = f'{{"grade": {grade}, "head": {str(head).lower()}}}'
        batch.codes.append(NewCode("post", code, name, rank, extra))
    return batch


def hire(batch: Batch, number: str, name: str, kana: str, unit: str, post: str, **more: Any) -> str:
    """Enter someone on START; returns the id."""
    person = writer.new_id()
    batch.people[person] = number
    stated = {"grade": POSTS[post][1], "job": "01", "employment": "1"} | more
    enter = Line(0, START, KNOWN, Effect.ENTER, person, "採用", unit=unit, post=post, **stated)
    batch.add(enter)
    values = {"staff_no": number, "name": name, "kana": kana, "birth_date": "1990-05-06"}
    for field, value in values.items():
        batch.filings.append(NewFiling(person, field, value, START, KNOWN))
    return person


def order(person: str, day: date, effect: Effect, wording: str = "配置換", **stated: Any) -> Line:
    return Line(0, day, NOW, effect, person, wording, **stated)


def file(batch: Batch, person: str, field: str, value: str, day: date = START) -> None:
    batch.filings.append(NewFiling(person, field, value, day, KNOWN, OPEN))


def append(batch: Batch, now: datetime = NOW) -> dict[int, int]:
    return writer.append(batch, actor="test", now=now)


CONCURRENT = SeatKind.CONCURRENT
