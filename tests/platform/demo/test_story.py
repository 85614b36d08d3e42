"""The demo ward reads like a real one on any day of its eight years, and is the same every time."""

from __future__ import annotations

import itertools
import json
import re
from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest

from meibo.domain.book import OPEN, Effect, Line, SeatKind
from meibo.platform.demo.codes import GRADE, JOB, POST
from meibo.platform.demo.composing import Composition, compose
from meibo.platform.demo.ward import staff_number
from tests.platform.demo.paper import NOW, Folded, folded

TODAY = date(2026, 11, 23)
APRIL = date(2027, 4, 1)
LEADING = {
    *(
        POST[name]
        for name in ("部長", "会計管理者", "保健所長", "事務局長", "課長", "所長", "館長5")
    ),
    *(POST[name] for name in ("係長", "園長", "館長3", "技能長")),
}
_ID = re.compile("p[0-9a-f]{20}")


def days() -> list[date]:
    """The first and the fifteenth of every month from 2020 to 2027."""
    return [date(y, m, d) for y in range(2020, 2028) for m in range(1, 13) for d in (1, 15)]


def without_ids(composition: Composition) -> list[Any]:
    """A composition with staff numbers in the place of the random ids."""
    numbers = composition.batch.people

    def known(value: str | None) -> str | None:
        return value and _ID.sub(lambda found: str(numbers[found[0]]), value)

    lines = [
        (
            *(numbers.get(x.person), x.order_no, x.effective, x.recorded, x.effect, x.wording),
            *(x.unit, x.post, x.grade, x.term_end, x.voids, x.body, x.until),
        )
        for x in composition.batch.lines
    ]
    filings = [
        (numbers.get(f.subject, f.subject), f.field, known(f.value), f.effective, f.until)
        for f in composition.batch.filings
    ]
    pictures = list(composition.pictures.values())
    accounts = [(s.username, numbers[p]) for s, p in composition.accounts]
    return [lines, filings, pictures, accounts]


def test_the_same_seed_gives_the_same_ward_but_for_the_ids() -> None:
    once, again = compose(NOW, 7, 700), compose(NOW, 7, 700)
    assert without_ids(once) == without_ids(again)
    assert not set(once.batch.people) & set(again.batch.people)


def test_another_seed_gives_another_ward() -> None:
    assert without_ids(compose(NOW, 7, 700))[0] != without_ids(compose(NOW, 8, 700))[0]


def test_a_ward_smaller_than_its_units_is_refused() -> None:
    with pytest.raises(ValueError, match="少なくとも"):
        compose(NOW, 1, 100)


@pytest.mark.parametrize("people", [700, 1500])
def test_a_ward_of_another_size_has_about_as_many_people_and_no_troubles(people: int) -> None:
    other = folded(compose(NOW, 3, people))
    assert abs(len(other.present(TODAY)) - people) <= people * 0.05
    assert not [t for c in other.careers.values() for t in c.troubles]


def test_the_fold_has_no_trouble_with_anybody(ward: Folded) -> None:
    assert not {p: c.troubles for p, c in ward.careers.items() if c.troubles}


def test_the_ward_has_as_many_people_as_asked(ward: Folded) -> None:
    assert abs(len(ward.present(TODAY)) - 3400) <= 60


def test_every_day_of_eight_years_has_a_plausible_number_of_people(ward: Folded) -> None:
    terms = {p: c.spans for p, c in ward.careers.items()}
    for day in days():
        present = ward.present(day)
        assert 3250 <= len(present) <= 3480, day
        yearly = sum(
            any(
                s.name == "employment" and s.value in "56" and s.starts <= day < s.ends
                for s in terms[p]
            )
            for p in present
        )
        assert 0.22 <= yearly / len(present) <= 0.28, day


