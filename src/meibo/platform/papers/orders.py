"""Orders on paper: 辞令, 人事異動通知書, 内示書.

The functions take plain rows, so that orders of the book and lines of a plan print alike: who
calls them has asked the disclosure table, or the plan's own list of people, already.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from meibo.domain import calendar
from meibo.domain.book import Effect
from meibo.platform.papers.setting import Sheet
from meibo.platform.papers.wording import Wording

#: Orders to somebody who has a main seat: of it they change what they state, and nothing else.
_RESEATS = frozenset({Effect.MOVE, Effect.PAUSE, Effect.RESUME})


@dataclass(frozen=True, slots=True)
class OrderRow:
    """One order, in words. `unit`, `post`: where it puts the addressee (`seated`); `old_unit`,
    `old_post`: where the addressee is on the eve; the path of a unit is written without blanks, as
    orders write it."""

    name: str
    effective: date
    wording: str
    kana: str = ""
    staff_no: str = ""
    order_no: str = ""
    authority: str = ""
    unit: str = ""
    post: str = ""
    grade: str = ""
    job: str = ""
    employment: str = ""
    until: date | None = None
    term_end: date | None = None
    body: str = ""
    reason: str = ""
    note: str = ""
    old_unit: str = ""
    old_post: str = ""
    told: date | None = None
    """The day of the 内示, of a line that is no order yet."""

    def values(self, town: str) -> Mapping[str, str]:
        """What the town's sentences may name."""
        return {
            "unit": self.unit,
            "post": self.post,
            "grade": self.grade,
            "job": self.job,
            "employment": self.employment,
            "until": calendar.wareki(self.until) if self.until else "",
            "term": calendar.wareki(self.term_end) if self.term_end else "",
            "body": self.body,
            "reason": self.reason,
            "note": self.note,
            "old_unit": self.old_unit,
            "old_post": self.old_post,
            "town": town,
            "wording": self.wording,
        }


def seated(effect: Effect, named: tuple[str, str], after: tuple[str, str]) -> tuple[str, str]:
    """The unit and post that an order puts somebody in: what it states, and of the main seat that
    it changes what stays as it was (`after`: that seat on the day). An order of a further seat, or
    to who comes, gives what it states and no more; so does one that leaves the seat alone."""
    unit, post = named
    if effect in _RESEATS and unit and not post and unit == after[0]:
        return after
    if effect in _RESEATS and post and not unit and post == after[1]:
        return after
    return named


def appointments(
    rows: Sequence[OrderRow], wording: Wording, town: str, *, draft: bool = False
) -> Sheet:
    """辞令: a page for each person and day; several orders of that day stand on it together. As a
    `draft` every page says so, and bears no seal."""
    pages = [_letter(own, wording, town) for own in _together(rows)]
    data = {"letters": pages, "seal": wording.seal, "draft": draft}
    return Sheet("jirei", f"辞令{'（案）' if draft else ''}", data, town, careful=True)


def notices(rows: Sequence[OrderRow], wording: Wording, town: str) -> Sheet:
    """人事異動通知書: what the order says, and before and after side by side."""
    letters = [
        {**_letter(own, wording, town), "moves": [_move(row) for row in own]}
        for own in _together(rows)
    ]
    data = {"letters": letters, "seal": wording.seal}
    return Sheet("notice", "人事異動通知書", data, town, careful=True)


def informal(rows: Sequence[OrderRow], wording: Wording, town: str) -> Sheet:
    """内示書: what is coming, told to one person before it is announced. It bears no number and no
    seal."""
    letters = [
        {
            **_letter(own, wording, town),
            "moves": [_move(row) for row in own],
            "given": calendar.wareki(own[0].told) if own[0].told else "",
        }
        for own in _together(rows)
    ]
    return Sheet("informal", "内示書", {"letters": letters}, town, careful=True)


def unknown_wordings(rows: Iterable[OrderRow], wording: Wording) -> list[str]:
    """The kinds of order for which the town has no sentence of its own."""
    return sorted({row.wording for row in rows if not wording.knows(row.wording)})


def _together(rows: Sequence[OrderRow]) -> list[list[OrderRow]]:
    """Rows that go to one person for one day, under one authority, in the order given."""
    found: dict[tuple[object, ...], list[OrderRow]] = {}
    for row in rows:
        key = (row.staff_no or row.name, row.name, row.effective, row.authority, row.told)
        found.setdefault(key, []).append(row)
    return list(found.values())


def _letter(rows: Sequence[OrderRow], wording: Wording, town: str) -> dict[str, Any]:
    first = rows[0]
    values = first.values(town)
    lines = [line for row in rows for line in wording.lines(row.wording, row.values(town))]
    office, name = wording.signer(first.authority, values)
    now = " ".join(filter(None, (first.old_unit, first.old_post)))
    return {
        "no": "・".join(dict.fromkeys(row.order_no for row in rows if row.order_no)),
        "name": first.name.replace("\u3000", " "),
        "kana": first.kana.replace("\u3000", " "),
        "staff_no": first.staff_no,
        "now": now,
        "lines": list(dict.fromkeys(lines)),
        "day": calendar.wareki(first.effective),
        "office": office,
        "signer": name,
    }


def _move(row: OrderRow) -> dict[str, str]:
    until = row.until or row.term_end
    return {
        "wording": row.wording,
        "no": row.order_no,
        "old": " ".join(filter(None, (row.old_unit, row.old_post))),
        "new": " ".join(filter(None, (row.unit, row.post))) or row.body,
        "until": calendar.wareki(until) if until else "",
        "note": row.note,
    }
