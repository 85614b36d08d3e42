"""会計年度任用職員: who goes on, by what order, within which limits."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from meibo.domain.book import Effect, Line, fold
from meibo.domain.renewal import (
    END,
    MOVE,
    NO,
    RENEW,
    YES,
    Answer,
    Contract,
    RenewalRules,
    clock,
    doubts,
    order,
    parse,
    read_clock,
    together,
)
from tests.house.source import ROOT

RULES = parse((ROOT / "town" / "renewal.csv").read_text("utf-8-sig"))
NOW = datetime(2027, 1, 20, tzinfo=UTC)
APRIL = date(2027, 4, 1)
CONTRACT = Contract(
    *("p1", "", "01010010", "901", "01", "6", "1"), date(2024, 4, 1), date(2027, 3, 31), 1740
)


def codes(answer: Answer, contract: Contract = CONTRACT, *, full: bool = False) -> set[str]:
    found = doubts(contract, answer, RULES, first=APRIL, full=full, together=1740)
    return {doubt.code for doubt in found if doubt.stops}


def test_the_rules_of_the_town_are_read() -> None:
    full = frozenset({"会計年度フルタイム"})
    assert RenewalRules(full | {"会計年度パートタイム"}, full, most_renewals=4) == RULES
    assert parse("key,value\nmost_renewals,\nfull_minutes,長い\n").full_minutes == 2325


def test_from_the_first_of_april_it_is_a_new_appointment() -> None:
    made = order(CONTRACT, Answer(decision=RENEW), RULES, last=date(2028, 3, 31), now=NOW)
    assert made is not None
    assert (made.effective, made.effect, made.wording) == (APRIL, Effect.ENTER, "再度の任用")
    assert (made.unit, made.post, made.employment) == ("01010010", "901", "6")


def test_service_goes_on_without_a_gap_and_keeps_the_day_of_hiring() -> None:
    made = order(CONTRACT, Answer(decision=RENEW), RULES, last=date(2028, 3, 31), now=NOW)
    assert made is not None
    first = Line(
        *(1, date(2024, 4, 1), NOW, Effect.ENTER, "p1"),
        unit="01010010",
        post="901",
        term_end=date(2027, 3, 31),
    )
    career = fold([first, replace(made, no=2)])
    assert [(s.starts, s.ends) for s in career.services] == [
        (date(2024, 4, 1), APRIL),
        (APRIL, date(2028, 4, 1)),
    ]
    assert career.services[-1].hired == date(2024, 4, 1)
    assert career.troubles == []


def test_within_the_year_the_term_is_moved_and_nothing_else() -> None:
    short = replace(CONTRACT, term_end=date(2026, 12, 31))
    made = order(short, Answer(decision=RENEW), RULES, last=date(2027, 3, 31), now=NOW)
    assert made is not None
    assert (made.effective, made.effect, made.wording) == (
        date(2027, 1, 1),
        Effect.MOVE,
        "任期更新",
    )
    assert (made.unit, made.post, made.term_end) == (None, None, date(2027, 3, 31))


def test_an_end_needs_no_order() -> None:
    assert order(CONTRACT, Answer(decision=END), RULES, last=date(2028, 3, 31), now=NOW) is None


def test_nobody_goes_on_against_their_wish() -> None:
    assert codes(Answer(person=NO, decision=RENEW)) == {"unwilling"}
    assert codes(Answer(person=YES, decision=RENEW)) == set()


def test_a_move_goes_somewhere() -> None:
    assert codes(Answer(decision=MOVE)) == {"nowhere"}
    assert codes(Answer(decision=MOVE, unit="02010000")) == set()


def test_after_so_many_renewals_there_is_an_open_call() -> None:
    assert "too_often" not in codes(
        Answer(decision=RENEW), replace(CONTRACT, hired=date(2023, 4, 1))
    )
    assert "too_often" in codes(Answer(decision=RENEW), replace(CONTRACT, hired=date(2022, 4, 1)))
    chosen = Answer(decision=RENEW, recruited=True)
    assert "too_often" not in codes(chosen, replace(CONTRACT, hired=date(2015, 4, 1)))
    assert "too_often" not in codes(Answer(decision=END), replace(CONTRACT, hired=date(2020, 4, 1)))


@pytest.mark.parametrize(
    ("minutes", "full", "found"),
    [
        (2324, False, set()),
        (2325, False, {"part_too_long"}),
        (2325, True, set()),
        (2300, True, {"full_differs"}),
    ],
)
def test_hours_tell_part_time_from_full_time(minutes: int, full: bool, found: set[str]) -> None:
    assert codes(Answer(decision=RENEW, minutes=minutes), full=full) == found


def test_hours_of_several_contracts_count_together() -> None:
    two = [
        (CONTRACT, Answer(decision=RENEW)),
        (replace(CONTRACT, appointment="2"), Answer(minutes=600)),
    ]
    assert together(two) == {"p1": 2340}
    assert together([two[0], (two[1][0], Answer(decision=END))]) == {"p1": 1740}
    found = doubts(CONTRACT, Answer(decision=RENEW), RULES, first=APRIL, full=False, together=2340)
    assert [d.code for d in found if d.stops] == ["too_long_together"]


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("38:45", 2325),
        ("38時間45分", 2325),
        ("29時間", 1740),
        ("38.75", 2325),
        ("2325分", 2325),
        ("29", 1740),
        ("４０：００", 2400),
        ("２９時間", 1740),
    ],
)
def test_hours_are_read_as_people_write_them(text: str, minutes: int) -> None:
    assert read_clock(text) == minutes
    assert read_clock(clock(minutes)) == minutes


@pytest.mark.parametrize("text", ["", "長い", "38:75", "-3", "200", "0:00", "0分", "150:00", "nan"])
def test_what_are_no_hours_is_not_read(text: str) -> None:
    assert read_clock(text) is None


def test_an_order_names_who_appoints_from_then_on() -> None:
    last = date(2028, 3, 31)
    kept = order(CONTRACT, Answer(decision=RENEW), RULES, last=last, now=NOW)
    answer = Answer(decision=MOVE, unit="16010010")
    moved = order(CONTRACT, answer, RULES, last=last, now=NOW, authority="教育委員会")
    assert kept is not None
    assert moved is not None
    assert (kept.authority, moved.authority) == ("1", "教育委員会")
    within = replace(CONTRACT, term_end=date(2026, 9, 30))
    longer = order(within, Answer(decision=RENEW), RULES, last=APRIL, now=NOW, authority="区長")
    assert longer is not None
    assert longer.authority is None, "only the term is moved"


def test_another_authority_is_told_and_stops_nothing() -> None:
    found = doubts(
        *(CONTRACT, Answer(decision=MOVE, unit="16010010"), RULES),
        first=APRIL,
        full=False,
        together=1740,
        authorities=("区長", "教育委員会"),
    )
    [doubt] = found
    assert (doubt.code, doubt.stops) == ("other_authority", False)
    assert "区長 → 教育委員会" in doubt.message