def test_everybody_in_service_has_one_main_post_for_each_appointment(ward: Folded) -> None:
    for day in days()[::6]:
        for person in ward.present(day):
            career = ward.careers[person]
            services = [s for s in career.services if s.starts <= day < s.ends]
            seats = [
                s for s in career.seats if s.starts <= day < s.ends and s.kind is SeatKind.MAIN
            ]
            assert len(seats) == len(services), (person, day)


def test_nobody_sits_in_a_unit_that_is_not_there(ward: Folded) -> None:
    lives = {
        code: (min(p.starts for p in pieces), max(p.ends for p in pieces))
        for code, pieces in ward.units.items()
    }
    for person, career in ward.careers.items():
        for seat in career.seats:
            if seat.unit is not None:
                starts, ends = lives[seat.unit]
                assert starts <= seat.starts, (person, seat)
                assert seat.ends <= ends, (person, seat)


def test_no_unit_has_two_heads_and_few_have_none(ward: Folded) -> None:
    for day in days()[::12]:
        heads = Counter(
            s.unit
            for c in ward.careers.values()
            for s in c.seats
            if s.starts <= day < s.ends and s.kind is SeatKind.MAIN and s.post in LEADING
        )
        assert not [unit for unit, count in heads.items() if count > 1], day
        alive = sum(any(p.starts <= day < p.ends for p in ps) for ps in ward.units.values())
        assert alive * 0.95 <= len(heads) <= alive, day


def test_vacant_heads_are_acted_for(ward: Folded) -> None:
    for day in (TODAY, APRIL):
        seats = [s for c in ward.careers.values() for s in c.seats if s.starts <= day < s.ends]
        led = {s.unit for s in seats if s.kind is SeatKind.MAIN and s.post in LEADING}
        acted = {s.unit for s in seats if s.kind is SeatKind.ACTING}
        assert acted
        assert not acted & led


def test_grades_make_a_pyramid(ward: Folded) -> None:
    grades = Counter(
        s.value
        for c in ward.careers.values()
        for s in c.spans
        if s.name == "grade" and s.starts <= TODAY < s.ends
    )
    shares = {g: n / grades.total() for g, n in grades.items()}
    assert 0.005 < shares["6"] < 0.02
    assert 0.02 < shares["5"] < 0.05
    assert shares["4"] < 0.05
    assert 0.12 < shares["3"] < 0.28
    assert 0.2 < shares["1"] < shares["2"] < 0.6


def test_every_april_reads_like_a_mass_transfer(ward: Folded) -> None:
    for year in range(2020, 2028):
        day = date(year, 4, 1)
        words = Counter(x.wording for x in ward.composition.batch.lines if x.effective == day)
        assert 330 <= words["配置換"] <= 650, (year, words)
        assert 60 <= words["昇任"] <= 160, (year, words)
        assert 50 <= words["採用"] <= 160, (year, words)
        assert year == 2020 or words["再度の任用"] > 600, (year, words)
        assert words["再度の任用"] + words["会計年度任用"] > 750, (year, words)


def test_the_age_of_retirement_is_raised_every_second_year(ward: Folded) -> None:
    retired = Counter(
        x.effective.year for x in ward.composition.batch.lines if x.wording == "定年退職"
    )
    assert all(retired[year] > 30 for year in (2021, 2022, 2023, 2025, 2027)), retired
    assert not retired[2024]
    assert not retired[2026]


def test_every_kind_of_order_occurs(ward: Folded) -> None:
    words = {x.wording for x in ward.composition.batch.lines}
    assert words >= {
        *("採用", "再任用", "任期付採用", "会計年度任用", "再度の任用", "昇任", "降任", "配置換"),
        *("兼務", "兼務解除", "併任", "併任解除", "事務取扱", "事務取扱解除", "派遣", "派遣復帰"),
        *(
            "休職",
            "育児休業",
            "産前産後休暇",
            "病気休暇",
            "復職",
            "任期更新",
            "氏名変更",
            "組織改正",
        ),
        *("定年退職", "普通退職", "任期満了退職", "取消（訂正）", "取消（採用辞退）", "取消の取消"),
    }
    assert {x.effect for x in ward.composition.batch.lines} == set(Effect)


