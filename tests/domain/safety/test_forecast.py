"""Who is here by when: the model, the answers, the arrivals; and what the plan lacks."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from meibo.domain.safety.forecast import (
    Manner,
    Said,
    Staff,
    Task,
    When,
    by_hour,
    expected,
    filled,
    minutes,
    tasks_of,
)
from meibo.domain.safety.homes import Area, Areas, way
from meibo.domain.safety.organising import Place

TOKYO = ZoneInfo("Asia/Tokyo")
NIGHT = datetime(2026, 11, 29, 3, 0, tzinfo=TOKYO)
NOON = datetime(2026, 11, 30, 12, 0, tzinfo=TOKYO)
EVENING = datetime(2026, 11, 30, 19, 0, tzinfo=TOKYO)
MANNER = Manner()


def test_on_foot_three_kilometres_are_an_hour_and_at_night_one_gets_up_first() -> None:
    near = Staff("a", 3.0)
    assert minutes(near, When(EVENING, working=True), MANNER) == 30 + 60
    assert minutes(near, When(NIGHT, working=False), MANNER) == 30 + 30 + 60


def test_in_office_hours_everybody_is_there_but_those_who_are_away() -> None:
    assert minutes(Staff("a", 30.0), When(NOON, working=True), MANNER) == 0
    assert minutes(Staff("a", 3.0, away=True), When(NOON, working=True), MANNER) is None
    assert minutes(Staff("a", 3.0), When(NOON, working=False), MANNER) == 90  # a holiday


def test_who_lives_too_far_comes_only_when_trains_run() -> None:
    far = Staff("a", 30.0)
    assert minutes(far, When(EVENING, working=True), MANNER) is None
    assert minutes(far, When(EVENING, working=True, trains=True), MANNER) == 30 + 120
    assert minutes(Staff("a", None), When(EVENING, working=True, trains=True), MANNER) is None


def test_who_leads_is_on_the_way_sooner() -> None:
    when = When(EVENING, working=True)
    assert minutes(Staff("a", 3.0, leads=True), when, MANNER) == 15 + 60


def test_the_town_says_how_fast_its_people_walk() -> None:
    slow = Manner.of([{"name": "walk_kmh", "value": "2"}, {"name": "office_starts", "value": "9"}])
    assert minutes(Staff("a", 3.0), When(EVENING, working=True), slow) == 30 + 90


def test_an_answer_replaces_the_model_and_the_arrival_replaces_both() -> None:
    said = EVENING + timedelta(hours=6)
    here = EVENING + timedelta(hours=2)
    assert expected(60, Said(), EVENING) == EVENING + timedelta(hours=1)
    assert expected(60, Said("later", said), EVENING) == said
    assert expected(60, Said("no", None), EVENING) is None
    assert expected(60, Said("no", None, here), EVENING) == here
    assert expected(None, Said("later", said), EVENING) == said


def test_an_hour_counts_whoever_is_there_within_it() -> None:
    assert by_hour([0, 60, 61, 360, None]) == [2, 3, 4, 4, 4, 4]


def test_gaps_are_what_the_plan_lacks_and_nobody_is_counted_twice() -> None:
    tasks = [
        Task("本部", 1, 2),
        Task("保健", 3, 2, ("保健師",)),
        Task("通訳", 3, 1, ("英語",)),
    ]
    nurse = Staff("a", 1.0, frozenset({"保健師"}))
    both = Staff("a", 1.0, frozenset({"保健師", "英語（会議で話せる）"}))
    people = [(nurse, 30), (both, 30), (Staff("a", 1.0), 30), (nurse, 400), (nurse, None)]
    found = {each.task.name: (each.people, each.gap) for each in filled(tasks, people)}
    assert found == {"本部": (1, 1), "保健": (2, 0), "通訳": (0, 1)}


def test_who_can_do_fewest_things_is_taken_first() -> None:
    tasks = [Task("保健", 3, 1, ("保健師",)), Task("通訳", 3, 1, ("英語",))]
    both, nurse = (Staff("a", 1.0, frozenset(s)) for s in ({"保健師", "英語"}, {"保健師"}))
    people = [(both, 10), (nurse, 20)]
    assert [each.gap for each in filled(tasks, people)] == [0, 0]


def test_who_stands_at_a_shelter_counts_for_its_task_and_for_no_other() -> None:
    shelter = Place("S1", "東小", "shelter", 12).bound
    tasks = [
        Task("本部", 1, 5),
        Task("避難所", 3, 5, (), "", ("避難所",)),
        Task("医療", 3, 1, ("医師",)),
    ]
    there = Staff("a", 1.0, frozenset({"医師"}), bound=shelter)
    people = [(there, 30), (there, 30), (Staff("a", 1.0), 30)]
    assert [each.people for each in filled(tasks, people)] == [1, 2, 0]
    assert not Place("D1", "本部班", "section", 5).bound


def test_the_way_to_a_place_is_short_in_ones_own_quarter_and_else_goes_by_the_office() -> None:
    east, west, office = Area("東町", 6.0), Area("西町", 2.0), Area("本庁", 0.0)
    assert way(east, east, 1.0) == 1.0
    assert way(east, west, 1.0) == 8.0
    assert way(east, office, 1.0) == 6.0
    assert way(east, None, 1.0) == 6.0
    assert way(None, east, 1.0) is None


def test_in_office_hours_one_goes_to_a_place_from_the_office() -> None:
    there = Staff("a", 1.0, onward_km=6.0)
    assert minutes(there, When(NOON, working=True), MANNER) == 120
    assert minutes(there, When(EVENING, working=True), MANNER) == 30 + 20


def test_a_row_of_the_plan_without_numbers_is_left_out() -> None:
    rows = [
        {"task": "本部", "skills": "", "hours": "1", "people": "40"},
        {"task": "?", "skills": "", "hours": "すぐ", "people": "4"},
    ]
    assert tasks_of(rows) == [Task("本部", 1, 40)]


@pytest.mark.parametrize(
    ("address", "postcode", "name"),
    [
        ("東京都けやき野区月見坂三丁目９０１番８号", "000-0901", "月見坂"),
        ("東京都 けやき野区 川沿い１－２", "", "けやき野区"),
        ("", "０００－１２３４", "郵便"),
        ("大阪府", "999-0000", None),
        (None, None, None),
    ],
)
def test_a_home_is_known_by_quarter_and_the_longest_beginning_counts(
    address: str | None, postcode: str | None, name: str | None
) -> None:
    areas = Areas(
        [
            {"match": "東京都けやき野区", "area": "けやき野区", "km": "5"},
            {"match": "東京都けやき野区月見坂", "area": "月見坂", "km": "4.6"},
            {"match": "000-1", "area": "郵便", "km": "9"},
            {"match": "大阪府", "area": "遠い", "km": "たくさん"},
        ]
    )
    found = areas.of(address, postcode)
    assert (found.name if found else None) == name
