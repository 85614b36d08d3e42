"""What falls due, by the law's own edges."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meibo.domain.calendar.years import age_on
from meibo.domain.due import Ages, Due, Facts, Licence, due, parse_ages, parse_rules
from meibo.domain.due.reckoning import consent_day, months_after, post_day, retirement_day
from tests.house.source import ROOT

AGES = parse_ages((ROOT / "town" / "retirement_age.csv").read_text("utf-8-sig"))
RULES = parse_rules((ROOT / "town" / "due_rules.csv").read_text("utf-8-sig"))


def found(facts: Facts) -> list[tuple[str, str]]:
    return [(each.rule, each.day.isoformat()) for each in due([facts], RULES, AGES)]


@pytest.mark.parametrize(
    ("born", "day"),
    [
        ("1964-04-01", "2025-03-31"),  # reaches 60 on 31 March 2024, 61 on 31 March 2025: 61 holds
        ("1964-04-02", "2027-03-31"),  # reaches 61 in 2025 when 62 holds, 62 on 1 April 2026
        ("1965-04-01", "2027-03-31"),
        ("1965-04-02", "2029-03-31"),  # reaches 62 on 1 April 2027, when 63 holds
        ("1966-04-01", "2029-03-31"),
        ("1970-10-10", "2036-03-31"),
    ],
)
def test_retirement_comes_at_the_age_that_holds_in_that_year(born: str, day: str) -> None:
    assert retirement_day(date.fromisoformat(born), AGES) == date.fromisoformat(day)


@given(st.dates(date(1955, 1, 1), date(2005, 12, 31)))
def test_whoever_retires_has_the_age_in_force_and_had_not_a_year_before(born: date) -> None:
    day = retirement_day(born, AGES)
    assert day is not None
    assert (day.month, day.day) == (3, 31)
    held = AGES.on(day) or AGES.steps[0][1]
    reached = age_on(
        born, date(day.year, 4, 1)
    )  # who reaches an age on 31 March is a year older then
    assert reached >= held
    before = date(day.year - 1, 3, 31)
    if before >= AGES.steps[0][0]:
        assert age_on(born, date(day.year - 1, 4, 1)) < (AGES.on(before) or 0)


def test_who_is_born_on_the_first_of_april_belongs_to_march() -> None:
    assert post_day(date(1966, 4, 1), 60) == date(2026, 4, 1)
    assert post_day(date(1966, 4, 2), 60) == date(2027, 4, 1)
    assert consent_day(date(1966, 4, 1), 60) == date(2025, 3, 31)
    assert consent_day(date(1966, 4, 2), 60) == date(2026, 3, 31)


def test_months_end_where_the_month_ends() -> None:
    assert months_after(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert months_after(date(2026, 10, 1), 6) == date(2027, 4, 1)


def test_rules_speak_to_those_whom_they_name() -> None:
    regular = Facts("p", date(2026, 10, 1), "常勤", date(1990, 5, 6))
    assert ("probation", "2027-03-31") in found(regular)
    assert "probation_yearly" not in dict(found(regular))
    yearly = Facts(
        "p", date(2026, 4, 1), "会計年度フルタイム", date(1970, 1, 1), term_end=date(2027, 3, 31)
    )
    assert found(yearly) == [("probation_yearly", "2026-04-30"), ("term_end", "2027-03-31")]


def test_only_who_leads_is_moved_at_sixty() -> None:
    born = date(1966, 10, 1)
    assert "post_age" in dict(found(Facts("p", None, "常勤", born, leads=True)))
    assert "post_age" not in dict(found(Facts("p", None, "常勤", born)))


def test_each_licence_is_a_thing_of_its_own() -> None:
    two = (Licence("介護支援専門員", date(2027, 3, 1)), Licence("大型免許", date(2027, 3, 1)))
    facts = Facts("p", None, "", licences=two)
    dues = due([facts], RULES, AGES)
    assert [each.about for each in dues] == ["介護支援専門員", "大型免許"]
    assert len({each.key for each in dues}) == 2
    assert (dues[0].day - dues[0].begin).days == 120


def test_open_ends_never_come() -> None:
    assert due([Facts("p", None, "", term_end=date.max)], RULES, AGES) == []


def test_a_row_that_can_not_be_used_is_told_of_and_the_others_hold() -> None:
    text = (
        "rule,label,on,lead_days,who,applies,number\nterm_end,任期,1,九十,人事,,\n"
        "leave_end,休職,1,60,人事,,\nprobation,条件付,1,30,人事,,\nxx,,1,1,,,\n"
    )
    rules = parse_rules(text)
    assert set(rules.rules) == {"leave_end"}
    assert [(f.record, f.column) for f in rules.findings] == [
        (1, "lead_days"),
        (3, "number"),
        (4, "rule"),
    ]


def test_a_rule_that_is_off_says_nothing() -> None:
    rules = parse_rules("rule,label,on,lead_days,who,applies,number\nterm_end,任期,0,90,人事,,\n")
    assert due([Facts("p", None, "", term_end=date(2027, 3, 31))], rules, AGES) == []


def test_an_age_that_can_not_be_read_names_its_row() -> None:
    with pytest.raises(ValueError, match="2行"):
        parse_ages("from,age\n2027-04-01,63\n2029-04-01,\n")
    assert Ages(()).on(date(2027, 1, 1)) is None
    assert isinstance(Due("r", "p", date.max, date.max).key, str)
