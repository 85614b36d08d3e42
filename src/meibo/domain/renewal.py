"""会計年度任用職員: contracts of one fiscal year, and the round in which it is settled who goes on.

地方公務員法22条の2: the term ends at the latest with the fiscal year; from 1 April it is a new
appointment (再度の任用), within the year the term may be moved (任期更新). Working less than a full
week is what tells パートタイム from フルタイム.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache

from meibo.domain.book import Effect, Line
from meibo.domain.calendar import fiscal_bounds, fiscal_year

FILE = "renewal.csv"
YES, NO, EITHER = "yes", "no", "either"
RENEW, END, MOVE = "renew", "end", "move"
HOURS = "hours"
"""Field of the filing of weekly hours, in minutes; `hours:KEY` for the appointment KEY."""
_DAY = timedelta(days=1)
_MOST = 6000  # minutes a week that nobody works


@dataclass(frozen=True, slots=True)
class RenewalRules:
    """What a town decides. `most_renewals` None: no limit; times in minutes a week."""

    employment: frozenset[str]
    full: frozenset[str] = frozenset()
    wording: str = "再度の任用"
    extension: str = "任期更新"
    most_renewals: int | None = None
    full_minutes: int = 2325
    notice_days: int = 30


@dataclass(frozen=True, slots=True)
class Contract:
    """One appointment in force. `minutes`: of work a week, None where not recorded; `goes_on`: the
    book says already that it does after `term_end`."""

    person: str
    appointment: str
    unit: str | None
    post: str | None
    job: str | None
    employment: str | None
    authority: str | None
    hired: date
    term_end: date | None
    minutes: int | None = None
    goes_on: bool = False

    def renewed(self, on: date) -> int:
        """How often it was renewed by a day."""
        return max(fiscal_year(on) - fiscal_year(self.hired), 0)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said and decided of one contract: `section` and `person` before, `decision` at the
    end (RENEW, END, MOVE); for MOVE and other hours what is new. `recruited`: chosen anew in an
    open competition (公募), to whom no limit of renewals applies."""

    section: str = ""
    person: str = ""
    decision: str = ""
    unit: str = ""
    post: str = ""
    minutes: int | None = None
    recruited: bool = False


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something about an answer that has to be settled (`stops`) or looked at."""

    code: str
    message: str
    action: str
    stops: bool


@lru_cache(maxsize=2)
def parse(text: str) -> RenewalRules:
    """Read `renewal.csv`; what is missing or no number is as it comes."""
    rows = csv.DictReader(io.StringIO(text))
    told = {r["key"].strip(): (r.get("value") or "").strip() for r in rows if r.get("key")}
    kinds, full = (frozenset(told.get(name, "").split()) for name in ("employment", "full"))
    rules = RenewalRules(kinds, full)
    words = {name: told[name] for name in ("wording", "extension") if told.get(name)}
    numbers = {
        name: int(told[name])
        for name in ("most_renewals", "full_minutes", "notice_days")
        if told.get(name, "").isdecimal()
    }
    return replace(rules, **words, **numbers)  # type: ignore[arg-type]  # names and types of the fields


def doubts(
    contract: Contract,
    answer: Answer,
    rules: RenewalRules,
    *,
    first: date,
    full: bool,
    together: int,
    authorities: tuple[str, str] = ("", ""),
) -> Iterator[Doubt]:
    """What is to be settled before this becomes an order. `first`: the day of the new appointment;
    `full`: whether it is full time; `together`: minutes a week of all the person's contracts that
    go on; `authorities`: who appoints until then, and from then on."""
    goes_on = answer.decision in {RENEW, MOVE}
    if not answer.decision:
        yield Doubt("undecided", "決まっていません", "更新・終了・異動のどれかに決める", False)
    if goes_on and answer.person == NO:
        yield Doubt("unwilling", "本人が希望していません", "本人に確かめるか、終了にする", True)
    if answer.decision == END and answer.section == YES and answer.person == YES:
        yield Doubt("against_both", "所属も本人も続けたいと答えています", "わけを確かめる", False)
    if answer.decision == MOVE and not (answer.unit or answer.post):
        yield Doubt("nowhere", "異動先がありません", "異動先の所属か職を選ぶ", True)
    if goes_on and authorities[0] != authorities[1]:
        message = f"任命権者が変わります（{authorities[0]} → {authorities[1]}）"
        yield Doubt("other_authority", message, "新しい任命権者に確かめる", False)
    count = contract.renewed(first)
    limit = None if answer.recruited else rules.most_renewals
    if goes_on and limit is not None and count > limit:
        message = f"公募によらない再度の任用の上限（{limit}回）を超えます（{count}回目）"
        yield Doubt(
            "too_often",
            message,
            "公募を経たなら「公募を経た」の印を付け、そうでなければ終了にする",
            True,
        )
    yield from _hours(answer, contract, rules, full=full, together=together, goes_on=goes_on)
    if contract.term_end is None:
        yield Doubt("no_term", "任期の満了日が記録されていません", "任期を訂正してから進める", True)


def _hours(
    answer: Answer,
    contract: Contract,
    rules: RenewalRules,
    *,
    full: bool,
    together: int,
    goes_on: bool,
) -> Iterator[Doubt]:
    minutes = answer.minutes if answer.minutes is not None else contract.minutes
    if not goes_on or minutes is None:
        return
    if not full and minutes >= rules.full_minutes:
        message = "パートタイムの勤務時間が、フルタイムと同じか長くなっています"
        yield Doubt("part_too_long", message, "時間を直すか、任用形態を変える", True)
    if full and minutes != rules.full_minutes:
        message = "フルタイムの勤務時間が、決められた時間と違います"
        yield Doubt("full_differs", message, "時間を直すか、パートタイムにする", True)
    if together > rules.full_minutes:
        message = f"ほかの任用と合わせて週{clock(together)}になります"
        yield Doubt("too_long_together", message, "どれかの時間を減らす", True)


def order(
    contract: Contract,
    answer: Answer,
    rules: RenewalRules,
    *,
    last: date,
    now: datetime,
    authority: str = "",
) -> Line | None:
    """The order that follows from a decision; None where the term just ends. `last`: the new last
    day; `authority`: who appoints, where it is not whoever did. Across 31 March it is a new
    appointment, before it the term is moved."""
    if answer.decision not in {RENEW, MOVE} or contract.term_end is None:
        return None
    day = contract.term_end + _DAY
    unit = answer.unit or contract.unit
    post = answer.post or contract.post
    again = day == fiscal_bounds(fiscal_year(day))[0]
    moved = None if (unit, post) == (contract.unit, contract.post) else (unit, post)
    return Line(
        *(0, day, now, Effect.ENTER if again else Effect.MOVE, contract.person),
        *(rules.wording if again else rules.extension, "", contract.appointment),
        unit=unit if again or moved else None,
        post=post if again or moved else None,
        job=contract.job if again else None,
        employment=contract.employment if again else None,
        authority=(authority or contract.authority) if again or moved else None,
        term_end=last,
    )


def together(contracts: Iterable[tuple[Contract, Answer]]) -> dict[str, int]:
    """Minutes a week of all contracts of each person that go on."""
    found: dict[str, int] = {}
    for contract, answer in contracts:
        minutes = answer.minutes if answer.minutes is not None else contract.minutes
        if answer.decision != END and minutes:
            found[contract.person] = found.get(contract.person, 0) + minutes
    return found


def hours_field(appointment: str) -> str:
    """The field under which the weekly hours of an appointment are filed."""
    return f"{HOURS}:{appointment}" if appointment else HOURS


def clock(minutes: int) -> str:
    """2325 → 38時間45分."""
    hours, rest = divmod(minutes, 60)
    return f"{hours}時間{rest}分" if rest else f"{hours}時間"


def read_clock(text: str) -> int | None:
    """Minutes of 38:45, 38時間45分, 38.75 or 2325分, in whichever width; None for what is none of
    them, for none at all and for a hundred hours and more."""
    given = unicodedata.normalize("NFKC", text).strip()
    plain = given.replace("時間", ":").rstrip("分").rstrip(":")
    if ":" in plain:
        hours, _, rest = plain.partition(":")
        good = hours.isdecimal() and rest.isdecimal() and int(rest) < 60
        minutes = int(hours) * 60 + int(rest) if good else 0
    elif given.endswith("分") and plain.isdecimal():
        minutes = int(plain)
    else:
        try:
            minutes = round(float(plain) * 60)
        except (ValueError, OverflowError):
            return None
    return minutes if 0 < minutes < _MOST else None
