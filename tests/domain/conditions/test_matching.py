"""Whom a condition means: of the day itself, through time, and of what may not be seen."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meibo.domain.conditions import (
    KNOWN,
    Around,
    Been,
    Compared,
    Group,
    Held,
    Part,
    Post,
    Subject,
    truth,
)
from meibo.domain.conditions.matching import add_months, merged

ON = date(2026, 4, 1)
AROUND = Around(ON, KNOWN, str.lower)
CARD = {
    "post_code": "050",
    "unit_codes": ["10", "101", "1011"],
    "concurrent": [{"unit_code": "201", "unit_codes": ["20", "201"]}],
    "grade": 3,
    "job": "保健師",
    "hired": "2010-04-01",
    "term_end": "2026-06-30",
    "birth_date": "1986-04-02",
    "away": False,
    "skills": ["手話（日常会話）", "防災士"],
    "note": None,
    "mail": "A.Sato@ward.example",
}
YES, NO = Compared("post", "in", ("050",)), Compared("post", "in", ("070",))
UNKNOWN = Compared("staff_no", "has", ("1",))


def holds(part: Part, **card: object) -> bool | None:
    return truth(part, Subject({**CARD, **card}), AROUND)


@pytest.mark.parametrize(
    ("field", "op", "values", "expected"),
    [
        ("post", "in", ["050", "060"], True),
        ("post", "not", ["050"], False),
        ("unit", "in", ["101"], True),
        ("unit", "in", ["20"], False),
        ("unit", "not", ["20"], True),
        ("any_unit", "in", ["20"], True),
        ("grade", "ge", ["3"], True),
        ("grade", "le", ["2"], False),
        ("grade", "eq", ["3"], True),
        ("job", "in", ["保健師"], True),
        ("hired", "older", ["16"], True),
        ("hired", "older", ["17"], False),
        ("hired", "younger", ["17"], True),
        ("hired", "from", ["2010-04-01"], True),
        ("hired", "until", ["2010-03-31"], False),
        ("age", "eq", ["39"], True),  # forty tomorrow
        ("term_end", "within", ["3"], True),
        ("term_end", "within", ["2"], False),
        ("away", "no", [], True),
        ("concurrent", "yes", [], True),
        ("skills", "has", ["手話"], True),
        ("skills", "has", ["英語"], False),
        ("note", "empty", [], True),
        ("note", "filled", [], False),
        ("mail", "has", ["SATO"], True),
        ("mail", "is", ["sato"], False),
    ],
)
def test_a_field_is_compared(field: str, op: str, values: list[str], expected: bool) -> None:
    assert holds(Compared(field, op, tuple(values))) is expected


def test_what_is_not_seen_holds_neither_way() -> None:
    assert holds(UNKNOWN) is None
    assert holds(Group("none", (UNKNOWN,))) is None
    assert holds(Compared("staff_no", "empty")) is None


@pytest.mark.parametrize(
    ("how", "parts", "expected"),
    [
        ("all", (YES, YES), True),
        ("all", (YES, UNKNOWN), None),
        ("all", (NO, UNKNOWN), False),
        ("any", (NO, YES), True),
        ("any", (UNKNOWN, YES), True),
        ("any", (NO, UNKNOWN), None),
        ("any", (), False),
        ("none", (NO, NO), True),
        ("none", (NO, YES), False),
        ("none", (NO, UNKNOWN), None),
        ("none", (UNKNOWN, YES), False),
        ("all", (), True),
    ],
)
def test_groups_reckon_with_what_is_not_seen(
    how: str, parts: tuple[Part, ...], expected: bool | None
) -> None:
    assert holds(Group(how, parts)) is expected


_PARTS = st.recursive(
    st.sampled_from([YES, NO, UNKNOWN]),
    lambda inner: st.builds(
        lambda how, parts: Group(how, tuple(parts)),
        st.sampled_from(["all", "any", "none"]),
        st.lists(inner, max_size=3),
    ),
    max_leaves=8,
)


@given(_PARTS)
def test_an_answer_never_hangs_on_what_is_not_seen(part: Part) -> None:
    """Whatever the hidden number is, a yes stays a yes and a no a no."""
    told = holds(part)
    if told is not None:
        assert {holds(part, staff_no="1"), holds(part, staff_no="2")} == {told}


# -- through time --------------------------------------------------------------------------------

START = date(2016, 4, 1)
OPEN = date(9999, 12, 31)


def post(code: str, unit: str, starts: date, ends: date = OPEN, *, main: bool = True) -> Post:
    return Post(code, unit, main, starts, ends)


def after(part: Part, *posts: Post, on: date = ON, since: date | None = None) -> bool | None:
    def below(unit: str) -> dict[str, list[tuple[date, date]]]:
        return {unit: [(date.min, date.max)], f"{unit}1": [(date.min, date(2024, 4, 1))]}

    around = Around(on, KNOWN, str.lower, below)
    return truth(part, Subject({}, posts, since), around)


def test_three_years_as_head_are_full_on_the_last_day_of_them() -> None:
    three = Held(("050",), mode="now", months=36)
    held = post("050", "10", date(2023, 4, 1))
    assert after(three, held, on=date(2026, 3, 31)) is True
    assert after(three, held, on=date(2026, 3, 30)) is False


def test_a_move_in_the_same_post_does_not_break_the_years() -> None:
    moved = (post("050", "10", START, date(2024, 4, 1)), post("050", "20", date(2024, 4, 1)))
    assert after(Held(("050",), mode="now", months=108), *moved) is True
    assert after(Held(("050",), ("20",), "now", 36), *moved) is False


def test_years_in_all_and_at_a_stretch() -> None:
    twice = (
        post("050", "10", date(2016, 4, 1), date(2018, 4, 1)),
        post("060", "10", date(2018, 4, 1), date(2020, 4, 1)),
        post("050", "10", date(2020, 4, 1), date(2022, 4, 1)),
    )
    assert after(Held(("050",), mode="sum", months=48), *twice) is True
    assert after(Held(("050",), mode="run", months=25), *twice) is False
    assert after(Held(("050",), mode="run", months=24), *twice) is True
    assert after(Held(("050",), mode="now", months=1), *twice) is False


def test_a_post_beside_counts_where_it_is_asked_for() -> None:
    beside = post("050", "10", START, main=False)
    assert after(Held(("050",), mode="now", months=12), beside) is False
    assert after(Held(("050",), mode="now", months=12, further=True), beside) is True


def test_what_lies_ahead_does_not_count() -> None:
    assert after(Held(("050",), mode="sum", months=0), post("050", "10", date(2027, 4, 1))) is False


def test_having_been_in_a_unit_while_it_lay_there() -> None:
    """101 lay below 10 until April 2024."""
    there = post("060", "101", date(2024, 4, 1))
    before = post("060", "101", date(2023, 4, 1))
    assert after(Been(("10",)), there) is False
    assert after(Been(("10",)), before) is True
    assert after(Been(("10",), since=date(2024, 4, 1)), before) is False
    assert after(Been(("10",), since=date(2020, 1, 1), never=True), there) is True
    assert after(Been(("10",), since=date(2020, 1, 1), never=True), before) is False


def test_who_may_not_look_so_far_back_is_told_nothing_of_it() -> None:
    recent = post("060", "20", date(2025, 4, 1))
    since = date(2025, 1, 1)
    assert after(Been(("10",), never=True), recent, since=since) is None
    assert after(Been(("10",), since=since, never=True), recent, since=since) is True
    assert after(Been(("20",)), recent, since=since) is True
    assert after(Held(("060",), mode="sum", months=60), recent, since=since) is None


def test_without_posts_nothing_is_told() -> None:
    assert truth(Been(("10",), never=True), Subject({}), AROUND) is None


_DAYS = st.integers(0, 90)
_POSTS = st.lists(
    st.builds(
        lambda code, unit, start, length: post(
            code, unit, ON - timedelta(start), ON - timedelta(start) + timedelta(length + 1)
        ),
        st.sampled_from(["050", "060"]),
        st.sampled_from(["10", "101", "20"]),
        _DAYS,
        _DAYS,
    ),
    max_size=4,
)


@given(_POSTS, st.sampled_from([(), ("050",)]), st.sampled_from([(), ("20",), ("10", "20")]))
def test_having_held_equals_going_through_the_days(
    posts: list[Post], codes: tuple[str, ...], units: tuple[str, ...]
) -> None:
    """The naive way: day by day, from long ago through the day looked at."""

    def there(day: date) -> bool:
        lying = {*units, *(f"{unit}1" for unit in units if day < date(2024, 4, 1))}
        return any(
            p.starts <= day < p.ends
            and (not codes or p.post in codes)
            and (not units or p.unit in lying)
            for p in posts
        )

    days = [ON - timedelta(n) for n in range(100, -1, -1)]
    held = [there(day) for day in days]
    assert after(Held(codes, units, "sum", 0), *posts) is any(held)
    assert after(Held(codes, units, "now", 0), *posts) is held[-1]
    starts = [
        d
        for d, here, before in zip(days, held, [False, *held], strict=False)
        if here and not before
    ]
    months = [
        all(held[days.index(d) + n] for n in range((add_months(d, 1) - d).days))
        if add_months(d, 1) <= ON + timedelta(1)
        else False
        for d in starts
    ]
    assert after(Held(codes, units, "run", 1), *posts) is any(months)
    if units:
        since = ON - timedelta(30)
        assert after(Been(units, since), *posts) is any(
            p.starts <= day < p.ends
            and p.unit in {*units, *(f"{u}1" for u in units if day < date(2024, 4, 1))}
            for p in posts
            for day in days
            if day >= since
        )


@given(st.lists(st.tuples(_DAYS, _DAYS)))
def test_joined_spans_hold_the_same_days(pairs: list[tuple[int, int]]) -> None:
    spans = [(ON + timedelta(a), ON + timedelta(a + b + 1)) for a, b in pairs]
    joined = merged(spans)
    days = {s + timedelta(n) for s, e in spans for n in range((e - s).days)}
    assert {s + timedelta(n) for s, e in joined for n in range((e - s).days)} == days
    assert all(a[1] < b[0] for a, b in pairwise(joined))


def test_months_end_where_a_month_is_shorter() -> None:
    assert add_months(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert add_months(date(2025, 12, 31), 2) == date(2026, 2, 28)
    assert add_months(date(9999, 12, 31), 1) == date.max