def test_nothing_is_recorded_after_now_and_order_numbers_are_given_once(ward: Folded) -> None:
    batch = ward.composition.batch
    assert max(x.recorded for x in batch.lines) <= NOW
    assert max(f.recorded for f in batch.filings) <= NOW
    numbers = [x.order_no for x in batch.lines if x.order_no]
    assert len(numbers) == len(set(numbers))


def test_the_coming_april_has_been_announced_with_a_reorganisation(ward: Folded) -> None:
    coming = [x for x in ward.composition.batch.lines if x.effective == APRIL]
    assert any(x.effect is Effect.REMAP for x in coming)
    assert sum(x.effect is Effect.MOVE for x in coming) > 400
    assert not [x for x in ward.composition.batch.lines if x.effective > APRIL]


def test_units_were_renamed_split_merged_and_abolished(ward: Folded) -> None:
    remaps = [x for x in ward.composition.batch.lines if x.effect is Effect.REMAP]
    assert [x.effective for x in remaps] == [date(2021, 4, 1), date(2024, 4, 1), APRIL]
    for line in remaps[1:]:
        assert line.successions is not None
        kinds = Counter(r.kind for r in line.successions.rows)
        assert {"統合", "分割", "コード変更", "廃止", "新設"} <= set(kinds)
        named = {c for r in line.successions.rows for c in (r.old, r.new) if c}
        assert named <= set(ward.units)
    names = [p.state["name"] for p in ward.units["010400"]]
    assert list(dict.fromkeys(names)) == ["広報広聴課", "広報課"]


def test_some_hold_two_appointments_and_some_three_further_posts(ward: Folded) -> None:
    twice = [
        c for c in ward.careers.values() if sum(s.starts <= TODAY < s.ends for s in c.services) == 2
    ]
    most = max(
        sum(s.starts <= TODAY < s.ends and s.kind is SeatKind.CONCURRENT for s in c.seats)
        for c in ward.careers.values()
    )
    assert twice
    assert most == 3


def test_corrections_leave_what_is_right(ward: Folded) -> None:
    lines: list[Line] = [x for x in ward.composition.batch.lines if x.wording == "配置換（訂正）"]
    assert len(lines) >= 2
    for right in lines:
        seats = ward.careers[right.person].seats
        assert any(s.starts == right.effective and s.unit == right.unit for s in seats)
        assert right.recorded.date() > right.effective


def test_staff_numbers_have_their_check_digit(ward: Folded) -> None:
    assert staff_number(105) == "0001058"
    numbers = [str(n) for n in ward.composition.batch.people.values()]
    assert len(numbers) == len(set(numbers))
    assert all(staff_number(int(n[:6])) == n for n in numbers)


def test_codes_that_orders_name_are_in_the_tables(ward: Folded) -> None:
    tables = {(c.table, c.code): c for c in ward.composition.batch.codes}
    for line in ward.composition.batch.lines:
        for table in ("post", "job", "employment"):
            code = getattr(line, table)
            assert code is None or (table, code) in tables, line
        if line.effect is Effect.PAUSE:
            assert (line.slot, line.reason) in tables, line
    assert json.loads(tables["post", "020"].extra) == {"grade": 5, "head": True}
    assert len(JOB) >= 13
    assert [GRADE[c] for t, c in tables if t == "post" and GRADE[c]] == sorted(
        (GRADE[c] for t, c in tables if t == "post" and GRADE[c]), reverse=True
    )


def test_stays_of_one_person_never_overlap(ward: Folded) -> None:
    for career in ward.careers.values():
        main = sorted(
            (s for s in career.seats if s.kind is SeatKind.MAIN and not s.appointment),
            key=lambda s: s.starts,
        )
        assert all(a.ends <= b.starts for a, b in itertools.pairwise(main))
        assert all(a.ends > a.starts for a in main)
        assert all(a.ends == OPEN or a.ends - a.starts >= timedelta(1) for a in main)
