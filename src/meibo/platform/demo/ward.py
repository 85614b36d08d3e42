"""The demo ward as it stands at a moment of its story, and the few things that are done to it."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from meibo.domain.book import Effect, SeatKind
from meibo.ledger.writer import new_id
from meibo.platform.demo.chairs import House
from meibo.platform.demo.codes import GRADE, JOB
from meibo.platform.demo.fiscal import april, fiscal_year
from meibo.platform.demo.naming import FullName, Namer
from meibo.platform.demo.people import Chair, Further, Staff, post_of
from meibo.platform.demo.scribe import TOKYO, Scribe

YEARS = 8  # from the opening of the books to the coming April
REORGANISED = (6, 3, 0)  # years before the coming April
_FIRST_NUMBER, _FIRST_YEARLY = 101, 500_001
_WEIGHTS = (7, 6, 5, 4, 3, 2)
ENDING = {
    SeatKind.CONCURRENT: "兼務解除",
    SeatKind.CROSS: "併任解除",
    SeatKind.ACTING: "事務取扱解除",
}


def staff_number(serial: int) -> str:
    """Six digits and a check digit by modulus 11, weights 7 to 2 from the left; 10 and 11 are 0."""
    digits = f"{serial:06d}"
    rest = sum(w * int(d) for w, d in zip(_WEIGHTS, digits, strict=True)) % 11
    return f"{digits}{0 if rest in (0, 1) else 11 - rest}"


@dataclass(slots=True)
class Invented:
    """What is decided about someone before they have a number."""

    sex: str
    born: date
    name: FullName
    job: str
    term: str
    hired: date
    grade: int
    graded: date
    since: date


class Ward:
    """The state: who sits where, what was written. Whoever changes it is a function elsewhere."""

    def __init__(self, now: datetime, seed: int, people: int) -> None:
        self.now = now
        self.today = now.astimezone(TOKYO).date()
        self.coming = fiscal_year(self.today) + 1
        self.opening = april(self.coming - YEARS)
        self.rng = random.Random(seed)  # nosec B311  # a story, not a secret
        self.namer = Namer(self.rng)
        self.scribe = Scribe(now)
        self.house = House(people)
        self.staff: list[Staff] = []
        self.settled: set[Staff] = set()  # those who stay where they are in the coming April
        self._number, self._yearly_number = _FIRST_NUMBER, _FIRST_YEARLY

    # -- people -----------------------------------------------------------------

    def welcome(self, new: Invented) -> Staff:
        """Give someone an id and a number."""
        staff = Staff(
            new_id(),
            "",
            new.sex,
            new.born,
            new.name,
            new.job,
            new.term,
            new.hired,
            new.grade,
            new.graded,
            new.since,
        )
        if staff.yearly:
            staff.number = staff_number(self._yearly_number)
            self._yearly_number += 1
        else:
            staff.number = staff_number(self._number)
            self._number += 1
        self.staff.append(staff)
        return staff

    def present(self) -> Iterator[Staff]:
        """Everyone in service."""
        return (s for s in self.staff if s.left is None)

    def regular(self) -> Iterator[Staff]:
        """Everyone in service but those on one-year appointments."""
        return (s for s in self.present() if not s.yearly)

    def chance(self, share: float) -> bool:
        """Whether a thing that happens to this share of people happens now."""
        return self.rng.random() < share

    # -- the house ---------------------------------------------------------------

    def era(self, day: date) -> int | None:
        """The number of the reorganisation of a day, if there is one."""
        days = [april(self.coming - ago) for ago in REORGANISED]
        return days.index(day) if day in days else None

    def section(self, unit: str) -> str:
        """The code by which units of one section are known."""
        return unit[:4]

    def place(self, unit: str) -> dict[str, Any]:
        """What an order states of a unit."""
        return {"unit": unit, "authority": self.house.specs[unit].authority}

    def heads(self) -> dict[str, Staff]:
        """Who leads which unit by main post."""
        return {c.unit: c.holder for c in self.house.chairs if c.head and c.holder is not None}

    # -- orders -------------------------------------------------------------------

    def enter(self, staff: Staff, chair: Chair, day: date, wording: str, **stated: Any) -> None:
        """Appoint someone to a chair: 採用 and the like."""
        post = post_of(chair, staff.grade)
        staff.sit(chair, day, post)
        terms = {"post": post, "job": JOB[staff.job], "employment": staff.term}
        if not staff.yearly:
            terms |= {"step": step(staff, day), "appointment": ""}
        grade = {} if staff.yearly else {"grade": staff.grade}
        stated = {**self.place(chair.unit), **terms, **grade, "term_end": staff.term_end} | stated
        self.scribe.order(staff, Effect.ENTER, day, wording, **stated)

    def move(self, staff: Staff, chair: Chair, day: date, grade: int | None = None) -> None:
        """Put someone on another chair, with the order that this takes, if it takes one."""
        staff.aim = 0
        if staff.entering:
            wording, staff.entering = staff.entering, ""
            self.enter(staff, chair, day, wording)
            return
        before = (staff.unit, staff.post, staff.grade)
        wording = "配置換"
        if grade is not None and grade != staff.grade:
            wording = "昇任" if grade > staff.grade else "降任"
            staff.grade, staff.graded = grade, day
        post = post_of(chair, staff.grade)
        if (chair.unit, post, staff.grade) != before:
            self.relieve(staff, day)
        staff.sit(chair, day, post)
        stated = {**self.place(chair.unit), "post": post, "grade": staff.grade}
        stated["step"] = step(staff, day)
        if staff.sent is not None:
            staff.sent = None
            self.scribe.order(staff, Effect.RESUME, day, "派遣復帰", slot="dispatch", **stated)
        elif (chair.unit, post, staff.grade) != before:
            self.scribe.order(staff, Effect.MOVE, day, wording, **stated)

    def relieve(self, staff: Staff, day: date, only: Iterable[Further] | None = None) -> None:
        """End posts held besides the main one, all of them or these."""
        for further in list(staff.further if only is None else only):
            staff.further.remove(further)
            self.scribe.order(
                staff,
                Effect.RELIEVE,
                day,
                ENDING[further.kind],
                unit=further.unit,
                post=further.post,
                kind=further.kind,
            )

    def dismiss(self, staff: Staff, last: date, wording: str, **options: Any) -> None:
        """Let someone go; `last` is the last day in service."""
        self.scribe.order(staff, Effect.LEAVE, last, wording, **options)
        staff.leave(date.fromordinal(last.toordinal() + 1))


def step(staff: Staff, day: date) -> str:
    """号給: three digits that grow with the years in the grade."""
    years = max(day.year - staff.graded.year, 0)
    start = 5 if staff.grade >= 5 else 17
    return f"{min(start + 4 * years, 125):03d}"


def graded(post: str) -> int:
    """The grade that belongs to a post; 0 where it has none."""
    return GRADE[post]
