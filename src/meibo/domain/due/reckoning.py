"""The reckoning: a person's days and the rules in, what falls due out."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from meibo.domain.calendar import fiscal_bounds, fiscal_year
from meibo.domain.calendar.years import reaches_age_on, retires_on
from meibo.domain.due.facts import Due, Facts
from meibo.domain.due.rules import Ages, DueRule, DueRules

_DAY = timedelta(days=1)


def due(people: Iterable[Facts], rules: DueRules, ages: Ages) -> list[Due]:
    """Everything that falls due with these people, in order of days; what has passed as well."""
    found = [each for facts in people for each in _of(facts, rules, ages)]
    return sorted(found, key=lambda each: (each.day, each.rule, each.person, each.about))


def _of(facts: Facts, rules: DueRules, ages: Ages) -> Iterator[Due]:
    for name, day, about in _days(facts, rules, ages):
        rule = rules.rules[name]
        yield Due(name, facts.person, day, day - timedelta(days=rule.lead_days), about)


def _days(facts: Facts, rules: DueRules, ages: Ages) -> Iterator[tuple[str, date, str]]:
    for rule in rules.rules.values():
        if rule.applies and facts.employment not in rule.applies:
            continue
        if rule.rule == "licence":
            for licence in facts.licences:
                yield rule.rule, licence.expires, licence.title
            continue
        day = _day(rule, facts, ages)
        if day is not None and day != date.max:
            yield rule.rule, day, ""


def _day(rule: DueRule, facts: Facts, ages: Ages) -> date | None:
    match rule.rule:
        case "term_end":
            return facts.term_end
        case "leave_end":
            return facts.leave_end
        case "dispatch_end":
            return facts.dispatch_end
        case "probation" | "probation_yearly":
            return months_after(facts.hired, rule.number) - _DAY if facts.hired else None
        case "retirement":
            return retirement_day(facts.born, ages) if facts.born else None
        case "post_age":
            return post_day(facts.born, rule.number) if facts.born and facts.leads else None
        case _:
            return consent_day(facts.born, rule.number) if facts.born else None


def retirement_day(born: date, ages: Ages) -> date | None:
    """定年退職日: the end of the first fiscal year by whose end the age in force then is reached.

    While the age goes up a year every second year, who reaches it in a year in which it has just
    gone up waits for the next one (地方公務員法28条の6, 令和3年法律第63号附則).
    """
    if not ages.steps:
        return None
    for age in range(ages.steps[0][1], ages.steps[-1][1] + 1):
        day = retires_on(born, age)
        held = ages.on(day)
        if held is not None and age >= held:
            return day
    return retires_on(born, ages.steps[-1][1])


def post_day(born: date, age: int) -> date:
    """役職定年: the first 1 April after the day on which the age is reached (28条の2第1項). By then
    whoever leads is moved to a post that does not."""
    reached = reaches_age_on(born, age)
    april = date(reached.year, 4, 1)
    return april if reached < april else date(reached.year + 1, 4, 1)


def consent_day(born: date, age: int) -> date:
    """情報提供・意思確認: the end of the fiscal year before the one in which the age is reached."""
    return fiscal_bounds(fiscal_year(reaches_age_on(born, age)))[0] - _DAY


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month (民法143条2項)."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
